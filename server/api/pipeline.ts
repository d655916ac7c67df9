/**
 * Every Management API request runs through here, in this order:
 *
 *   1. authenticate   bearer token of this tenant whose audience is the Management API   401
 *                     (a person's token is good for what their roles are today)
 *   2. count          the tenant's requests of this minute                               429
 *   3. authorize      one of the operation's scopes                                      403
 *   4. validate       path, query, body against the operation's schemas                  400
 *   5. prepare        what must not run inside a unit of work: hashing, key generation
 *   6. handle         reads run on committed data; writes run in one unit of work
 *                     together with their log event, and are answered after the commit;
 *                     nobody changes who or what has more power than they have           403
 *
 * A handler gets what passed and cannot skip a step. It knows its resource; this file knows none.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { TSchema } from 'typebox';
import type { RequestContext } from '../http/context.ts';
import { ApiError, OAuthError } from '../http/errors.ts';
import { recordEvent } from '../logs/events.ts';
import type { AccessToken, AccessTokenVerifier } from '../oidc/access-token.ts';
import type { BodyOf, Operation, ParamsOf, QueryOf } from '../schema/operation.ts';
import { routePath } from '../schema/operation.ts';
import { masked } from '../schema/resource.ts';
import { validator } from '../schema/validate.ts';
import type { Services } from '../services.ts';
import { type Sql, UniqueViolation } from '../storage/database.ts';
import type { TenantConfiguration } from '../tenants/configuration.ts';
import { requirePower, withoutSecrets, withPowersOfToday } from './powers.ts';
import { makeRateLimiter, type RateLimiter } from './rate-limit.ts';

/** A request that passed every check. `sql` belongs to the unit of work when the operation writes. */
export type Call<O extends Operation = Operation, Prepared = undefined> = {
  readonly services: Services;
  readonly context: RequestContext;
  readonly configuration: TenantConfiguration;
  readonly caller: AccessToken;
  readonly sql: Sql;
  readonly params: ParamsOf<O>;
  readonly query: QueryOf<O>;
  readonly body: BodyOf<O>;
  readonly headers: IncomingHttpHeaders;
  readonly prepared: Prepared;
};

/** What looking something up takes of a call. */
export type Where = Pick<Call, 'services' | 'sql' | 'context'>;

/** An operation with what does it. */
export type Route = {
  readonly operation: Operation;
  readonly prepare: ((call: Call<never, never>) => Promise<unknown>) | undefined;
  readonly handler: (call: Call<never, never>) => Promise<unknown>;
};

/**
 * Ties a handler to its operation.
 * @param prepare runs after validation and before the unit of work; what it answers is `call.prepared`.
 */
export function handle<P extends TSchema, Q extends TSchema, B extends TSchema, Prepared = undefined>(
  operation: Operation<P, Q, B>,
  handler: (call: Call<Operation<P, Q, B>, Prepared>) => Promise<unknown>,
  prepare?: (call: Call<Operation<P, Q, B>>) => Promise<Prepared>,
): Route {
  return {
    operation: operation as unknown as Operation,
    handler: handler as Route['handler'],
    prepare: prepare as Route['prepare'],
  };
}

const STATUS = Symbol('status');

/** The answer of a handler whose status is another one that its operation names (`alsoAnswers`). */
export function answerWith(status: 204): unknown {
  return { [STATUS]: status };
}

function statusAndBody(operation: Operation, result: unknown): { status: number; body: unknown } {
  if (typeof result !== 'object' || result === null || !(STATUS in result))
    return { status: operation.status, body: result };
  return { status: result[STATUS] as number, body: undefined };
}

type Exercised = (operationId: string) => void;

/** Adds the routes below `/api/v2`. `exercised` hears of every operation that succeeds (the test suite listens). */
export function registerApi(
  app: FastifyInstance,
  services: Services,
  verify: AccessTokenVerifier,
  routes: readonly Route[],
  exercised: Exercised = () => {},
): void {
  const { apiRateLimit } = services.config;
  const limiter = apiRateLimit === 'off' ? undefined : makeRateLimiter(apiRateLimit);
  for (const route of routes) {
    const run = makeRunner(services, verify, route, limiter, exercised);
    app.route({
      method: route.operation.method,
      url: `/api/v2${routePath(route.operation.path)}`,
      config: { family: 'api', multipart: route.operation.multipart === true },
      handler: run,
    });
  }
}

/** @throws ApiError 429 with the headers that tell when to come again */
function count(limiter: RateLimiter, { tenant, now }: RequestContext, reply: FastifyReply): void {
  const { limit, remaining, reset } = limiter.take(tenant, now);
  reply.header('x-ratelimit-limit', limit).header('x-ratelimit-remaining', Math.max(remaining, 0));
  reply.header('x-ratelimit-reset', reset);
  if (remaining >= 0) return;
  reply.header('retry-after', Math.max(1, Math.ceil(reset - now / 1000)));
  throw new ApiError(429, 'Global limit has been reached', 'too_many_requests');
}

