/**
 * Settings that a tenant has exactly one of, each a document of its own: branding, attack protection, factors. Until
 * something is written the defaults are in force. What a document means is said where it is declared.
 */
import type { RequestContext } from '../http/context.ts';
import { isPlainObject } from '../schema/resource.ts';
import type { Services } from '../services.ts';
import type { Sql } from '../storage/database.ts';
import { type Collection, collection, type Sealer } from '../storage/documents.ts';
import type { TenantConfiguration } from './configuration.ts';

/** One kind of settings. */
export type Singleton<Doc extends object> = {
  /** Where it is kept; by convention its path below `/api/v2`. */
  readonly name: string;
  /** What is in force while nothing is written, property by property. */
  readonly defaults: Doc;
  /** Whether it holds credentials: then it is encrypted at rest, whole. */
  readonly secret?: boolean;
};

/** A row: the document stands under `doc`, or under `sealed` when it is encrypted. */
export type SingletonRow = { name: string; doc?: object; sealed?: object };

export function singletonStore(sealer: Sealer): Collection<SingletonRow> {
  return collection<SingletonRow>({ kind: 'singleton', id: 'name', keys: {}, sealed: ['sealed'] }, sealer);
}

/** The document if one was written. */
export async function findSingleton<Doc extends object>(
  services: Services,
  sql: Sql,
  tenant: string,
  { name }: Singleton<Doc>,
): Promise<Doc | undefined> {
  const row = await services.stores.singletons.get(sql, tenant, name);
  return (row?.sealed ?? row?.doc) as Doc | undefined;
}

/** What is in force: the document over the defaults. */
export async function readSingleton<Doc extends object>(
  services: Services,
  sql: Sql,
  tenant: string,
  singleton: Singleton<Doc>,
): Promise<Doc> {
  return { ...structuredClone(singleton.defaults), ...(await findSingleton(services, sql, tenant, singleton)) };
}

/** What is in force, for requests that only use it: read once per configuration revision. Not to be changed. */
export function singletonOf<Doc extends object>(
  services: Services,
  configuration: TenantConfiguration,
  singleton: Singleton<Doc>,
): Promise<Readonly<Doc>> {
  return configuration.memo(`singleton ${singleton.name}`, () =>
    readSingleton(services, services.database.read, configuration.tenant, singleton),
  );
}

/** Writes what `change` makes of what is in force. @returns what is in force now */
export async function changeSingleton<Doc extends object>(
  services: Services,
  sql: Sql,
  { tenant, now }: Pick<RequestContext, 'tenant' | 'now'>,
  singleton: Singleton<Doc>,
  change: (current: Doc) => Doc,
): Promise<Doc> {
  // First of all, for its row lock: two changes of one tenant follow each other, and neither is lost.
  await services.configurations.touch(sql, tenant);
  const { name, secret } = singleton;
  const doc = change(await readSingleton(services, sql, tenant, singleton));
  const row = secret ? { name, sealed: doc } : { name, doc };
  const { singletons } = services.stores;
  if (!(await singletons.replace(sql, tenant, row, now))) await singletons.insert(sql, tenant, row, now);
  return { ...structuredClone(singleton.defaults), ...doc };
}

/** Goes back to the defaults. Answers whether there was something to remove. */
export async function removeSingleton<Doc extends object>(
  services: Services,
  sql: Sql,
  tenant: string,
  { name }: Singleton<Doc>,
): Promise<boolean> {
  await services.configurations.touch(sql, tenant);
  return services.stores.singletons.remove(sql, tenant, name);
}

/** A document after an update: objects are merged at every depth, `null` removes, everything else replaces. */
export function mergeDeep<Doc extends object>(current: Doc, changes: object): Doc {
  const merged: Record<string, unknown> = { ...(current as Record<string, unknown>) };
  for (const [key, value] of Object.entries(changes)) {
    const before = merged[key];
    if (value === null) delete merged[key];
    else merged[key] = isPlainObject(value) && isPlainObject(before) ? mergeDeep(before, value) : value;
  }
  return merged as Doc;
}
