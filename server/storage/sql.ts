/** The `Sql` surface over an engine's way to run compiled text: for single statements and for units of work. */
import type { Run, Sql } from './database.ts';
import { bindStatement, type Engine, queries } from './statement.ts';

export function makeSql(engine: Engine, run: Run, unit?: Pick<Sql, 'afterCommit'>): Sql {
  const inUnit = unit !== undefined;
  return {
    engine,
    build: queries(engine),
    async first(statement, values) {
      const ran = run(bindStatement(engine, statement, values, inUnit), true);
      return (ran instanceof Promise ? await ran : ran).rows[0] as never;
    },
    async all(statement, values) {
      const ran = run(bindStatement(engine, statement, values, inUnit), true);
      return (ran instanceof Promise ? await ran : ran).rows as never;
    },
    async run(statement, values) {
      const ran = run(bindStatement(engine, statement, values, inUnit), true);
      return (ran instanceof Promise ? await ran : ran).changes;
    },
    async query(query) {
      return (await run(query.compile(), false)).rows as never;
    },
    afterCommit: unit?.afterCommit ?? outsideOfUnits,
  };
}

function outsideOfUnits(): never {
  throw new Error('Only a unit of work has a commit to wait for.');
}

/** What a unit answered, and what it wants done after the commit. */
export type Outcome<T> = { readonly value: T; committed(): void };

/**
 * Runs one unit of work; the engine opens and ends the transaction around it. A statement that failed fails the unit
 * even if the unit caught its error, and no other runs after it. A statement that the unit forgot to wait for cannot slip
 * into another one's.
 */
export async function runUnit<T>(engine: Engine, run: Run, unit: (sql: Sql) => Promise<T>): Promise<Outcome<T>> {
  let failure: { error: unknown } | undefined;
  let ended = false;
  const afterCommit: (() => void)[] = [];
  const failed = (error: unknown): never => {
    failure ??= { error };
    throw error;
  };
  const guarded: Run = (compiled, prepared) => {
    if (ended) throw new Error('A statement ran after the end of its unit of work.');
    // The failure may have ended the transaction (disk full): this one would be committed on its own.
    if (failure) throw failure.error;
    try {
      const ran = run(compiled, prepared);
      return ran instanceof Promise ? ran.catch(failed) : ran;
    } catch (error) {
      return failed(error);
    }
  };
  try {
    const value = await unit(makeSql(engine, guarded, { afterCommit: (work) => afterCommit.push(work) }));
    if (failure) throw failure.error;
    return {
      value,
      committed() {
        for (const work of afterCommit) work();
      },
    };
  } finally {
    ended = true;
  }
}
