/** Statements that are written as text, with their values as parameters, where the query builder has no words for them. */
import type { RawBuilder } from 'kysely';
import type { Sql } from './database.ts';

export function runText<Row>(sql: Sql, query: RawBuilder<unknown>): Promise<Row[]> {
  return sql.query<Row>({ compile: () => query.compile(sql.build) as never });
}
