/** Authentication methods of a user: added by administrators as confirmed, renamed, replaced, removed. */
import { type Static, Type } from 'typebox';
import { ApiError } from '../../http/errors.ts';
import { recordEvent } from '../../logs/events.ts';
import {
  insertMethod,
  type Method,
  methodsOf,
  newMethodId,
  removeMethod,
  removeMethods,
  replaceMethod,
} from '../../mfa/methods.ts';
import { operation } from '../../schema/operation.ts';
import { PATTERNS } from '../../schema/patterns.ts';
import { choice, opt, strict } from '../../schema/types.ts';
import { invalidBody } from '../invalid.ts';
import { listOf, pageAnswer, pageOf, pageQuery } from '../lists.ts';
import { handle, type Route, type Where } from '../pipeline.ts';
import { requireUser, USER_NOT_FOUND, userId } from './require.ts';

const tag = 'Users';
const text = (maxLength: number) => opt(Type.String({ minLength: 1, maxLength }));
const preferred = opt(choice(['voice', 'sms']));
const methodParams = strict({
  ...userId.properties,
  authentication_method_id: Type.String({ minLength: 1, maxLength: 100 }),
});
const METHOD_NOT_FOUND = { 404: 'inexistent_authentication_method' };

const shown = Type.Object({
  id: Type.String(),
  type: Type.String(),
  confirmed: Type.Boolean(),
  created_at: Type.String(),
});

const given = {
  name: text(20),
  totp_secret: text(256),
  phone_number: opt(Type.String({ pattern: PATTERNS.phoneNumber })),
  email: opt(Type.String({ format: 'email', maxLength: 320 })),
  preferred_authentication_method: preferred,
};

const createBody = strict({
  type: choice(['phone', 'email', 'totp', 'webauthn-roaming', 'passkey']),
  ...given,
  key_id: text(1024),
  public_key: text(8192),
  aaguid: opt(Type.String({ pattern: PATTERNS.uuidInShort })),
  relying_party_identifier: text(253),
  credential_device_type: opt(choice(['single_device', 'multi_device'])),
  credential_backed_up: opt(Type.Boolean()),
  identity_user_id: text(300),
  user_agent: text(1000),
  user_handle: text(1024),
  transports: opt(Type.Array(Type.String({ maxLength: 30 }), { maxItems: 10 })),
});
type NewMethod = Static<typeof createBody>;

/** What a method of each type must be given, and may be given besides a name. */
const BY_TYPE: Readonly<Record<NewMethod['type'], { needs: readonly string[]; takes: readonly string[] }>> = {
  phone: { needs: ['phone_number'], takes: ['preferred_authentication_method'] },
  email: { needs: ['email'], takes: [] },
  totp: { needs: ['totp_secret'], takes: [] },
  'webauthn-roaming': { needs: ['key_id', 'public_key', 'relying_party_identifier'], takes: [] },
  passkey: {
    needs: ['key_id', 'public_key', 'relying_party_identifier'],
    takes: [
      'aaguid',
      'credential_device_type',
      'credential_backed_up',
      'identity_user_id',
      'user_agent',
      'user_handle',
      'transports',
    ],
  },
};

/** No two methods of a user share one of these. */
const DISTINCT = ['phone_number', 'email', 'key_id'] as const;

/** More of one type nobody needs. */
const MOST_OF_A_TYPE = 20;

const listMethods = operation({
  id: 'get_authentication-methods',
  method: 'GET',
  path: '/users/{id}/authentication-methods',
  tag,
  summary: 'List the authentication methods of a user',
  scopes: ['read:authentication_methods'],
  params: userId,
  query: strict(pageQuery),
  status: 200,
  response: listOf('authenticators', shown),
  errors: USER_NOT_FOUND,
});

const createMethod = operation({
  id: 'post_authentication-methods',
  method: 'POST',
  path: '/users/{id}/authentication-methods',
  tag,
  summary: 'Add an authentication method, which counts as confirmed',
  scopes: ['create:authentication_methods'],
  params: userId,
  body: createBody,
  status: 201,
  response: shown,
  errors: { 403: 'limit_reached', 404: 'inexistent_user', 409: 'authentication_method_conflict' },
});

const replaceMethods = operation({
  id: 'put_authentication-methods',
  method: 'PUT',
  path: '/users/{id}/authentication-methods',
  tag,
  summary: 'Replace all authentication methods of a user',
  scopes: ['update:authentication_methods'],
  params: userId,
  body: Type.Array(strict({ type: choice(['phone', 'email', 'totp']), ...given }), { maxItems: 60 }),
  status: 200,
  response: Type.Array(shown),
  errors: { 404: 'inexistent_user', 409: 'authentication_method_conflict' },
});

const deleteMethods = operation({
  id: 'delete_authentication-methods',
  method: 'DELETE',
  path: '/users/{id}/authentication-methods',
  tag,
  summary: 'Remove all authentication methods of a user',
  scopes: ['delete:authentication_methods'],
  params: userId,
  status: 204,
  errors: USER_NOT_FOUND,
});

const getMethod = operation({
  id: 'get_authentication-methods_by_authentication_method_id',
  method: 'GET',
  path: '/users/{id}/authentication-methods/{authentication_method_id}',
  tag,
  summary: 'Get an authentication method',
  scopes: ['read:authentication_methods'],
  params: methodParams,
  status: 200,
  response: shown,
  errors: METHOD_NOT_FOUND,
});

