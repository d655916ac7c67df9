/** Makes the `Sql` surface from an engine's way to run compiled text. */
import type { Run, Sql } from './database.ts';
import { bindStatement, type Engine, queries } from './statement.ts';

export function makeSql(engine: Engine, run: Run): Sql {
  return {
    engine,
    build: queries(engine),
    async first(statement, values) {
      const { rows } = await run(bindStatement(engine, statement, values), true);
      return rows[0] as never;
    },
    async all(statement, values) {
      const { rows } = await run(bindStatement(engine, statement, values), true);
      return rows as never;
    },
    async run(statement, values) {
      const { changes } = await run(bindStatement(engine, statement, values), true);
      return changes;
    },
    async query(query) {
      const { rows } = await run(query.compile(), false);
      return rows as never;
    },
  };
}
