/** Users from a file: what is asked for an import, and the imports of late. */
import { Button, Code, FileInput, Group, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type DragEvent, type FormEvent, useRef, useState } from 'react';
import { IMPORT_FILE_LIMIT } from '../../../../server/api/jobs/known.ts';
import { databaseChoicesQuery } from '../../api/choices.ts';
import { placed } from '../../api/errors.ts';
import { Permitted } from '../../api/may.tsx';
import type { Connection } from '../../api/types.ts';
import { useDashboard } from '../../dashboard.tsx';
import { BackLink } from '../../ui/links.tsx';
import { NoEffectBadge } from '../../ui/no-effect.tsx';
import { Page } from '../../ui/page.tsx';
import { InlineFailure, Loaded } from '../../ui/states.tsx';
import { type Look, lookAtFile, sizeOf } from './file.ts';
import { UploadProgress } from './progress.tsx';
import { useImportUsers } from './queries.ts';
import { RecentJobs } from './recent.tsx';

export function ImportScreen() {
  return (
    <Permitted scope="create:users" back={{ to: '/users', label: 'Go to users' }}>
      <ImportPage />
    </Permitted>
  );
}

function ImportPage() {
  const { api } = useDashboard();
  const databases = useQuery(databaseChoicesQuery(api));
  return (
    <Page
      title="Import users"
      description="Into a database connection, from a file of JSON. Their passwords come along as hashes."
      back={<BackLink to="/users">Users</BackLink>}
    >
      <Stack gap="2.5rem">
        <Loaded query={databases}>{(choices) => <ImportForm databases={choices} />}</Loaded>
        <RecentJobs kind="import" />
      </Stack>
    </Page>
  );
}

const FIELDS = ['users', 'connection_id', 'external_id'];

type Chosen = { file: File | null; look?: Look };

function ImportForm({ databases }: { databases: readonly Connection[] }) {
  const navigate = useNavigate();
  const begin = useImportUsers();
  const [{ file, look }, setChosen] = useState<Chosen>({ file: null });
  const [connectionId, setConnectionId] = useState(databases[0]?.id ?? '');
  const [externalId, setExternalId] = useState('');
  const [upsert, setUpsert] = useState(false);
  const [sendsMail, setSendsMail] = useState(false);
  const [share, setShare] = useState(0);
  const leaving = useRef(new AbortController());
  const cancel = () => {
    begin.reset();
    leaving.current.abort();
    leaving.current = new AbortController();
  };
  const choose = async (next: File | null) => {
    cancel();
    setChosen({ file: next });
    if (!next) return;
    const seen = await lookAtFile(next);
    // Another one may have been chosen meanwhile.
    setChosen((now) => (now.file === next ? { file: next, look: seen } : now));
  };
  const failure = placed(begin.error, FIELDS);
  const isReady = file !== null && look !== undefined && !('problem' in look) && connectionId !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady) return;
    const { signal } = leaving.current;
    setShare(0);
    begin.mutate(
      { file, connectionId, upsert, sendsMail, externalId: externalId.trim(), signal, onSent: setShare },
      { onSuccess: ({ id }) => navigate({ to: '/users/jobs/$jobId', params: { jobId: id } }) },
    );
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg" maw={620}>
        <FileField file={file} look={look} error={failure.at('users')} onChoose={choose} />
        <Select
          id="connection_id"
          label="Connection"
          description="The database that the users are put into."
          data={databases.map(({ id, name }) => ({ value: id, label: name }))}
          value={connectionId}
          allowDeselect={false}
          error={failure.at('connection_id')}
          onChange={(id) => setConnectionId(id ?? '')}
        />
        <Switch
          label="Update users that are there"
          description="Otherwise their rows fail. Addresses and passwords that people chose themselves stay as they are."
          checked={upsert}
          onChange={(event) => setUpsert(event.currentTarget.checked)}
        />
        <Switch
          label={
            <Group component="span" gap="xs">
              Send a mail when it is done
              <NoEffectBadge />
            </Group>
          }
          description="The API takes it and sends no mail. The page of the import shows how far it is."
          checked={sendsMail}
          onChange={(event) => setSendsMail(event.currentTarget.checked)}
        />
        <TextInput
          id="external_id"
          label="External ID"
          description="A name of your own, to find this import again. May stay empty."
          autoComplete="off"
          maxLength={500}
          value={externalId}
          error={failure.at('external_id')}
          onChange={(event) => setExternalId(event.currentTarget.value)}
        />
        <InlineFailure error={failure.elsewhere} />
        {begin.isPending ? (
          <UploadProgress size={begin.variables.file.size} share={share} onCancel={cancel} />
        ) : (
          <Group>
            <Button type="submit" disabled={!isReady}>
              Import
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

type FileFieldProps = {
  file: File | null;
  look: Look | undefined;
  error: string | undefined;
  onChoose: (file: File | null) => void;
};

/** Takes a file by its button or when it is dropped onto the field. */
function FileField({ file, look, error, onChoose }: FileFieldProps) {
  const drop = (event: DragEvent) => {
    event.preventDefault();
    onChoose(event.dataTransfer.files[0] ?? null);
  };
  return (
    <Stack gap={6} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <FileInput
        id="users"
        label="File"
        description={
          <>
            A list of users: <Code>{'[{ "email": "jo@example.com", "email_verified": true }]'}</Code>. At most{' '}
            {sizeOf(IMPORT_FILE_LIMIT)}.
          </>
        }
        placeholder="Choose a file, or drop it here"
        accept=".json,.ndjson,.jsonl,application/json"
        leftSection={<IconFileText size={18} aria-hidden />}
        clearable
        clearButtonProps={{ 'aria-label': 'Remove the file' }}
        value={file}
        error={look && 'problem' in look ? look.problem : error}
        onChange={onChoose}
      />
      {file && look && !('problem' in look) && (
        <Text size="sm" c="dimmed" role="status">
          {look.rows === undefined ? '' : `${look.rows.toLocaleString()} ${look.rows === 1 ? 'user' : 'users'}, `}
          {sizeOf(file.size)}
        </Text>
      )}
    </Stack>
  );
}
