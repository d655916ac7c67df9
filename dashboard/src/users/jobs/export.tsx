/** Users into a file: what is asked for an export, and the exports of late. */
import { Button, Group, Radio, Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { connectionChoicesQuery } from '../../api/choices.ts';
import { fieldOf, reasonOf } from '../../api/errors.ts';
import { Permitted } from '../../api/may.tsx';
import { useDashboard } from '../../dashboard.tsx';
import { BackLink } from '../../ui/links.tsx';
import { Page } from '../../ui/page.tsx';
import { InlineFailure } from '../../ui/states.tsx';
import { ExportFields } from './export-fields.tsx';
import { type ExportField, requestedFields, titleProblems } from './export-titles.ts';
import { type Export, useExportUsers } from './queries.ts';
import { RecentJobs } from './recent.tsx';

export function ExportScreen() {
  return (
    <Permitted scope="read:users" back={{ to: '/users', label: 'Go to users' }}>
      <ExportPage />
    </Permitted>
  );
}

function ExportPage() {
  return (
    <Page
      title="Export users"
      description="Into a file that can be fetched for a day. No password is in it."
      back={<BackLink to="/users">Users</BackLink>}
    >
      <Stack gap="2.5rem">
        <ExportForm />
        <RecentJobs kind="export" />
      </Stack>
    </Page>
  );
}

const ALL = 'all';
const FORMATS = [
  { value: 'csv', label: 'CSV', help: 'A table for spreadsheets: one line each, without metadata and identities.' },
  { value: 'json', label: 'JSON', help: 'An object a line, with metadata and identities.' },
] as const;

function ExportForm() {
  const { api } = useDashboard();
  const navigate = useNavigate();
  const connections = useQuery(connectionChoicesQuery(api)).data ?? [];
  const begin = useExportUsers();
  const [connectionId, setConnectionId] = useState(ALL);
  const [format, setFormat] = useState<Export['format']>('csv');
  const [fields, setFields] = useState<readonly ExportField[]>([]);
  const [limit, setLimit] = useState('');
  const isNumber = limit.trim() === '' || (/^\d+$/.test(limit.trim()) && Number(limit) > 0);
  const refused = fieldOf(begin.error) ?? (/field/i.test(begin.error?.message ?? '') ? 'fields' : undefined);
  const isReady = isNumber && titleProblems(fields).every((problem) => problem === undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady) return;
    begin.mutate(
      {
        format,
        ...(connectionId === ALL ? {} : { connection_id: connectionId }),
        ...(fields.length > 0 ? { fields: requestedFields(fields) } : {}),
        ...(limit.trim() === '' ? {} : { limit: Number(limit) }),
      },
      { onSuccess: ({ id }) => navigate({ to: '/users/jobs/$jobId', params: { jobId: id } }) },
    );
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg" maw={620}>
        <Select
          id="connection_id"
          label="Connection"
          description="Whose users are written."
          data={[
            { value: ALL, label: 'All connections' },
            ...connections.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={connectionId}
          allowDeselect={false}
          onChange={(id) => setConnectionId(id ?? ALL)}
        />
        <Radio.Group label="Format" value={format} onChange={(value) => setFormat(value as Export['format'])}>
          <Stack gap="xs" mt={6}>
            {FORMATS.map(({ value, label, help }) => (
              <Radio key={value} value={value} label={label} description={help} />
            ))}
          </Stack>
        </Radio.Group>
        <ExportFields
          format={format}
          fields={fields}
          error={refused === 'fields' ? reasonOf(begin.error) : undefined}
          onChange={(next) => {
            begin.reset();
            setFields(next);
          }}
        />
        <TextInput
          id="limit"
          label="At most"
          description="How many users are written. Empty for all."
          inputMode="numeric"
          autoComplete="off"
          maw={260}
          value={limit}
          error={isNumber ? undefined : 'Enter a whole number from 1 upwards.'}
          onChange={(event) => setLimit(event.currentTarget.value)}
        />
        {refused !== 'fields' && <InlineFailure error={begin.error} />}
        <Group>
          <Button type="submit" disabled={!isReady} loading={begin.isPending}>
            Export
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
