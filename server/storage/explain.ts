/** How an engine finds what a statement asks for: for tests and measurements that hold searches to their indexes. */
import type { CompiledQuery } from 'kysely';
import type { Database, Sql } from './database.ts';
import { bindStatement, type Compiled } from './statement.ts';

export type Plan = { readonly statement: string; readonly steps: readonly string[] };

/**
 * Reads from a database and tells the plan of every statement before it runs it.
 * @param options.small for tables of a few thousand rows, which PostgreSQL rather reads as a whole: it is told not to
 *   where an index would do, as it would of itself if there were more
 */
export function explaining(
  { read: sql, write }: Pick<Database, 'read' | 'write'>,
  tell: (plan: Plan) => void,
  { small = false } = {},
): Sql {
  const look = async ({ sql: statement, parameters }: Compiled): Promise<void> => {
    const rows = await write(async (unit) => {
      if (small && sql.engine === 'postgres') await unit.query(plain('set local enable_seqscan = off'));
      const command = sql.engine === 'sqlite' ? 'explain query plan' : 'explain (costs off)';
      return unit.query<Record<string, string>>(plain(`${command} ${statement}`, parameters));
    });
    tell({ statement, steps: rows.map((row) => (row.detail ?? row['QUERY PLAN'])!) });
  };
  return {
    ...sql,
    async first(statement, values) {
      await look(bindStatement(sql.engine, statement, values, false));
      return sql.first(statement, values);
    },
    async all(statement, values) {
      await look(bindStatement(sql.engine, statement, values, false));
      return sql.all(statement, values);
    },
    async query(query) {
      await look(query.compile());
      return sql.query(query);
    },
  };
}

function plain(text: string, parameters: readonly unknown[] = []): { compile(): CompiledQuery<never> } {
  return { compile: () => ({ sql: text, parameters }) as never };
}

/**
 * Steps that read a whole table, or all that a tenant has in it, to find some of its rows. To read them in the order of
 * an index up to a limit is no such step, nor is a look at all keys of documents: PostgreSQL prefers that to their index
 * as long as they fill a page or two.
 */
export function fullScans({ statement, steps }: Plan): string[] {
  const limited = /\blimit\b/i.test(statement);
  return steps.filter(
    (step) =>
      /^\s*SCAN (users|user_terms|log_events|p)\b|Seq Scan on (?!document_keys\b)/.test(step) ||
      (!limited && /^\s*SEARCH .*\(tenant=\?\)|Index Cond: \(tenant = \S+\)$/.test(step)),
  );
}
