/**
 * Many rows taken away at once, each by its whole key. SQLite runs one statement for each, which costs no way there and
 * back, and each goes straight to its row; PostgreSQL gets them as one JSON value.
 */
import { sql as text } from 'kysely';
import type { Sql } from './database.ts';
import { type SqlValue, type Statement, statement } from './statement.ts';
import type { Tables } from './tables.ts';

type Values = Record<string, SqlValue>;

const ROWS_OF_JSON = 1000;

export type Delete<Row> = {
  readonly one: Statement<Values, never>;
  readonly asJson: Statement<{ rows: string }, never>;
  readonly row?: Row;
};

/** Describes a delete. @param columns the key of the table */
export function deleteFrom<Table extends keyof Tables>(
  table: Table,
  columns: readonly (keyof Tables[Table] & string)[],
): Delete<Tables[Table]> {
  const rows = text.table(table);
  const same = columns.map((column) => text`${text.ref(`${table}.${column}`)} = ${text.ref(`d.${column}`)}`);
  return {
    one: statement<Values>((q, bind) => ({
      compile: () => {
        const given = columns.map((column) => text`${text.ref(column)} = ${bind(column)}`);
        return text<never>`delete from ${rows} where ${text.join(given, text` and `)}`.compile(q);
      },
    })),
    asJson: statement<{ rows: string }>((q, bind) => ({
      // The row type of the table says what each value is.
      compile: () =>
        text<never>`delete from ${rows} using json_populate_recordset(null::${rows}, ${bind('rows')}::json) as d
          where ${text.join(same, text` and `)}`.compile(q),
    })),
  };
}

export async function deleteAll<Row extends Values>(
  sql: Sql,
  { one, asJson }: Delete<Row>,
  rows: readonly Row[],
): Promise<void> {
  if (sql.engine === 'sqlite') {
    for (const row of rows) await sql.run(one, row);
    return;
  }
  for (let start = 0; start < rows.length; start += ROWS_OF_JSON)
    await sql.run(asJson, { rows: JSON.stringify(rows.slice(start, start + ROWS_OF_JSON)) });
}
