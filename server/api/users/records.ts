/** Small things that belong to a user, each of a kind: device keys, connected accounts, token sets. They go with the user. */
import type { Sql } from '../../storage/database.ts';
import { bindAll, statement } from '../../storage/statement.ts';
import type { UserRecordTable } from '../../storage/tables.ts';

export type RecordKind =
  | 'device_key'
  | 'connected_account'
  | 'federated_tokenset'
  | 'remembered_browser'
  | 'known_device';

/** A record, and whose it is. `doc` is a plain JSON object; what is secret in it is sealed by who writes it. */
export type UserRecord<Doc> = { readonly id: string; readonly user_id: string; readonly doc: Doc };

type At = { tenant: string; kind: string };

const insert = statement<UserRecordTable>((q, bind) =>
  q.insertInto('user_records').values(bindAll(bind, ['tenant', 'kind', 'id', 'user_id', 'doc', 'created_at'])),
);
const byId = statement<At & { id: string }, UserRecordTable>((q, bind) =>
  q
    .selectFrom('user_records')
    .selectAll()
    .where('tenant', '=', bind('tenant'))
    .where('kind', '=', bind('kind'))
    .where('id', '=', bind('id')),
);
const ofUser = statement<At & { user_id: string }, UserRecordTable>((q, bind) =>
  q
    .selectFrom('user_records')
    .selectAll()
    .where('tenant', '=', bind('tenant'))
    .where('kind', '=', bind('kind'))
    .where('user_id', '=', bind('user_id'))
    .orderBy('created_at')
    .orderBy('id'),
);
const remove = statement<At & { id: string }>((q, bind) =>
  q
    .deleteFrom('user_records')
    .where('tenant', '=', bind('tenant'))
    .where('kind', '=', bind('kind'))
    .where('id', '=', bind('id')),
);
const removeAll = statement<At & { user_id: string }>((q, bind) =>
  q
    .deleteFrom('user_records')
    .where('tenant', '=', bind('tenant'))
    .where('kind', '=', bind('kind'))
    .where('user_id', '=', bind('user_id')),
);

/** @throws UniqueViolation when there is one of that kind and id. */
export async function addRecord(
  sql: Sql,
  tenant: string,
  kind: RecordKind,
  record: UserRecord<object>,
  now: number,
): Promise<void> {
  const { id, user_id, doc } = record;
  await sql.run(insert, { tenant, kind, id, user_id, doc: JSON.stringify(doc), created_at: now });
}

export async function getRecord<Doc>(
  sql: Sql,
  tenant: string,
  kind: RecordKind,
  id: string,
): Promise<UserRecord<Doc> | undefined> {
  const row = await sql.first(byId, { tenant, kind, id });
  return row && fromRow(row);
}

/** In the order they were added. */
export async function recordsOf<Doc>(
  sql: Sql,
  tenant: string,
  kind: RecordKind,
  userId: string,
): Promise<UserRecord<Doc>[]> {
  return (await sql.all(ofUser, { tenant, kind, user_id: userId })).map((row) => fromRow<Doc>(row));
}

export async function removeRecord(sql: Sql, tenant: string, kind: RecordKind, id: string): Promise<void> {
  await sql.run(remove, { tenant, kind, id });
}

export async function removeRecords(sql: Sql, tenant: string, kind: RecordKind, userId: string): Promise<void> {
  await sql.run(removeAll, { tenant, kind, user_id: userId });
}

/** Device keys were made for a client: they are of no use without it. */
export async function removeDeviceKeysOfClient(sql: Sql, tenant: string, clientId: string): Promise<void> {
  await sql.query(
    sql.build
      .deleteFrom('user_records')
      .where('tenant', '=', tenant)
      .where('kind', '=', 'device_key')
      .where('doc', 'like', `%"client_id":${JSON.stringify(clientId)}%`),
  );
}

export function fromRow<Doc>({ id, user_id, doc }: UserRecordTable): UserRecord<Doc> {
  return { id, user_id, doc: JSON.parse(doc) as Doc };
}
