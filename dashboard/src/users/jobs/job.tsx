/** One import or export: how far it is, and what came of it. It has an address, so one may leave it and come back. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconDownload } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Job } from '../../api/types.ts';
import { useDashboard } from '../../dashboard.tsx';
import { Facts } from '../../ui/facts.tsx';
import { BackLink, ButtonLink } from '../../ui/links.tsx';
import { fullDate } from '../../ui/moment.tsx';
import { Found } from '../../ui/not-found.tsx';
import { Page } from '../../ui/page.tsx';
import { USER_LISTS } from '../queries.ts';
import { FailedRows } from './failed-rows.tsx';
import { JobProgress, JobStatus } from './progress.tsx';
import { isRunning, jobQuery } from './queries.ts';
import { nameOf } from './recent.tsx';

const route = getRouteApi('/users/jobs/$jobId');

export function JobScreen() {
  const { api } = useDashboard();
  const { jobId } = route.useParams();
  const query = useQuery(jobQuery(api, jobId));
  const queries = useQueryClient();
  const isDone = query.data?.status === 'completed';
  useEffect(() => {
    if (isDone) queries.invalidateQueries({ queryKey: USER_LISTS });
  }, [isDone, queries]);
  return (
    <Found query={query} to="/users" label="Go to users">
      {(job) => <JobPage job={job} />}
    </Found>
  );
}

function JobPage({ job }: { job: Job }) {
  const isImport = job.type === 'users_import';
  return (
    <Page
      title={isImport ? 'Import of users' : 'Export of users'}
      description={nameOf(job)}
      back={
        <BackLink to={isImport ? '/users/import' : '/users/export'}>
          {isImport ? 'Import users' : 'Export users'}
        </BackLink>
      }
      actions={<JobStatus job={job} />}
    >
      <Stack gap="xl">
        {job.status === 'failed' ? (
          <Alert role="alert" color="red" icon={<IconAlertTriangle />} title="It could not go on">
            {job.status_details}
          </Alert>
        ) : (
          <JobProgress job={job} />
        )}
        {!isRunning(job) && job.status !== 'failed' && (isImport ? <Imported /> : <Exported job={job} />)}
        <Facts facts={factsOf(job)} />
        {isImport && job.summary && job.summary.failed > 0 && !isRunning(job) && (
          <FailedRows jobId={job.id} count={job.summary.failed} />
        )}
      </Stack>
    </Page>
  );
}

function Imported() {
  return (
    <div>
      <ButtonLink to="/users" variant="default">
        Go to the users
      </ButtonLink>
    </div>
  );
}

/** The address of the file is signed: it works by itself, and in no other place. */
function Exported({ job }: { job: Job }) {
  if (!job.location) {
    return (
      <Alert variant="default" radius="lg" title="The file is gone">
        Files are kept for a day. Export again to get a new one.
      </Alert>
    );
  }
  return (
    <Group gap="md">
      <Button component="a" href={job.location} download leftSection={<IconDownload size={18} aria-hidden />}>
        Download the file
      </Button>
      <Text size="sm" c="dimmed">
        Packed with gzip, and there for a day.
      </Text>
    </Group>
  );
}

function factsOf(job: Job) {
  const { summary, fields, limit } = job;
  const number = (count: number | undefined) => count?.toLocaleString();
  return [
    { label: 'Inserted', value: number(summary?.inserted) },
    { label: 'Updated', value: number(summary?.updated) },
    { label: 'Failed', value: number(summary?.failed) },
    { label: 'Connection', value: job.connection || 'All connections' },
    { label: 'Format', value: job.format?.toUpperCase() },
    { label: 'Fields', value: fields?.map(({ name, export_as: as }) => (as ? `${name} as ${as}` : name)).join(', ') },
    { label: 'At most', value: number(limit) },
    { label: 'External ID', value: job.external_id },
    { label: 'Asked for', value: fullDate(job.created_at) },
    { label: 'Job ID', value: job.id, copy: job.id, mono: true },
  ];
}
