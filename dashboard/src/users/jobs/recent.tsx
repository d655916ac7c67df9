import { Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Job } from '../../api/types.ts';
import { useDashboard } from '../../dashboard.tsx';
import { Ago } from '../../ui/moment.tsx';
import { Row, Rows, rowLink } from '../../ui/rows.tsx';
import { counts, JobStatus } from './progress.tsx';
import { isRunning, type JobKind, recentJobsQuery } from './queries.ts';

const TITLES = { import: 'Recent imports', export: 'Recent exports' } as const;

/** The last jobs of a kind, whoever asked for them; nothing while there is none. */
export function RecentJobs({ kind }: { kind: JobKind }) {
  const { api } = useDashboard();
  const jobs = useQuery(recentJobsQuery(api, kind)).data ?? [];
  if (jobs.length === 0) return null;
  return (
    <Stack gap="md" component="section">
      <Title order={2}>{TITLES[kind]}</Title>
      <Rows label={TITLES[kind]}>
        {jobs.map((job) => (
          <Row key={job.id}>
            <Group justify="space-between" gap="xs">
              <Stack gap={1} miw={0}>
                <Link to="/users/jobs/$jobId" params={{ jobId: job.id }} className={rowLink}>
                  {nameOf(job)}
                </Link>
                <Text size="sm" c="dimmed">
                  <Ago at={job.created_at} span inherit />
                  {outcomeOf(job)}
                </Text>
              </Stack>
              <JobStatus job={job} />
            </Group>
          </Row>
        ))}
      </Rows>
    </Stack>
  );
}

/** Where the users of a job go to, or come from. */
export function nameOf({ external_id, connection }: Job): string {
  return external_id ?? (connection || 'All connections');
}

function outcomeOf(job: Job): string {
  if (isRunning(job)) return ` · ${job.percentage_done ?? 0} %`;
  return job.summary ? ` · ${counts(job)}` : '';
}
