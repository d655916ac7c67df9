/**
 * A step of an import: some rows of the file become users, in one unit of work with the note of how far the job has
 * come. A process that dies leaves whole steps; the next one goes on after them.
 */
import { isImported } from '../../connections/database/imported-hash.ts';
import { historySize } from '../../connections/database/policy.ts';
import type { Services } from '../../services.ts';
import type { Sql } from '../../storage/database.ts';
import { collection } from '../../storage/documents.ts';
import { getAdministrator } from '../../tenants/administrators.ts';
import type { Connection } from '../connections/schema.ts';
import { findTaken, identifiersOf, insertUsers, type NewUserRow } from '../users/bulk.ts';
import { passwordOptions } from '../users/passwords.ts';
import { getPassword, replaceUser, type StoredUser, setPassword } from '../users/store.ts';
import { type MfaFactor, type ParsedRow, parseRow, type RowError, withoutSecrets } from './import-row.ts';
import type { Job } from './schema.ts';
import { chunkId, chunkStore, type JobState, swapJob } from './store.ts';

/** Rows of a step: few enough that logins need not wait for it. */
const STEP = 100;
/** Rows with errors that are kept to be shown. */
const MOST_ERRORS = 10_000;

/** An answered row of `GET /jobs/{id}/errors`. */
export type FailedRow = { readonly user: unknown; readonly errors: readonly RowError[] };
type GoodRow = Exclude<ParsedRow, { errors: unknown }>;

/** The rows of the chunk at hand, kept from step to step. */
export type ImportCursor = { chunk?: number; rows: readonly string[]; conflicts?: number };

/** Does a step. @returns the job after it; `finished` when there is nothing left */
export async function importStep(
  services: Services,
  state: JobState,
  cursor: ImportCursor,
): Promise<{ state: JobState; finished: boolean }> {
  const { database, vault } = services;
  const { tenant, job } = state;
  const at = { chunk: job.at?.chunk ?? 0, row: job.at?.row ?? 0 };
  if (cursor.chunk !== at.chunk) {
    const chunk = await chunkStore(vault).get(database.read, tenant, chunkId(job.id, 'input', at.chunk));
    if (!chunk) return { state, finished: true };
    cursor.chunk = at.chunk;
    cursor.rows = chunk.rows.split('\n');
  }
  const connection = await services.stores.connections.get(database.read, tenant, job.connection_id!);
  if (!connection) throw new JobFailed('The connection does not exist any more.');
  const texts = cursor.rows.slice(at.row, at.row + STEP);
  const now = services.clock();
  const parsed = await Promise.all(texts.map((text) => parseRow(text, connection, now)));
  const last = at.row + STEP >= cursor.rows.length;
  const next = last ? { chunk: at.chunk + 1, row: 0 } : { chunk: at.chunk, row: at.row + STEP };

  const after = await database.write(async (sql) => {
    const outcome = await writeRows({ services, sql, tenant, connection, job, now }, parsed);
    const summary = { ...(job.summary ?? { failed: 0, updated: 0, inserted: 0, total: 0 }) };
    summary.inserted += outcome.inserted;
    summary.updated += outcome.updated;
    summary.failed += outcome.failed.length;
    summary.total += texts.length;
    const kept = await keepErrors(services, sql, state, outcome.failed, summary.failed - outcome.failed.length);
    const done = (job.done ?? 0) + texts.length;
    return swapJob(sql, state, { ...job, at: next, done, summary, error_chunks: kept }, now);
  });
  return { state: after, finished: false };
}

/** The job cannot go on; the message is for whoever asked for it. */
export class JobFailed extends Error {}

type Step = {
  readonly services: Services;
  readonly sql: Sql;
  readonly tenant: string;
  readonly connection: Connection;
  readonly job: Job;
  readonly now: number;
};

type Outcome = { inserted: number; updated: number; failed: FailedRow[] };