function makeRunner(
  services: Services,
  verify: AccessTokenVerifier,
  route: Route,
  limiter: RateLimiter | undefined,
  exercised: Exercised,
) {
  const { operation } = route;
  const validate = makeValidation(operation);
  const writes = operation.method !== 'GET';

  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const { context } = request;
    const configuration = await services.configurations.of(context.tenant);
    const token = await authenticate(verify, context, configuration, request);
    const caller = await withPowersOfToday(services.database.read, context.tenant, token);
    if (limiter) count(limiter, context, reply);
    try {
      authorize(operation, caller);
      validate(request);
      const { params, query, body, headers } = request;
      const sql = services.database.read;
      const base = { services, context, configuration, caller, params, query, body, headers, sql };
      const prepared = await route.prepare?.({ ...base, prepared: undefined } as never);
      const result = writes
        ? await services.database.write(async (sql) => {
            await requirePower(operation, { ...base, sql } as never);
            const answer = await route.handler({ ...base, sql, prepared } as never);
            await recordEvent(sql, context, successEvent(operation, caller, request, answer));
            return answer;
          })
        : withoutSecrets(operation, caller, await route.handler({ ...base, prepared } as never));
      const answer = statusAndBody(operation, result);
      exercised(operation.id);
      reply.code(answer.status);
      return answer.status === 204
        ? reply.send()
        : reply.type('application/json; charset=utf-8').send(JSON.stringify(answer.body));
    } catch (thrown) {
      const error =
        thrown instanceof UniqueViolation ? new ApiError(409, 'The resource already exists.') : (thrown as unknown);
      if (writes && error instanceof ApiError) {
        await services.database.write((sql) =>
          recordEvent(sql, context, failureEvent(operation, caller, request, error)),
        );
      }
      throw error;
    }
  };
}

const EMPTY = { type: 'object', additionalProperties: false } as unknown as TSchema;

/** Compares each part of a request with its schema. The check @throws ApiError 400 */
function makeValidation(operation: Operation): (request: FastifyRequest) => void {
  const checks = [
    { part: 'params', check: operation.params && validator(operation.params, 'path') },
    { part: 'query', check: validator(operation.query ?? EMPTY, 'query') },
    { part: 'body', check: operation.body && !operation.multipart ? validator(operation.body, 'body') : undefined },
  ] as const;
  return (request) => {
    for (const { part, check } of checks) {
      // No body at all is `null`: what an operation may be called without says so in its schema.
      const problem = check?.(part === 'body' ? (request.body ?? null) : request[part]);
      if (problem) throw new ApiError(400, problem.message, problem.errorCode);
    }
  };
}

const BEARER = /^Bearer +([\w~+/.-]+=*)$/i;

/** RFC 6750 §2.1: the token comes in the Authorization header only. */
async function authenticate(
  verify: AccessTokenVerifier,
  context: RequestContext,
  configuration: TenantConfiguration,
  request: FastifyRequest,
): Promise<AccessToken> {
  const header = request.headers.authorization;
  if (header === undefined) throw new ApiError(401, 'Missing authentication');
  const token = BEARER.exec(header)?.[1];
  if (token === undefined) throw new ApiError(401, 'Bad HTTP authentication header format');
  const caller = await verify(context, token).catch((error: unknown) => {
    if (error instanceof OAuthError)
      throw new ApiError(
        401,
        error.description === 'The access token expired.'
          ? 'Expired token received for JSON Web Token validation'
          : 'Invalid token',
      );
    throw error;
  });
  if (!caller.audience.includes(managementAudience(configuration)))
    throw new ApiError(401, 'Bad audience: the token is for another API');
  return caller;
}

/** Identifier of a tenant's Management API. */
function managementAudience(configuration: Pick<TenantConfiguration, 'settings'> & { domain: string }): string {
  return String(configuration.settings.management_audience ?? `https://${configuration.domain}/api/v2/`);
}

function authorize(operation: Operation, caller: AccessToken): void {
  if (operation.scopes.some((scope) => caller.scope.includes(scope))) return;
  throw new ApiError(403, `Insufficient scope, expected any of: ${operation.scopes.join(',')}`, 'insufficient_scope');
}

/**
 * For operations where one scope is not enough: the caller has all of one of the sets.
 * @throws ApiError 403
 */
export function requireScopes(caller: AccessToken, ...sets: readonly (readonly string[])[]): void {
  if (sets.some((set) => set.every((scope) => caller.scope.includes(scope)))) return;
  throw new ApiError(403, `Insufficient scope, expected all of: ${sets[0]!.join(',')}`, 'insufficient_scope');
}

/** For operations that take all of their scopes, of which the pipeline asks for one. @throws ApiError 403 */
export function requireEachScope(caller: AccessToken, { scopes }: Pick<Operation, 'scopes'>): void {
  const missing = scopes.find((scope) => !caller.scope.includes(scope));
  if (missing) throw new ApiError(403, `Insufficient scope, expected any of: ${missing}`, 'insufficient_scope');
}

function requestDetails(operation: Operation, caller: AccessToken, request: FastifyRequest) {
  return {
    method: operation.method.toLowerCase(),
    path: request.url.split('?')[0],
    // A file that came with a form is read by now, and no part of an event.
    body: operation.resource && !operation.multipart ? masked(operation.resource, request.body) : undefined,
    auth: { user: { user_id: caller.sub }, credentials: { scopes: operation.scopes } },
  };
}

function successEvent(operation: Operation, caller: AccessToken, request: FastifyRequest, result: unknown) {
  const { status: statusCode, body: answer } = statusAndBody(operation, result);
  const body = operation.resource && statusCode !== 204 ? masked(operation.resource, answer) : undefined;
  return {
    type: 'sapi' as const,
    description: operation.description ?? operation.summary,
    client_id: caller.azp,
    user_id: caller.sub,
    details: { request: requestDetails(operation, caller, request), response: { statusCode, body } },
  };
}

function failureEvent(operation: Operation, caller: AccessToken, request: FastifyRequest, error: ApiError) {
  const { body: _left, ...details } = requestDetails(operation, caller, request);
  return {
    type: 'fapi' as const,
    description: error.message,
    client_id: caller.azp,
    user_id: caller.sub,
    details: { request: details, response: { statusCode: error.status, body: { errorCode: error.errorCode } } },
  };
}
