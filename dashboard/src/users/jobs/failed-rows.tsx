import { Button, Code, Group, Stack, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useDashboard } from '../../dashboard.tsx';
import { download } from '../../ui/download.ts';
import { Row, Rows } from '../../ui/rows.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { InlineFailure } from '../../ui/states.tsx';
import { type FailedRow, jobErrorsQuery } from './queries.ts';

/** Rows shown at first, and with each request for more. */
const SHOWN = 20;

/** The rows that an import could not take, with what is wrong with each; as a file they can be mended and sent again. */
export function FailedRows({ jobId, count }: { jobId: string; count: number }) {
  const { api } = useDashboard();
  const query = useQuery(jobErrorsQuery(api, jobId));
  const [shown, setShown] = useState(SHOWN);
  const rows = query.data ?? [];
  return (
    <Stack gap="md" component="section">
      <Group justify="space-between" gap="sm">
        <Stack gap={2}>
          <Title order={2}>Rows that failed</Title>
          <Text size="sm" c="dimmed" maw={560}>
            The others are in. Mend these and import them again.
            {rows.length > 0 && rows.length < count ? ` The first ${rows.length.toLocaleString()} are kept.` : ''}
          </Text>
        </Stack>
        <Button
          variant="default"
          leftSection={<IconDownload size={18} aria-hidden />}
          disabled={rows.length === 0}
          onClick={() => download(`${jobId}-errors.json`, 'application/json', JSON.stringify(rows, null, 2))}
        >
          Download all
        </Button>
      </Group>
      <InlineFailure error={query.error} />
      {query.isPending && <RowSkeletons label="Rows that failed" count={3} avatar={false} />}
      {rows.length > 0 && (
        <Rows label="Rows that failed">
          {rows.slice(0, shown).map((row, position) => (
            <FailedRowView key={position} row={row} />
          ))}
        </Rows>
      )}
      {rows.length > shown && (
        <Group justify="center">
          <Button variant="default" onClick={() => setShown(shown + SHOWN * 5)}>
            Show more
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function FailedRowView({ row: { user, errors } }: { row: FailedRow }) {
  return (
    <Row>
      <Stack gap={4}>
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          {titleOf(user)}
        </Text>
        {errors.map(({ code, message, path }) => (
          <Text key={code + path + message} size="sm" component="div" style={{ overflowWrap: 'anywhere' }}>
            {path && (
              <>
                <Code>{path}</Code>:{' '}
              </>
            )}
            {message} <Text span size="sm" c="dimmed">{`(${code})`}</Text>
          </Text>
        ))}
      </Stack>
    </Row>
  );
}

/** What a row can be found by in the file. */
function titleOf(user: FailedRow['user']): string {
  const name = [user.email, user.username, user.phone_number, user.user_id].find((one) => typeof one === 'string');
  return String(name ?? JSON.stringify(user));
}