async function writeRows(step: Step, parsed: readonly ParsedRow[]): Promise<Outcome> {
  const { sql, tenant, connection, job, now, services } = step;
  const outcome: Outcome = { inserted: 0, updated: 0, failed: [] };
  const good = parsed.filter((row): row is GoodRow => !('errors' in row));
  const taken = await findTaken(
    sql,
    tenant,
    connection.name,
    good.map(({ user }) => user),
  );
  const fresh: NewUserRow[] = [];
  const factors: [string, readonly MfaFactor[]][] = [];
  for (const row of parsed) {
    if ('errors' in row) {
      outcome.failed.push({ user: row.shown, errors: row.errors });
      continue;
    }
    if (taken.linked.has(row.user.user_id)) {
      outcome.failed.push({ user: shownUser(row), errors: [duplicate(row.user, taken)] });
      continue;
    }
    const holders = holdersOf(row.user, taken);
    const existing = holders.size === 1 ? taken.byId.get([...holders][0]!) : undefined;
    if (holders.size === 0) {
      // Later rows of this step must see it.
      for (const { type, value } of identifiersOf(row.user))
        taken.byIdentifier.set(`${type} ${value}`, row.user.user_id);
      taken.byId.set(row.user.user_id, row.user);
      fresh.push({ user: row.user, hash: row.hash });
      if (row.factors.length > 0) factors.push([row.user.user_id, row.factors]);
      outcome.inserted++;
    } else if (job.upsert && existing && (await getAdministrator(sql, tenant, existing.user_id))) {
      // An import is asked for with scopes over users; administrators are a matter of their own.
      outcome.failed.push({ user: shownUser(row), errors: [ADMINISTRATOR] });
    } else if (job.upsert && existing && existing.connection === connection.name && !isFresh(fresh, existing)) {
      taken.byId.set(existing.user_id, await update(step, existing, row));
      outcome.updated++;
    } else {
      outcome.failed.push({ user: shownUser(row), errors: [duplicate(row.user, taken)] });
    }
  }
  await insertUsers(sql, tenant, fresh, now);
  const store = importedFactorStore(services);
  for (const [user_id, list] of factors) await store.insert(sql, tenant, { user_id, factors: list }, now);
  return outcome;
}

const ADMINISTRATOR: RowError = {
  code: 'NOT_ALLOWED',
  message: 'The user is an administrator, whom imports do not change.',
  path: 'user_id',
};

type Taken = Awaited<ReturnType<typeof findTaken>>;

function holdersOf(user: StoredUser, taken: Taken): Set<string> {
  const holders = identifiersOf(user).flatMap(({ type, value }) => taken.byIdentifier.get(`${type} ${value}`) ?? []);
  return new Set(taken.byId.has(user.user_id) ? [user.user_id, ...holders] : holders);
}

function isFresh(fresh: readonly NewUserRow[], { user_id }: StoredUser): boolean {
  return fresh.some(({ user }) => user.user_id === user_id);
}

function duplicate(user: StoredUser, taken: Taken): RowError {
  const known = identifiersOf(user).find(({ type, value }) => taken.byIdentifier.has(`${type} ${value}`));
  return { code: 'DUPLICATED_USER', message: 'The user already exists.', path: known?.type ?? 'user_id' };
}

/** What an import may change of a user that is there. Names to sign in with and passwords that people chose are theirs. */
const UPDATABLE = [
  'email_verified',
  'phone_verified',
  'given_name',
  'family_name',
  'name',
  'nickname',
  'picture',
  'blocked',
  'user_metadata',
  'app_metadata',
] as const;

async function update({ sql, tenant, connection, now }: Step, existing: StoredUser, row: GoodRow): Promise<StoredUser> {
  const changes = UPDATABLE.filter((name) => row.given.includes(name)).map((name) => [name, row.user[name]]);
  const user = { ...existing, ...Object.fromEntries(changes), updated_at: new Date(now).toISOString() } as StoredUser;
  await replaceUser(sql, tenant, user, now);
  if (row.custom && row.hash !== undefined) {
    const stored = await getPassword(sql, tenant, user.user_id);
    const keep = historySize(passwordOptions(connection));
    if (!stored || isImported(stored.hash)) await setPassword(sql, tenant, user.user_id, row.hash, { now, keep });
  }
  return user;
}

/** Factors for a second step of the login, until they are enrolled: by user, sealed. */
export function importedFactorStore({ vault }: Pick<Services, 'vault'>) {
  return collection<{ user_id: string; factors: readonly MfaFactor[] }>(
    { kind: 'imported_mfa_factors', id: 'user_id', keys: {}, sealed: ['factors'] },
    vault,
  );
}

function shownUser({ user, given }: GoodRow): unknown {
  const row = user as unknown as Record<string, unknown>;
  return withoutSecrets(Object.fromEntries(given.map((name) => [name, row[name] ?? '*****'])));
}

/** @returns how many chunks of errors there are then */
async function keepErrors(
  services: Services,
  sql: Sql,
  { tenant, job }: JobState,
  failed: readonly FailedRow[],
  before: number,
): Promise<number> {
  const count = job.error_chunks ?? 0;
  const kept = failed.slice(0, Math.max(0, MOST_ERRORS - before));
  if (kept.length === 0) return count;
  const chunk = { id: chunkId(job.id, 'errors', count), job: job.id, rows: JSON.stringify(kept) };
  await chunkStore(services.vault).insert(sql, tenant, chunk, services.clock());
  return count + 1;
}