const updateMethod = operation({
  id: 'patch_authentication-methods_by_authentication_method_id',
  method: 'PATCH',
  path: '/users/{id}/authentication-methods/{authentication_method_id}',
  tag,
  summary: 'Rename an authentication method, or choose how a phone gets its codes',
  scopes: ['update:authentication_methods'],
  params: methodParams,
  body: strict({ name: text(20), preferred_authentication_method: preferred }),
  status: 200,
  response: shown,
  errors: METHOD_NOT_FOUND,
});

const deleteMethod = operation({
  id: 'delete_authentication-methods_by_authentication_method_id',
  method: 'DELETE',
  path: '/users/{id}/authentication-methods/{authentication_method_id}',
  tag,
  summary: 'Remove an authentication method',
  scopes: ['delete:authentication_methods'],
  params: methodParams,
  status: 204,
  errors: METHOD_NOT_FOUND,
});

export const authenticationMethodRoutes: Route[] = [
  handle(listMethods, async (call) => {
    const { sql, context, query } = call;
    const user = await requireUser(call, call.params.id);
    const methods = await methodsOf(sql, context.tenant, user.user_id);
    const { offset, limit } = pageOf(query);
    return pageAnswer(query, 'authenticators', methods.slice(offset, offset + limit), methods.length);
  }),

  handle(createMethod, async (call) => {
    const user = await requireUser(call, call.params.id);
    return add(call, user.user_id, call.body);
  }),

  handle(replaceMethods, async (call) => {
    const user = await requireUser(call, call.params.id);
    await removeMethods(call.sql, call.context.tenant, user.user_id);
    const added: Method[] = [];
    for (const body of call.body) added.push(await add(call, user.user_id, body));
    return added;
  }),

  handle(deleteMethods, async (call) => {
    const user = await requireUser(call, call.params.id);
    if ((await removeMethods(call.sql, call.context.tenant, user.user_id)) > 0) await noteRemoval(call, user.user_id);
  }),

  handle(getMethod, (call) => requireMethod(call)),

  handle(updateMethod, async (call) => {
    const { sql, context, params, body } = call;
    const method = await requireMethod(call);
    if (body.preferred_authentication_method !== undefined && method.type !== 'phone')
      throw new ApiError(400, 'Phones alone have a preferred_authentication_method', 'invalid_body');
    const changed = { ...method, ...body };
    await replaceMethod(sql, context.tenant, params.id, changed);
    return changed;
  }),

  handle(deleteMethod, async (call) => {
    const { sql, context, params } = call;
    const method = await requireMethod(call);
    await removeMethod(sql, context.tenant, params.id, method.id);
    await noteRemoval(call, params.id);
  }),
];

async function add({ sql, context, services }: Where, userId: string, body: NewMethod): Promise<Method> {
  const { type, totp_secret, ...properties } = body;
  check(body);
  const others = await methodsOf(sql, context.tenant, userId);
  const same = others.filter((method) => method.type === type);
  if (same.some((method) => DISTINCT.some((name) => body[name] !== undefined && method[name] === body[name])))
    throw new ApiError(409, 'Authentication method already exists.', 'authentication_method_conflict');
  if (same.length >= MOST_OF_A_TYPE)
    throw new ApiError(403, 'You reached the limit of entities of this type for this user.', 'limit_reached');
  const id = newMethodId(type);
  const created_at = new Date(context.now).toISOString();
  const method = { id, type, confirmed: true, ...properties, ...phoneMembers(body, id), created_at };
  await insertMethod(sql, services.vault, context.tenant, userId, method, totp_secret?.toUpperCase(), context.now);
  // Told once, to whoever gave it.
  return totp_secret === undefined ? method : { ...method, totp_secret };
}

/** A phone is two methods in one: codes come as text or by voice. */
function phoneMembers({ type, preferred_authentication_method }: NewMethod, id: string): Record<string, unknown> {
  if (type !== 'phone') return {};
  const device = id.split('|')[1];
  const authentication_methods = ['sms', 'voice'].map((kind) => ({ type: kind, id: `${kind}|${device}` }));
  return { authentication_methods, preferred_authentication_method: preferred_authentication_method ?? 'sms' };
}

/** @throws ApiError 400 when a property is missing or belongs to another type */
function check(body: NewMethod): void {
  const { needs, takes } = BY_TYPE[body.type];
  const missing = needs.find((name) => body[name as keyof NewMethod] === undefined);
  if (missing) throw invalidBody(`Missing required property: ${missing}`);
  const known = new Set<string>(['type', 'name', ...needs, ...takes]);
  const foreign = Object.keys(body).find((name) => !known.has(name));
  if (foreign) throw new ApiError(400, `A method of the type ${body.type} has no property ${foreign}`, 'invalid_body');
  // RFC 4648 §6: what authenticator apps are given.
  if (body.totp_secret !== undefined && !/^[A-Z2-7]{16,256}=*$/i.test(body.totp_secret))
    throw new ApiError(400, 'totp_secret is base32 of at least 80 bits', 'invalid_body');
}

async function requireMethod(
  call: Where & { readonly params: { readonly id: string; readonly authentication_method_id: string } },
): Promise<Method> {
  const user = await requireUser(call, call.params.id);
  const methods = await methodsOf(call.sql, call.context.tenant, user.user_id);
  const method = methods.find(({ id }) => id === call.params.authentication_method_id);
  if (!method) throw new ApiError(404, 'The authentication method does not exist.', 'inexistent_authentication_method');
  return method;
}

async function noteRemoval({ sql, context }: Where, user_id: string): Promise<void> {
  await recordEvent(sql, context, { type: 'gd_unenroll', description: 'Guardian - Unenroll', user_id });
}
