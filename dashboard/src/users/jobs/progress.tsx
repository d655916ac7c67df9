import { Badge, Button, Group, Progress, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Job } from '../../api/types.ts';
import { sizeOf } from './file.ts';
import { isRunning } from './queries.ts';

const STATUS = {
  pending: { label: 'Waiting', color: 'gray', variant: 'default' },
  processing: { label: 'Running', color: 'accent', variant: 'light' },
  completed: { label: 'Done', color: 'accent', variant: 'light' },
  failed: { label: 'Failed', color: 'red', variant: 'outline' },
} as const;

export function JobStatus({ job }: { job: Job }) {
  const { label, ...look } = STATUS[job.status as keyof typeof STATUS] ?? STATUS.pending;
  return <Badge {...look}>{label}</Badge>;
}

/** How far a job is: a bar, and what it has done so far in numbers. */
export function JobProgress({ job }: { job: Job }) {
  const done = job.percentage_done ?? 0;
  const seconds = job.time_left_seconds;
  return (
    <Bar label="How much is done" done={done} isMoving={isRunning(job)}>
      <Text size="sm" role="status">
        {done} %{job.summary && isRunning(job) ? `: ${counts(job)}` : ''}
      </Text>
      {isRunning(job) && seconds !== undefined && seconds > 0 && (
        <Text size="sm" c="dimmed">
          About {duration(seconds)} left
        </Text>
      )}
    </Bar>
  );
}

type UploadProps = { size: number; share: number; onCancel: () => void };

/** How much of a file has left for the server; the rest of the work begins when all of it is there. */
export function UploadProgress({ size, share, onCancel }: UploadProps) {
  const done = Math.floor(share * 100);
  return (
    <Bar label="How much is sent" done={done} isMoving>
      <Text size="sm" role="status">
        {done < 100 ? 'The file is on its way to the server.' : 'The file is sent; the server looks through it.'}
      </Text>
      <Group gap="sm">
        <Text size="sm" c="dimmed">
          {sizeOf(size * share)} of {sizeOf(size)}
        </Text>
        {done < 100 && (
          <Button variant="default" size="xs" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </Group>
    </Bar>
  );
}

type BarProps = { label: string; done: number; isMoving: boolean; children: ReactNode };

function Bar({ label, done, isMoving, children }: BarProps) {
  return (
    <Stack gap={6}>
      <Progress.Root size="lg" radius="xl">
        <Progress.Section value={done} animated={isMoving} aria-label={label} />
      </Progress.Root>
      <Group justify="space-between" gap="xs">
        {children}
      </Group>
    </Stack>
  );
}

/** What became of the rows of an import: "1,200 inserted, 3 failed". */
export function counts({ summary }: Pick<Job, 'summary'>): string {
  if (!summary) return '';
  const { inserted, updated, failed } = summary;
  const parts = [
    [inserted, 'inserted'],
    [updated, 'updated'],
    [failed, 'failed'],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, what]) => `${count.toLocaleString()} ${what}`);
  return told.length > 0 ? told.join(', ') : 'nothing to do';
}

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}
