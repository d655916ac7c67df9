/**
 * Linking: a second account becomes an identity of the first and is no user any more; its metadata, roles and sessions
 * go with it. Unlinking makes it a user again.
 */
import { Type } from 'typebox';
import { ApiError } from '../../http/errors.ts';
import { verifyIdToken } from '../../oidc/id-token.ts';
import { operation } from '../../schema/operation.ts';
import { opt, strict } from '../../schema/types.ts';
import { orConflict } from '../conflict.ts';
import { invalidBody } from '../invalid.ts';
import { type Call, handle, type Route } from '../pipeline.ts';
import { requirePowerOverUser } from '../powers.ts';
import { requireOwnOr } from './changes.ts';
import { linkedIdentities, profileOf, userIdOf } from './linked.ts';
import { deleteUser } from './removal.ts';
import { requireUser, USER_NOT_FOUND, userId } from './require.ts';
import { identitySchema } from './schema.ts';
import { getUser, insertUser, replaceUser, type StoredUser } from './store.ts';

const tag = 'Users';
const scopes = ['update:users', 'update:current_user_identities'];
const provider = Type.String({ minLength: 1, maxLength: 100 });

const linkIdentity = operation({
  id: 'post_identities',
  method: 'POST',
  path: '/users/{id}/identities',
  tag,
  summary: 'Link an account to a user',
  scopes,
  params: userId,
  body: strict(
    {
      provider: opt(provider),
      connection_id: opt(Type.String({ minLength: 1, maxLength: 50 })),
      user_id: opt(Type.Union([Type.String({ minLength: 1, maxLength: 300 }), Type.Integer()])),
      link_with: opt(Type.String({ maxLength: 16_384, description: 'ID token of the account to link' })),
    },
    { minProperties: 1 },
  ),
  status: 201,
  response: Type.Array(identitySchema),
  errors: { ...USER_NOT_FOUND, 409: 'identity_conflict' },
});

const unlinkIdentity = operation({
  id: 'delete_user_identity_by_user_id',
  method: 'DELETE',
  path: '/users/{id}/identities/{provider}/{user_id}',
  tag,
  summary: 'Make an identity of a user an account of its own again',
  scopes,
  params: strict({ ...userId.properties, provider, user_id: Type.String({ minLength: 1, maxLength: 300 }) }),
  status: 200,
  response: Type.Array(identitySchema),
  errors: USER_NOT_FOUND,
});

export const identityRoutes: Route[] = [
  handle(
    linkIdentity,
    async (call) => {
      const { sql, context, prepared } = call;
      const { tenant, now } = context;
      const primary = await requireUser(call, call.params.id);
      const secondary = await secondaryUser(call, prepared);
      await requirePowerOverUser(call, secondary.user_id);
      if (secondary.user_id === primary.user_id)
        throw new ApiError(400, 'An account cannot be linked to itself', 'invalid_body');
      if (linkedIdentities(secondary).length > 0)
        throw new ApiError(400, 'The account has linked accounts itself; unlink them first', 'invalid_body');
      const identity = { ...secondary.identities[0]!, profileData: profileOf(secondary) };
      // Its password stays: who signed in with it goes on doing so, as the first user.
      await deleteUser(sql, tenant, secondary.user_id, { keepPassword: true });
      const user = { ...primary, identities: [...primary.identities, identity], updated_at: instant(now) };
      await replaceUser(sql, tenant, user, now);
      return user.identities;
    },
    tokenOfSecondary,
  ),

  handle(unlinkIdentity, async (call) => {
    const { sql, context, params } = call;
    const { tenant, now } = context;
    requireOwnOr(call.caller, params.id, ['update:users']);
    const user = await requireUser(call, params.id);
    const wanted = userIdOf(params);
    const identity = linkedIdentities(user).find((linked) => userIdOf(linked) === wanted);
    if (!identity) {
      const main = wanted === user.user_id;
      throw new ApiError(
        400,
        main ? 'The main identity cannot be unlinked' : 'The user has no such identity',
        'invalid_uri',
      );
    }
    const identities = user.identities.filter((kept) => kept !== identity);
    await replaceUser(sql, tenant, { ...user, identities, updated_at: instant(now) }, now);
    const { profileData, ...bare } = identity;
    const again: StoredUser = {
      ...profileData,
      user_id: wanted,
      connection: identity.connection,
      identities: [bare],
      created_at: instant(now),
      updated_at: instant(now),
    };
    await orConflict(insertUser(sql, tenant, again, now), conflict);
    return identities;
  }),
];

type Linked = { readonly userId: string } | undefined;

/**
 * Who the ID token of the second account is about. Whoever links their own account must show that the other one is
 * theirs, by a token that was given to the same client.
 */
async function tokenOfSecondary(call: Call<typeof linkIdentity>): Promise<Linked> {
  const { services, configuration, context, caller, body } = call;
  requireOwnOr(caller, call.params.id, ['update:users']);
  const { link_with, ...named } = body;
  if (link_with === undefined) {
    if (!caller.scope.includes('update:users'))
      throw new ApiError(403, 'Insufficient scope, expected any of: update:users', 'insufficient_scope');
    return undefined;
  }
  if (Object.keys(named).length > 0) throw invalidBody('link_with excludes the other properties');
  const token = await verifyIdToken(services, configuration, context, link_with);
  const { iss, exp, sub } = token?.claims ?? {};
  if (!token || iss !== context.site.issuer || typeof exp !== 'number' || exp * 1000 <= context.now)
    throw new ApiError(400, 'link_with is not a valid ID token of this tenant', 'invalid_body');
  if (token.clientId !== caller.azp)
    throw new ApiError(400, 'link_with was given to another client than the token of the request', 'invalid_body');
  return { userId: String(sub) };
}

async function secondaryUser(call: Call<typeof linkIdentity, Linked>, linked: Linked): Promise<StoredUser> {
  const { sql, context, services, body } = call;
  if (linked) return requireUser(call, linked.userId);
  for (const name of ['provider', 'user_id'] as const) {
    if (body[name] === undefined) throw invalidBody(`Missing required property: ${name}`);
  }
  // The id comes with the provider before it or without.
  const bare = String(body.user_id).replace(`${body.provider}|`, '');
  const wanted = userIdOf({ provider: body.provider!, user_id: bare });
  const user = await getUser(sql, context.tenant, wanted);
  if (!user) throw (await isLinked(call, wanted)) ? conflict() : notFound();
  if (body.connection_id !== undefined) {
    const connection = await services.stores.connections.get(sql, context.tenant, body.connection_id);
    if (connection?.name !== user.connection) throw notFound();
  }
  return user;
}

/** Whether the user it is linked to is the one of the request: others are not told about. */
async function isLinked(call: Call<typeof linkIdentity, Linked>, wanted: string): Promise<boolean> {
  const primary = await requireUser(call, call.params.id);
  return linkedIdentities(primary).some((identity) => userIdOf(identity) === wanted);
}

function conflict(): ApiError {
  return new ApiError(409, 'Specified identity already exists.', 'identity_conflict');
}

function notFound(): ApiError {
  return new ApiError(404, 'The user to link does not exist.', 'inexistent_user');
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
