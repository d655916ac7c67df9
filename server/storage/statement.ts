/**
 * Queries built with Kysely. Two ways to use it:
 *
 * - `statement(build)` describes a query once, with named placeholders; its text is compiled at first use and kept,
 *   so that a request pays for binding values only. Hot paths use this.
 * - a query built on the spot (`queries(engine).selectFrom(…)`) for shapes that depend on the request, such as lists.
 *
 * The same description gives SQLite's and PostgreSQL's text; nothing above this folder knows which engine runs.
 */
import {
  type CompiledQuery,
  type DialectAdapter,
  DummyDriver,
  type Expression,
  Kysely,
  PostgresAdapter,
  PostgresQueryCompiler,
  type QueryCompiler,
  SqliteAdapter,
  SqliteQueryCompiler,
  sql,
} from 'kysely';
import type { Tables } from './tables.ts';

export type Engine = 'sqlite' | 'postgres';
export type Queries = Kysely<Tables>;

/** A value that a statement parameter may take. */
export type SqlValue = string | number | null;

/** Text with positional parameters, ready for a driver. */
export type Compiled = { readonly sql: string; readonly parameters: readonly unknown[] };

type Placeholder = { readonly placeholder: string };
type Compilable<Row> = { compile(): CompiledQuery<Row> };
/** Names a value that is bound at execution time. */
export type Bind<P> = <K extends keyof P & string>(name: K) => Expression<P[K]>;

export type Statement<P, Row> = {
  readonly build: (queries: Queries, bind: Bind<P>) => Compilable<Row>;
  readonly locks: boolean;
  readonly compiled: Partial<Record<Engine, { sql: string; slots: readonly (string | Constant)[] }>>;
};
type Constant = { readonly constant: unknown };

const builders: Record<Engine, Queries> = {
  sqlite: builder(
    () => new SqliteAdapter(),
    () => new SqliteQueryCompiler(),
  ),
  postgres: builder(
    () => new PostgresAdapter(),
    () => new PostgresQueryCompiler(),
  ),
};

/** The query builder that writes the engine's dialect. It compiles only: running is the database's part. */
export function queries(engine: Engine): Queries {
  return builders[engine];
}

/**
 * Describes a query once. Call at module level: `const find = statement<{ id: string }, Row>((q, bind) => …)`.
 * @param options.locks for rows that are read to be written back: within a unit of work they stay as they were read
 *   until its commit, so that of two changes at once none is lost. SQLite has one writer anyway.
 */
export function statement<P extends Record<string, SqlValue>, Row = never>(
  build: (queries: Queries, bind: Bind<P>) => Compilable<Row>,
  { locks = false }: { locks?: boolean } = {},
): Statement<P, Row> {
  return { build, locks, compiled: {} };
}

/**
 * The statement's text for this engine with the given values in the order of its placeholders.
 * @param inUnit whether it runs in a unit of work
 */
export function bindStatement<P extends Record<string, SqlValue>, Row>(
  engine: Engine,
  described: Statement<P, Row>,
  values: P,
  inUnit: boolean,
): Compiled {
  let compiled = described.compiled[engine];
  if (!compiled) {
    const query = described.build(builders[engine], placeholder as Bind<P>).compile();
    compiled = {
      sql: query.sql,
      slots: query.parameters.map((value) => (isPlaceholder(value) ? value.placeholder : { constant: value })),
    };
    described.compiled[engine] = compiled;
  }
  const { slots } = compiled;
  const parameters = new Array<unknown>(slots.length);
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i]!;
    parameters[i] = typeof slot === 'string' ? values[slot] : slot.constant;
  }
  const lock = described.locks && inUnit && engine === 'postgres';
  return { sql: lock ? `${compiled.sql} for update` : compiled.sql, parameters };
}

/** Binds every listed column to the value of the same name: the `values` of an insert of a whole row. */
export function bindAll<Row extends Record<string, SqlValue>>(
  bind: Bind<Row>,
  columns: readonly (keyof Row & string)[],
): { [K in keyof Row]: Expression<Row[K]> } {
  const entries = columns.map((column) => [column, bind(column)]);
  return Object.fromEntries(entries) as { [K in keyof Row]: Expression<Row[K]> };
}

function placeholder(name: string): Expression<unknown> {
  const marker: Placeholder = { placeholder: name };
  return sql`${marker}`;
}

function isPlaceholder(value: unknown): value is Placeholder {
  return typeof value === 'object' && value !== null && 'placeholder' in value;
}

function builder(createAdapter: () => DialectAdapter, createQueryCompiler: () => QueryCompiler): Queries {
  return new Kysely<Tables>({
    dialect: {
      createAdapter,
      createQueryCompiler,
      createDriver: () => new DummyDriver(),
      createIntrospector: () => {
        throw new Error('Introspection is not used.');
      },
    },
  });
}
