/**
 * The one storage layer: what every engine offers, and how to open one.
 *
 * - `read` runs single statements on committed data.
 * - `write` runs a *unit of work*: all of it happens or nothing, and its promise settles only after the commit is
 *   durable, so whatever is answered to a client survives a crash. A unit awaits nothing but its own statements:
 *   it must not hash, sign or fetch, because SQLite lets all units of an event-loop turn share one commit.
 *   A statement that failed fails its unit, even if the unit catches the error: PostgreSQL can only undo by then.
 *   A unit may be run twice, the first time undone, so it leaves nothing behind but what it writes: what is to follow in
 *   memory waits for `afterCommit`. Tests run every unit twice (`rehearse`).
 *
 * This folder knows tables, not what they mean. Engines: `sqlite.ts`, `postgres.ts`; both pass `conformance.test.ts`.
 */
import { join } from 'node:path';
import type { CompiledQuery } from 'kysely';
import { migrate } from './migrate.ts';
import type { Compiled, Engine, Queries, SqlValue, Statement } from './statement.ts';

/** Runs statements: on committed data, or inside one unit of work. */
export type Sql = {
  readonly engine: Engine;
  /** A query builder for this engine's dialect; run what it builds with `query`. */
  readonly build: Queries;
  /** The first row of a described statement, if there is one. */
  first<P extends Record<string, SqlValue>, Row>(statement: Statement<P, Row>, values: P): Promise<Row | undefined>;
  /** All rows of a described statement. */
  all<P extends Record<string, SqlValue>, Row>(statement: Statement<P, Row>, values: P): Promise<Row[]>;
  /** Runs a described statement; answers the number of rows it changed. */
  run<P extends Record<string, SqlValue>, Row>(statement: Statement<P, Row>, values: P): Promise<number>;
  /** Runs a query built on the spot. */
  query<Row>(query: { compile(): CompiledQuery<Row> }): Promise<Row[]>;
  /**
   * Within a unit of work: does something once the commit is durable, before the unit is answered. Nothing happens when
   * the unit fails. For what is kept in memory and follows the database; it must not throw.
   */
  afterCommit(work: () => void): void;
};

export type Database = {
  readonly engine: Engine;
  readonly read: Sql;
  write<T>(unit: (sql: Sql) => Promise<T>): Promise<T>;
  /** Runs schema statements outside of any unit of work. Migrations only. */
  execute(text: string): Promise<void>;
  /** Writes a consistent copy to a new file while others go on. SQLite only; PostgreSQL has `pg_dump`. */
  backup(file: string): Promise<void>;
  close(): Promise<void>;
};

export type Ran = { readonly rows: unknown[]; readonly changes: number };

/**
 * What an engine gives: run compiled text and tell the rows and how many were changed. SQLite knows at once, and a
 * promise for each statement would be a good part of what the statement costs.
 */
export type Run = (compiled: Compiled, prepared: boolean) => Ran | Promise<Ran>;

/** A unique key is taken: `constraint` is the index or columns the engine named. */
export class UniqueViolation extends Error {
  readonly constraint: string;
  constructor(constraint: string, cause: unknown) {
    super(`Unique key is taken: ${constraint}`, { cause });
    this.constraint = constraint;
  }
}

/**
 * Opens the database and brings its schema up to date.
 * @param options.databaseUrl `postgres://…`; without it SQLite in `options.dataDir`.
 * @param options.rehearse see `openSqlite`
 */
export async function openDatabase(options: {
  databaseUrl?: string | undefined;
  dataDir: string;
  rehearse?: boolean;
}): Promise<Database> {
  const database = options.databaseUrl
    ? await (await import('./postgres.ts')).openPostgres(options.databaseUrl)
    : (await import('./sqlite.ts')).openSqlite(join(options.dataDir, 'latchkey.db'), options);
  await migrate(database);
  return database;
}
