/**
 * What the screens of imports and exports ask the Management API. The API has no list of jobs; who asked for one, and
 * which it was, is in the log.
 */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { EXPORT_DESCRIPTION, IMPORT_DESCRIPTION } from '../../../../server/api/jobs/known.ts';
import { ApiFailure } from '../../api/errors.ts';
import type { Api } from '../../api/request.ts';
import type { Job, LogEvent } from '../../api/types.ts';
import { useDashboard } from '../../dashboard.tsx';

export type JobKind = 'import' | 'export';
/** A row that an import could not take, and why. */
export type FailedRow = { user: Record<string, unknown>; errors: { code: string; message: string; path?: string }[] };

export type Import = {
  file: File;
  connectionId: string;
  upsert: boolean;
  externalId: string;
  sendsMail: boolean;
  /** Ends it while the file is on its way. */
  signal: AbortSignal;
  /** Told what share of the file has left. */
  onSent: (share: number) => void;
};

export type Export = {
  connection_id?: string;
  format: 'csv' | 'json';
  fields?: { name: string; export_as?: string }[];
  limit?: number;
};

/** Milliseconds between two looks at a job that runs. */
const POLL = 1000;
const RECENT = 5;
const DESCRIPTIONS: Readonly<Record<JobKind, string>> = { import: IMPORT_DESCRIPTION, export: EXPORT_DESCRIPTION };

const jobKey = (id: string, ...parts: string[]) => ['jobs', 'one', id, ...parts];
const recentKey = (kind: JobKind) => ['jobs', 'recent', kind];
const pathOf = (id: string, ...parts: string[]) => ['/jobs', encodeURIComponent(id), ...parts].join('/');

export function isRunning({ status }: Pick<Job, 'status'>): boolean {
  return status === 'pending' || status === 'processing';
}

/** A job; asked again until it has ended. */
export function jobQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: jobKey(id),
    queryFn: ({ signal }) => api<Job>(pathOf(id), { signal }),
    refetchInterval: ({ state }) => (state.data && isRunning(state.data) ? POLL : false),
  });
}

/** The rows that failed, all of them that are kept. */
export function jobErrorsQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: jobKey(id, 'errors'),
    queryFn: async ({ signal }) => (await api<FailedRow[] | undefined>(pathOf(id, 'errors'), { signal })) ?? [],
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The last jobs of a kind, newest first, without those that are forgotten by now. */
export function recentJobsQuery(api: Api, kind: JobKind) {
  return queryOptions({
    queryKey: recentKey(kind),
    queryFn: async ({ signal }) => {
      const q = `type:sapi AND description:"${DESCRIPTIONS[kind]}"`;
      const events = await api<LogEvent[]>('/logs', { query: { q, per_page: RECENT, sort: 'date:-1' }, signal });
      const jobs = await Promise.all(events.map((event) => known(api, idIn(event), signal)));
      return jobs.filter((job) => job !== undefined);
    },
    refetchInterval: ({ state }) => (state.data?.some(isRunning) ? POLL : false),
  });
}

function idIn({ details }: LogEvent): string {
  return (details as { response?: { body?: { id?: string } } } | undefined)?.response?.body?.id ?? '';
}

async function known(api: Api, id: string, signal: AbortSignal): Promise<Job | undefined> {
  if (id === '') return undefined;
  return api<Job>(pathOf(id), { signal }).catch((error: unknown) => {
    if (error instanceof ApiFailure && error.statusCode === 404) return undefined;
    throw error;
  });
}

export function useImportUsers() {
  const { api } = useDashboard();
  return useBegin('import', ({ file, connectionId, upsert, externalId, sendsMail, signal, onSent }: Import) => {
    const body = new FormData();
    body.set('connection_id', connectionId);
    body.set('upsert', String(upsert));
    body.set('send_completion_email', String(sendsMail));
    if (externalId !== '') body.set('external_id', externalId);
    // Last, so that the server knows what the file is for when it arrives.
    body.set('users', file, file.name);
    return api<Job>('/jobs/users-imports', { method: 'POST', body, signal, onSent });
  });
}

export function useExportUsers() {
  const { api } = useDashboard();
  return useBegin('export', (body: Export) => api<Job>('/jobs/users-exports', { method: 'POST', body }));
}

function useBegin<Input>(kind: JobKind, begin: (input: Input) => Promise<Job>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: begin,
    onSuccess: (job) => {
      queries.setQueryData(jobKey(job.id), job);
      queries.invalidateQueries({ queryKey: recentKey(kind) });
    },
  });
}
