/** Jobs: work that takes longer than a request, done in the background and asked about by id. */
import { Type } from 'typebox';
import { field, resource } from '../../schema/resource.ts';
import { open, opt } from '../../schema/types.ts';

export type JobType = 'users_import' | 'users_export' | 'verification_email';
/** `receiving`: the file is still arriving; nobody is told of the job yet. */
export type JobStatus = 'receiving' | 'pending' | 'processing' | 'completed' | 'failed';

export type Summary = { failed: number; updated: number; inserted: number; total: number };
export type ExportField = { readonly name: string; readonly export_as?: string };

/** A job as it is kept. `at` is how far it has come: what was done is never done again. */
export type Job = {
  readonly id: string;
  readonly type: JobType;
  readonly status: JobStatus;
  /** Milliseconds since the epoch. */
  readonly created_at: number;
  readonly started_at?: number;
  readonly finished_at?: number;
  readonly status_details?: string;
  readonly connection_id?: string;
  /** Name of the connection. */
  readonly connection?: string;
  readonly external_id?: string;
  readonly upsert?: boolean;
  readonly format?: 'json' | 'csv';
  readonly limit?: number;
  readonly fields?: readonly ExportField[];
  /** Rows of the file, or users there were when the export began. */
  readonly total?: number;
  readonly done?: number;
  readonly summary?: Summary;
  /** Import: chunk of the file and row within. Export: the last user that was written, and chunks written. */
  readonly at?: {
    readonly chunk: number;
    readonly row?: number;
    readonly created_at?: number;
    readonly user_id?: string;
  };
  /** Chunks of rows that failed. */
  readonly error_chunks?: number;
  /** SHA-256 of the secret in the address of the result, and the address, sealed. */
  readonly download?: { readonly secret_hash: string; readonly location_sealed: string; readonly until: number };
  /** Which process works on it, and until when nobody else may. */
  readonly lease?: { readonly owner: string; readonly until: number };
};

const summary = open({
  failed: Type.Integer(),
  updated: Type.Integer(),
  inserted: Type.Integer(),
  total: Type.Integer(),
});

const told = { readOnly: true } as const;

/** A job as answers tell of it. Log events do not hold the address of the file, which is all that a download takes. */
export const jobResource = resource({
  name: 'Job',
  plural: 'jobs',
  fields: {
    id: field(Type.String(), { ...told, always: true, description: 'Identifier' }),
    type: field(Type.String(), { ...told, always: true, description: 'What it does' }),
    status: field(Type.String(), {
      ...told,
      always: true,
      description: '`pending`, `processing`, `completed` or `failed`',
    }),
    created_at: field(Type.String(), { ...told, always: true, description: 'When it was asked for' }),
    connection_id: field(Type.String(), { ...told, description: 'Connection of the users' }),
    connection: field(Type.String(), { ...told, description: 'Its name' }),
    external_id: field(Type.String(), { ...told, description: 'Name of your own' }),
    format: field(Type.String(), { ...told, description: 'Of the file of an export' }),
    limit: field(Type.Integer(), { ...told, description: 'Users that an export writes at most' }),
    fields: field(Type.Array(open({ name: Type.String(), export_as: opt(Type.String()) })), {
      ...told,
      description: 'What an export writes of a user',
    }),
    location: field(Type.String(), { ...told, secret: true, description: 'Where the file of an export is, for a day' }),
    percentage_done: field(Type.Integer(), { ...told, description: 'How much of it is done' }),
    time_left_seconds: field(Type.Integer(), { ...told, description: 'How long the rest may take' }),
    status_details: field(Type.String(), { ...told, description: 'Why it failed' }),
    summary: field(summary, { ...told, description: 'Rows of an import so far, by what became of them' }),
  },
});
