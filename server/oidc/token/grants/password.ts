/**
 * `password` (RFC 6749 §4.3) and the vendor's `password-realm`, which names the connection. Kept for applications that
 * already use it: new ones should not (RFC 9700 §2.4).
 */
import type { Connection } from '../../../api/connections/schema.ts';
import { isStillTheirs, type ProvenPassword, recordLogin, type StoredUser } from '../../../api/users/store.ts';
import { authenticate, FAILURES } from '../../../connections/database/authenticate.ts';
import { OAuthError } from '../../../http/errors.ts';
import { notifyBlocked } from '../../../login/brute-force-unblock/notify.ts';
import { recordEvent } from '../../../logs/events.ts';
import { seenBy } from '../../../sessions/device.ts';
import { accessForUser } from '../../access.ts';
import { authorizationId } from '../../access-token.ts';
import { words } from '../../params.ts';
import { createRefreshToken, issuingFor } from '../../refresh-tokens.ts';
import type { Authorization } from '../authorization.ts';
import type { Grant, TokenRequest } from '../grant.ts';

type UsersAuthorization = Authorization & { readonly user: StoredUser; readonly grantId: string };
type Prepared = { readonly authorization: UsersAuthorization; readonly proven: ProvenPassword };

/** A grant type with the rule that says which connection is meant. */
function passwordGrant(type: string, realmOf: (request: TokenRequest) => string | undefined): Grant<Prepared> {
  return {
    type,
    success: 'sepft',
    failure: 'fepft',
    prepare: (request) => verify(request, realmOf(request)),
    ahead: ({ authorization }) => authorization,
    async redeem(request, sql, { authorization, proven }) {
      const { context, client } = request;
      const { user, grantId } = authorization;
      await recordLogin(sql, context.tenant, user.user_id, context.ip, context.now);
      if (!(await isStillTheirs(sql, context.tenant, proven))) throw new OAuthError('invalid_grant', FAILURES.fp);
      if (!authorization.scope.includes('offline_access')) return authorization;
      const token = {
        grantId,
        userId: user.user_id,
        sessionId: null,
        scope: authorization.scope,
        audience: authorization.api?.identifier ?? null,
        authTime: context.now,
        seen: seenBy(context),
      };
      return { ...authorization, refreshToken: await createRefreshToken(issuingFor(request, sql), client, token) };
    },
  };
}

export const password = passwordGrant('password', ({ configuration, params }) => {
  return params.get('realm') ?? (configuration.settings.default_directory as string | undefined);
});
export const passwordRealm = passwordGrant('http://auth0.com/oauth/grant-type/password-realm', ({ params }) =>
  params.require('realm'),
);

async function verify(request: TokenRequest, realm: string | undefined): Promise<Prepared> {
  const { services, configuration, context, client, params } = request;
  const [username, secret] = [params.require('username'), params.require('password')];
  const connection = await findConnection(request, realm);
  const result = await authenticate(services, configuration, context, connection, username, secret);
  if ('failure' in result) {
    const { failure, user } = result;
    if (result.reached) await notifyBlocked(services, configuration, context, user);
    const event = {
      type: failure === 'blocked' ? ('f' as const) : failure,
      description: FAILURES[failure],
      client_id: client.client_id,
      client_name: client.name,
      connection: connection.name,
      connection_id: connection.id,
      strategy: connection.strategy,
      user_id: user?.user_id,
      user_name: username,
    };
    await services.database.write((sql) => recordEvent(sql, context, event));
    const refused = REFUSALS[failure];
    throw refused ? new OAuthError('too_many_attempts', refused) : new OAuthError('invalid_grant', event.description);
  }
  const { user, proven } = result;
  const asked = { audience: params.get('audience'), scope: words(params.get('scope')) };
  const access = await accessForUser(services, configuration, context, client, asked, user.user_id);
  const authorization = {
    client,
    user,
    ...access,
    gty: 'password',
    grantId: authorizationId(context.now, user),
    authTime: context.now,
    connection: connection.name,
  };
  return { authorization, proven };
}

/** What is answered when the password was not even looked at, in the vendor's words. */
const REFUSALS: Readonly<Record<string, string>> = {
  limit_wc: 'Your account has been blocked after multiple consecutive login attempts.',
  limit_mu:
    'We have detected suspicious login behavior and further attempts will be blocked. Please contact the administrator.',
};

async function findConnection(
  { services, configuration, client }: TokenRequest,
  realm: string | undefined,
): Promise<Connection> {
  if (realm === undefined) {
    throw new OAuthError('server_error', 'Authorization server not configured with default connection.', {
      status: 500,
    });
  }
  const enabled = await services.directory.connectionsOf(configuration, client);
  const connection = enabled.find(({ name, realms }) => name === realm || realms?.includes(realm));
  if (!connection) throw new OAuthError('invalid_request', 'Unknown or invalid realm or connection', { status: 403 });
  return connection;
}
