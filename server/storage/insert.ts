/**
 * Many rows at once. SQLite gets statements for fixed numbers of rows, compiled once: who writes many rows would
 * otherwise spend more time and memory on the text of statements than on the rows. PostgreSQL, where every statement is a
 * way there and back, gets any number of rows as one JSON value.
 */
import { sql as text } from 'kysely';
import type { Sql } from './database.ts';
import { type SqlValue, type Statement, statement } from './statement.ts';
import type { Tables } from './tables.ts';

type Values = Record<string, SqlValue>;

/** Rows of one statement, most first. */
const TOGETHER = [100, 25, 5, 1] as const;

const ROWS_OF_JSON = 1000;

export type Insert<Row> = {
  readonly columns: readonly string[];
  /** Their placeholders are named by their position, row by row. */
  readonly bySize: readonly Statement<Values, never>[];
  readonly asJson: Statement<{ rows: string }, never>;
  readonly row?: Row;
};

/**
 * Describes an insert.
 * @param options.ignoreExisting whether a row whose key is there already is left out
 */
export function insertInto<Table extends keyof Tables>(
  table: Table,
  columns: readonly (keyof Tables[Table] & string)[],
  { ignoreExisting = false }: { ignoreExisting?: boolean } = {},
): Insert<Tables[Table]> {
  const rows = (count: number) =>
    statement<Values>((q, bind) => {
      const insert = q.insertInto(table as 'users').values(
        Array.from({ length: count }, (_, row) =>
          // The columns are those of the table, which the type of `columns` says.
          Object.fromEntries(columns.map((column, n) => [column, bind(String(row * columns.length + n))])),
        ) as never,
      );
      return ignoreExisting ? insert.onConflict((conflict) => conflict.doNothing()) : insert;
    }) as Statement<Values, never>;
  const names = text.join(columns.map((column) => text.ref(column)));
  const ignoring = ignoreExisting ? text` on conflict do nothing` : text``;
  const asJson = statement<{ rows: string }>((q, bind) => ({
    // The row type of the table says what each value is.
    compile: () =>
      text<never>`insert into ${text.table(table)} (${names}) select ${names}
        from json_populate_recordset(null::${text.table(table)}, ${bind('rows')}::json)${ignoring}`.compile(q),
  }));
  return { columns, bySize: TOGETHER.map(rows), asJson };
}

export async function insertAll<Row extends Values>(
  sql: Sql,
  insert: Insert<Row>,
  rows: readonly Row[],
): Promise<void> {
  if (sql.engine === 'postgres') {
    for (let start = 0; start < rows.length; start += ROWS_OF_JSON)
      await sql.run(insert.asJson, { rows: JSON.stringify(rows.slice(start, start + ROWS_OF_JSON)) });
    return;
  }
  let start = 0;
  while (start < rows.length) {
    const size = TOGETHER.findIndex((count) => count <= rows.length - start);
    const values: SqlValue[] = [];
    for (const row of rows.slice(start, start + TOGETHER[size]!))
      for (const column of insert.columns) values.push(row[column]!);
    // A list is a record of its positions.
    await sql.run(insert.bySize[size]!, values as unknown as Values);
    start += TOGETHER[size]!;
  }
}
