/** Reading and updating of settings that a tenant has one of: the handlers that all their areas share. */
import type { TSchema } from 'typebox';
import type { Operation } from '../schema/operation.ts';
import { changeSingleton, mergeDeep, readSingleton, type Singleton } from '../tenants/singletons.ts';
import { handle, type Route } from './pipeline.ts';

type Show<Doc> = (doc: Doc) => unknown;

/** Answers what is in force. `show` leaves out what is not for callers. */
export function readsSingleton<Doc extends object, P extends TSchema, Q extends TSchema, B extends TSchema>(
  operation: Operation<P, Q, B>,
  singleton: Singleton<Doc>,
  show: Show<Doc> = (doc) => doc,
): Route {
  return handle(operation, async ({ services, sql, context }) =>
    show(await readSingleton(services, sql, context.tenant, singleton)),
  );
}

/** PATCH: what is given changes, the rest stays. */
export function updatesSingleton<Doc extends object, P extends TSchema, Q extends TSchema, B extends TSchema>(
  operation: Operation<P, Q, B>,
  singleton: Singleton<Doc>,
  show: Show<Doc> = (doc) => doc,
): Route {
  return handle(operation, async ({ services, sql, context, body }) =>
    show(
      await changeSingleton(services, sql, context, singleton, (current) =>
        mergeDeep(current, (body as object | undefined) ?? {}),
      ),
    ),
  );
}

/** PUT: what is not given goes back to its default. */
export function replacesSingleton<Doc extends object, P extends TSchema, Q extends TSchema, B extends TSchema>(
  operation: Operation<P, Q, B>,
  singleton: Singleton<Doc>,
  show: Show<Doc> = (doc) => doc,
): Route {
  return handle(operation, async ({ services, sql, context, body }) =>
    show(
      await changeSingleton(services, sql, context, singleton, () =>
        mergeDeep(structuredClone(singleton.defaults), (body as object | undefined) ?? {}),
      ),
    ),
  );
}
