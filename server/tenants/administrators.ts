/** Who administers a tenant: users who get the scopes of the Management API when they sign in to the dashboard. */
import type { Sql } from '../storage/database.ts';
import { type Collection, collection } from '../storage/documents.ts';

type Administrator = { readonly user_id: string; readonly role: 'admin' };

const administrators: Collection<Administrator> = collection<Administrator>(
  { kind: 'administrator', id: 'user_id', keys: {} },
  { seal: (plain) => plain, open: (sealed) => sealed },
);

export async function isAdministrator(sql: Sql, tenant: string, userId: string): Promise<boolean> {
  return (await administrators.get(sql, tenant, userId)) !== undefined;
}

/** Makes a user an administrator; nothing happens when they are one. */
export async function addAdministrator(sql: Sql, tenant: string, userId: string, now: number): Promise<void> {
  if (await administrators.get(sql, tenant, userId)) return;
  await administrators.insert(sql, tenant, { user_id: userId, role: 'admin' }, now);
}

/** A user who is gone administers nothing: whoever is made with the same id later must not inherit it. */
export async function removeAdministrator(sql: Sql, tenant: string, userId: string): Promise<void> {
  await administrators.remove(sql, tenant, userId);
}

export async function listAdministrators(sql: Sql, tenant: string): Promise<string[]> {
  return (await administrators.list(sql, tenant)).map((administrator) => administrator.user_id);
}
