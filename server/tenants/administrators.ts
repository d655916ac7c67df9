/**
 * Who administers a tenant: users who get scopes of the Management API when they sign in to the dashboard, by their
 * roles. There is always one with the role `admin`, once there was the first.
 */
import { isThere } from '../api/users/gone.ts';
import { ApiError } from '../http/errors.ts';
import type { Sql } from '../storage/database.ts';
import { type Collection, collection, type Page, unsealed } from '../storage/documents.ts';
import { statement } from '../storage/statement.ts';
import { type AdministratorRole, scopesOfRoles } from './administrator-roles.ts';

export type Administrator = {
  readonly user_id: string;
  readonly roles: readonly AdministratorRole[];
  /** ISO 8601. */
  readonly created_at?: string;
};

const KIND = 'administrator';

/** Before there were several roles, a document held the one. */
type Stored = Omit<Administrator, 'roles'> & { readonly roles?: readonly AdministratorRole[]; readonly role?: 'admin' };

const administrators: Collection<Stored> = collection<Stored>({ kind: KIND, id: 'user_id', keys: {} }, unsealed);

/** Those who can sign in: their user is there and not blocked. */
const able = statement<{ tenant: string }, { doc: string }>((q, bind) =>
  q
    .selectFrom('documents as d')
    .innerJoin('users as u', (join) => join.onRef('u.tenant', '=', 'd.tenant').onRef('u.user_id', '=', 'd.id'))
    .select('d.doc')
    .where('d.tenant', '=', bind('tenant'))
    .where('d.kind', '=', KIND)
    .where('u.blocked', '=', 0)
    .where(isThere('u')),
);
const ableOne = statement<{ tenant: string; id: string }, { doc: string }>((q, bind) =>
  q
    .selectFrom('documents as d')
    .innerJoin('users as u', (join) => join.onRef('u.tenant', '=', 'd.tenant').onRef('u.user_id', '=', 'd.id'))
    .select('d.doc')
    .where('d.tenant', '=', bind('tenant'))
    .where('d.kind', '=', KIND)
    .where('d.id', '=', bind('id'))
    .where('u.blocked', '=', 0)
    .where(isThere('u')),
);
/** Takes the lock of the collection's sequence: of two who would remove each other, one sees what the other did. */
const lock = statement<{ tenant: string }>((q, bind) =>
  q
    .updateTable('document_sequences')
    .set((e) => ({ last: e.ref('last') }))
    .where('tenant', '=', bind('tenant'))
    .where('kind', '=', KIND),
);

/** What a user may do at the Management API right now; nothing for who is blocked or administers nothing. */
export async function administratorScopes(sql: Sql, tenant: string, userId: string): Promise<ReadonlySet<string>> {
  const row = await sql.first(ableOne, { tenant, id: userId });
  return scopesOfRoles(row ? read(JSON.parse(row.doc)).roles : []);
}

export async function getAdministrator(sql: Sql, tenant: string, userId: string): Promise<Administrator | undefined> {
  const stored = await administrators.get(sql, tenant, userId);
  return stored && read(stored);
}

/** In the order in which they became one. */
export async function listAdministrators(sql: Sql, tenant: string, page?: Page): Promise<Administrator[]> {
  return (await administrators.list(sql, tenant, page)).map(read);
}

export function countAdministrators(sql: Sql, tenant: string): Promise<number> {
  return administrators.count(sql, tenant);
}

/** Whether somebody can sign in who may do everything. */
export async function isAdministered(sql: Sql, tenant: string): Promise<boolean> {
  return (await fullAdministrators(sql, tenant)).length > 0;
}

/** Makes a user an administrator. @throws UniqueViolation when they are one. */
export async function addAdministrator(
  sql: Sql,
  tenant: string,
  userId: string,
  now: number,
  roles: readonly AdministratorRole[] = ['admin'],
): Promise<Administrator> {
  const administrator = { user_id: userId, roles, created_at: new Date(now).toISOString() };
  await administrators.insert(sql, tenant, administrator, now);
  return administrator;
}

/**
 * Gives an administrator other roles.
 * @throws ApiError 409 when nobody with the role `admin` would be left
 */
export async function changeAdministrator(
  sql: Sql,
  tenant: string,
  administrator: Administrator,
  roles: readonly AdministratorRole[],
  now: number,
): Promise<Administrator> {
  if (!roles.includes('admin')) await refuseLast(sql, tenant, administrator.user_id);
  const changed = { ...administrator, roles };
  await administrators.replace(sql, tenant, changed, now);
  return changed;
}

/**
 * A user who is gone administers nothing: whoever is made with the same id later must not inherit it.
 * @throws ApiError 409 when nobody with the role `admin` would be left
 */
export async function removeAdministrator(sql: Sql, tenant: string, userId: string): Promise<void> {
  if (!(await administrators.get(sql, tenant, userId))) return;
  await refuseLast(sql, tenant, userId);
  await administrators.remove(sql, tenant, userId);
}

/**
 * For what would take its power from a user: being removed, demoted, blocked.
 * @throws ApiError 409 when they are the last who may do everything
 */
export async function refuseLast(sql: Sql, tenant: string, userId: string): Promise<void> {
  await sql.run(lock, { tenant });
  const full = await fullAdministrators(sql, tenant);
  if (full.length > 1 || full[0]?.user_id !== userId) return;
  throw new ApiError(
    409,
    'The tenant needs an administrator with the role admin; this is the last',
    'last_administrator',
  );
}

async function fullAdministrators(sql: Sql, tenant: string): Promise<Administrator[]> {
  const all = (await sql.all(able, { tenant })).map(({ doc }) => read(JSON.parse(doc)));
  return all.filter(({ roles }) => roles.includes('admin'));
}

function read({ role, roles, ...rest }: Stored): Administrator {
  return { ...rest, roles: roles ?? (role ? [role] : []) };
}
