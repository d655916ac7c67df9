/**
 * Second factors that people have, as Guardian shows them: a view of their authentication methods. The id of an
 * enrollment is the id of the method without its kind: `dev_…` of `totp|dev_…`.
 */
import { randomAlphanumeric } from '../keys/secrets.ts';
import type { Sql } from '../storage/database.ts';
import type { Sealer } from '../storage/documents.ts';
import type { AuthenticationMethodTable } from '../storage/tables.ts';

export type Enrollment = {
  id: string;
  status: 'pending' | 'confirmed';
  identifier?: string;
  phone_number?: string;
  enrolled_at?: string;
  last_auth?: string;
};

/** What the document of a method may hold of this. */
type Document = {
  identifier?: string;
  phone_number?: string;
  enrolled_at?: string;
  last_auth_at?: string;
};

/** The kinds of methods that are second factors. */
const KINDS = [
  'totp',
  'phone',
  'sms',
  'voice',
  'email',
  'push-notification',
  'webauthn-roaming',
  'webauthn-platform',
  'recovery-code',
];

/** Binds the secret of a method to its place (`Sealer`). */
export const METHOD_SECRET = 'authentication_method';

async function findMethod(sql: Sql, tenant: string, id: string): Promise<AuthenticationMethodTable | undefined> {
  const [row] = await sql.query<AuthenticationMethodTable>(
    sql.build
      .selectFrom('authentication_methods')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('type', 'in', KINDS)
      .where('id', 'in', [id, ...KINDS.map((kind) => `${kind}|${id}`)]),
  );
  return row;
}

export async function findEnrollment(sql: Sql, tenant: string, id: string): Promise<Enrollment | undefined> {
  const row = await findMethod(sql, tenant, id);
  if (!row) return undefined;
  const doc = JSON.parse(row.doc) as Document;
  return {
    id: row.id.split('|').at(-1)!,
    status: row.confirmed ? 'confirmed' : 'pending',
    ...(doc.identifier ? { identifier: doc.identifier } : {}),
    ...(doc.phone_number ? { phone_number: doc.phone_number } : {}),
    enrolled_at: doc.enrolled_at ?? new Date(Number(row.created_at)).toISOString(),
    ...(doc.last_auth_at ? { last_auth: doc.last_auth_at } : {}),
  };
}

/** Answers whose it was; undefined when there is none. */
export async function removeEnrollment(sql: Sql, tenant: string, id: string): Promise<string | undefined> {
  const row = await findMethod(sql, tenant, id);
  if (!row) return undefined;
  await sql.query(sql.build.deleteFrom('authentication_methods').where('tenant', '=', tenant).where('id', '=', row.id));
  return row.user_id;
}

/** Whether a person has a confirmed second factor. */
export async function isEnrolled(sql: Sql, tenant: string, userId: string): Promise<boolean> {
  const rows = await sql.query(
    sql.build
      .selectFrom('authentication_methods')
      .select('id')
      .where('tenant', '=', tenant)
      .where('user_id', '=', userId)
      .where('type', 'in', KINDS)
      .where('confirmed', '=', 1)
      .limit(1),
  );
  return rows.length > 0;
}

/** Keeps the secret of an authenticator app, confirmed by a code. Answers the enrollment's id. */
export async function addTotp(
  sql: Sql,
  sealer: Sealer,
  tenant: string,
  user: { userId: string; secret: string },
  now: number,
): Promise<string> {
  const id = `dev_${randomAlphanumeric(16)}`;
  const at = new Date(now).toISOString();
  const row: AuthenticationMethodTable = {
    tenant,
    id: `totp|${id}`,
    user_id: user.userId,
    type: 'totp',
    confirmed: 1,
    secret_sealed: sealer.seal(user.secret, METHOD_SECRET),
    doc: JSON.stringify({ id: `totp|${id}`, type: 'totp', confirmed: true, created_at: at, enrolled_at: at }),
    created_at: now,
  };
  await sql.query(sql.build.insertInto('authentication_methods').values(row));
  return id;
}
