/**
 * The description language, second half: an operation of the Management API as plain data. Paths and ids are literal
 * text. From the list of operations come routes, authorisation, validation, OpenAPI, the reference, and the check that
 * the test suite has exercised every one.
 */
import type { Static, TSchema } from 'typebox';
import type { Resource } from './resource.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

export type Operation<
  Params extends TSchema = TSchema,
  Query extends TSchema = TSchema,
  Body extends TSchema = TSchema,
> = {
  /** Operation id as in the vendor's OpenAPI, so that both can be compared. */
  readonly id: string;
  readonly method: Method;
  /** Path below `/api/v2`, OpenAPI style: `/clients/{id}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  /** Any one of these scopes is enough. */
  readonly scopes: readonly string[];
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** The body is a form with a file (multipart/form-data), which `prepare` reads from `body` as it arrives and checks. */
  readonly multipart?: boolean;
  /** Status of success. */
  readonly status: 200 | 201 | 202 | 204;
  /** Other statuses of success, answered without a body. */
  readonly alsoAnswers?: readonly 204[];
  readonly response?: TSchema;
  /** Statuses and `errorCode`s it answers with besides the general 400, 401, 403 and 429. */
  readonly errors?: Readonly<Record<number, string>>;
  /** The resource that bodies belong to: its secret fields are masked in log events. */
  readonly resource?: Resource;
  /** Log description of the event, as the vendor words it; default: the summary. */
  readonly description?: string;
  /** Why the operation has no effect yet; listed in `docs/differences.md`. */
  readonly inert?: string;
};

/** Declares an operation; keeps the schema types for the handler. */
export function operation<
  Params extends TSchema = TSchema,
  Query extends TSchema = TSchema,
  Body extends TSchema = TSchema,
>(described: Operation<Params, Query, Body>): Operation<Params, Query, Body> {
  return described;
}

export type ParamsOf<O> = O extends Operation<infer P, TSchema, TSchema> ? Static<P> : never;
export type QueryOf<O> = O extends Operation<TSchema, infer Q, TSchema> ? Static<Q> : never;
export type BodyOf<O> = O extends Operation<TSchema, TSchema, infer B> ? Static<B> : never;

/** `/clients/{id}` → `/clients/:id`. */
export function routePath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}
