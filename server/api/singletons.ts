/** Reading and updating of settings that a tenant has one of: the handlers that all their areas share. */
import type { TSchema } from 'typebox';
import type { Operation } from '../schema/operation.ts';
import { changeSingleton, mergeDeep, readSingleton, type Singleton } from '../tenants/singletons.ts';
import { handle, type Route } from './pipeline.ts';

/** What is answered of a document: all of it, unless something in it is not for callers. `given`: the body of a write. */
type Show<Doc> = (doc: Doc, given: Partial<Doc>) => unknown;

/** Answers what is in force. */
export function readsSingleton<Doc extends object, P extends TSchema, Q extends TSchema, B extends TSchema>(
  operation: Operation<P, Q, B>,
  singleton: Singleton<Doc>,
  show: Show<Doc> = (doc) => doc,
): Route {
  return handle(operation, async ({ services, sql, context }) =>
    show(await readSingleton(services, sql, context.tenant, singleton), {}),
  );
}

/** PATCH: what is given changes, the rest stays. */
export function updatesSingleton<Doc extends object, P extends TSchema, Q extends TSchema, B extends TSchema>(
  operation: Operation<P, Q, B>,
  singleton: Singleton<Doc>,
  show?: Show<Doc>,
): Route {
  return writesSingleton(operation, singleton, (current) => current, show);
}

/** PUT: what is not given goes back to its default. */
export function replacesSingleton<Doc extends object, P extends TSchema, Q extends TSchema, B extends TSchema>(
  operation: Operation<P, Q, B>,
  singleton: Singleton<Doc>,
  show?: Show<Doc>,
): Route {
  return writesSingleton(operation, singleton, () => structuredClone(singleton.defaults), show);
}

/** @param base what the body is merged into */
function writesSingleton<Doc extends object, P extends TSchema, Q extends TSchema, B extends TSchema>(
  operation: Operation<P, Q, B>,
  singleton: Singleton<Doc>,
  base: (current: Doc) => Doc,
  show: Show<Doc> = (doc) => doc,
): Route {
  return handle(operation, async ({ services, sql, context, body }) => {
    const given = (body ?? {}) as Partial<Doc>;
    const change = (current: Doc) => mergeDeep(base(current), given);
    return show(await changeSingleton(services, sql, context, singleton, change), given);
  });
}
