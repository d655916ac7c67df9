/**
 * Authentication methods: what people prove to be themselves with besides a password. A method is a document; the seed
 * of one-time codes and the digest of a recovery code are sealed beside it. Ids are `kind|dev_…`, as the vendor's.
 */
import { hashSecret, randomAlphanumeric } from '../keys/secrets.ts';
import type { Sql } from '../storage/database.ts';
import type { Sealer } from '../storage/documents.ts';
import { statement } from '../storage/statement.ts';
import type { AuthenticationMethodTable } from '../storage/tables.ts';
import { METHOD_SECRET } from './enrollments.ts';

/** What is shown of a method; which properties it has depends on its type. */
export type Method = {
  readonly id: string;
  readonly type: string;
  readonly confirmed: boolean;
  readonly created_at: string;
  readonly [property: string]: unknown;
};

type OfUser = { tenant: string; user_id: string };

const insert = statement<AuthenticationMethodTable>((q, bind) =>
  q.insertInto('authentication_methods').values({
    tenant: bind('tenant'),
    id: bind('id'),
    user_id: bind('user_id'),
    type: bind('type'),
    confirmed: bind('confirmed'),
    secret_sealed: bind('secret_sealed'),
    doc: bind('doc'),
    created_at: bind('created_at'),
  }),
);
const ofUser = statement<OfUser, AuthenticationMethodTable>((q, bind) =>
  q
    .selectFrom('authentication_methods')
    .selectAll()
    .where('tenant', '=', bind('tenant'))
    .where('user_id', '=', bind('user_id'))
    .orderBy('created_at')
    .orderBy('id'),
);
const update = statement<OfUser & { id: string; doc: string }>((q, bind) =>
  q
    .updateTable('authentication_methods')
    .set({ doc: bind('doc') })
    .where('tenant', '=', bind('tenant'))
    .where('user_id', '=', bind('user_id'))
    .where('id', '=', bind('id')),
);
const remove = statement<OfUser & { id: string }>((q, bind) =>
  q
    .deleteFrom('authentication_methods')
    .where('tenant', '=', bind('tenant'))
    .where('user_id', '=', bind('user_id'))
    .where('id', '=', bind('id')),
);

export function newMethodId(type: string): string {
  return `${type}|dev_${randomAlphanumeric(16)}`;
}

/** @param secret kept sealed, never shown */
export async function insertMethod(
  sql: Sql,
  sealer: Sealer,
  tenant: string,
  userId: string,
  method: Method,
  secret: string | undefined,
  now: number,
): Promise<void> {
  await sql.run(insert, {
    tenant,
    id: method.id,
    user_id: userId,
    type: method.type,
    confirmed: method.confirmed ? 1 : 0,
    secret_sealed: secret === undefined ? null : sealer.seal(secret, METHOD_SECRET),
    doc: JSON.stringify(method),
    created_at: now,
  });
}

/** In the order they were added. */
export async function methodsOf(sql: Sql, tenant: string, userId: string): Promise<Method[]> {
  return (await sql.all(ofUser, { tenant, user_id: userId })).map((row) => JSON.parse(row.doc) as Method);
}

/** Answers whether there was one to replace. */
export async function replaceMethod(sql: Sql, tenant: string, userId: string, method: Method): Promise<boolean> {
  return (await sql.run(update, { tenant, user_id: userId, id: method.id, doc: JSON.stringify(method) })) > 0;
}

/** Answers whether there was one. */
export async function removeMethod(sql: Sql, tenant: string, userId: string, id: string): Promise<boolean> {
  return (await sql.run(remove, { tenant, user_id: userId, id })) > 0;
}

/** Removes all methods of a user, or those of the given types. Answers how many there were. */
export async function removeMethods(
  sql: Sql,
  tenant: string,
  userId: string,
  types?: readonly string[],
): Promise<number> {
  let methods = sql.build
    .deleteFrom('authentication_methods')
    .where('tenant', '=', tenant)
    .where('user_id', '=', userId);
  if (types) methods = methods.where('type', 'in', [...types]);
  return (await sql.query(methods.returning('id'))).length;
}

const RECOVERY = 'recovery-code';

/** Makes a recovery code in place of the one before; it is kept as its digest, so this is the only time it is known. */
export async function renewRecoveryCode(
  sql: Sql,
  sealer: Sealer,
  tenant: string,
  userId: string,
  now: number,
): Promise<string> {
  await removeMethods(sql, tenant, userId, [RECOVERY]);
  const code = randomAlphanumeric(24).toUpperCase();
  const created_at = new Date(now).toISOString();
  const method = { id: newMethodId(RECOVERY), type: RECOVERY, confirmed: true, created_at, enrolled_at: created_at };
  await insertMethod(sql, sealer, tenant, userId, method, hashSecret(code), now);
  return code;
}
