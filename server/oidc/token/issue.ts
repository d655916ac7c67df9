/** Turns an authorization into tokens. Nothing is stored here, and everything is signed on the thread pool. */
import type { Client } from '../../api/clients/schema.ts';
import type { ResourceServer } from '../../api/resource-servers/schema.ts';
import { permissionsAt } from '../../api/roles/permissions.ts';
import type { RequestContext } from '../../http/context.ts';
import { type Algorithm, type SignatureKey, signJwt } from '../../keys/jws.ts';
import { randomSecret } from '../../keys/secrets.ts';
import type { KeySet } from '../../keys/signing.ts';
import type { Services } from '../../services.ts';
import type { TenantConfiguration } from '../../tenants/configuration.ts';
import { sealOpaqueToken } from '../opaque-token.ts';
import type { Authorization } from './authorization.ts';
import { profileClaims } from './claims.ts';

/** The body of a successful answer (RFC 6749 §5.1). */
export type TokenResponse = {
  access_token: string;
  refresh_token?: string;
  id_token?: string;
  scope?: string;
  expires_in: number;
  token_type: 'Bearer';
};

/** Seconds that an access token for `/userinfo` alone, and an ID token, are good for unless set otherwise. */
const DAY = 86_400;
const ID_TOKEN_LIFETIME = 36_000;

/** The answer of the token endpoint for an authorization: an access token, and an ID token for `openid`. */
export async function issueTokens(
  services: Services,
  context: RequestContext,
  configuration: TenantConfiguration,
  authorization: Authorization,
): Promise<TokenResponse> {
  const keys = await services.directory.keys(configuration);
  const { scope, refreshToken } = authorization;
  const lifetime = authorization.api?.token_lifetime ?? DAY;
  const [access_token, id_token] = await Promise.all([
    accessToken(services, context, keys, authorization, lifetime),
    authorization.user && scope.includes('openid')
      ? idToken(context, keys, authorization, authorization.user.user_id)
      : undefined,
  ]);
  return {
    access_token,
    refresh_token: refreshToken,
    id_token,
    scope: scope.length > 0 ? scope.join(' ') : undefined,
    expires_in: lifetime,
    token_type: 'Bearer',
  };
}

async function accessToken(
  services: Services,
  context: RequestContext,
  keys: KeySet,
  authorization: Authorization,
  lifetime: number,
): Promise<string> {
  const { client, user, api, scope, grantId } = authorization;
  const { issuer } = context.site;
  const iat = Math.floor(context.now / 1000);
  const sub = user?.user_id ?? `${client.client_id}@clients`;
  if (!api) {
    const token = {
      sub,
      azp: client.client_id,
      audience: `${issuer}userinfo`,
      scope: scope.join(' '),
      exp: iat + lifetime,
      jti: grantId ?? randomSecret(16),
    };
    return sealOpaqueToken(services.vault, context.tenant, token);
  }
  // A token that says `openid` is good for /userinfo too and names it as an audience, unless the API could have made it.
  const forUserinfo = user && scope.includes('openid') && api.signing_alg !== 'HS256';
  const aud = forUserinfo ? [api.identifier, `${issuer}userinfo`] : api.identifier;
  const profile9068 = api.token_dialect?.startsWith('rfc9068_profile') ?? false;
  const claims = {
    iss: issuer,
    sub,
    aud,
    iat,
    exp: iat + lifetime,
    scope: scope.length > 0 ? scope.join(' ') : undefined,
    gty: profile9068 ? undefined : authorization.gty,
    azp: client.client_id,
    // RFC 9068 §2.2 asks for client_id and jti. A user's token names its authorization in either dialect, to be revocable.
    client_id: profile9068 ? client.client_id : undefined,
    jti: grantId ?? (profile9068 ? randomSecret(16) : undefined),
    permissions: await permissionsOf(services, context.tenant, api, authorization),
  };
  const { algorithm, key } = apiSignature(api, keys);
  return signJwt(claims, algorithm, key, profile9068 ? 'at+jwt' : 'JWT');
}

/**
 * The `permissions` of the dialects that tell them, for APIs that enforce policies: everything a user may do at the API,
 * asked for or not; for a client what it was granted.
 * @see https://auth0.com/docs/secure/tokens/access-tokens/access-token-profiles
 */
async function permissionsOf(
  services: Services,
  tenant: string,
  api: ResourceServer,
  { user, scope }: Authorization,
): Promise<readonly string[] | undefined> {
  if (!api.enforce_policies || !api.token_dialect?.endsWith('_authz')) return undefined;
  if (!user) return scope;
  const known = new Set(api.scopes?.map(({ value }) => value));
  const given = await permissionsAt(services.database.read, tenant, user.user_id, api.id);
  return given.filter((permission) => known.has(permission));
}

function apiSignature(api: ResourceServer, keys: KeySet): { algorithm: Algorithm; key: SignatureKey } {
  const algorithm = api.signing_alg ?? 'RS256';
  if (algorithm !== 'HS256') return { algorithm, key: keys.current };
  return { algorithm, key: { secret: Buffer.from(api.signing_secret ?? '') } };
}

/** OpenID Connect Core §2. */
async function idToken(
  context: RequestContext,
  keys: KeySet,
  authorization: Authorization,
  sub: string,
): Promise<string> {
  const { client, user, scope } = authorization;
  const iat = Math.floor(context.now / 1000);
  const claims = {
    ...(user && profileClaims(user, scope)),
    iss: context.site.issuer,
    aud: client.client_id,
    sub,
    iat,
    exp: iat + (client.jwt_configuration?.lifetime_in_seconds || ID_TOKEN_LIFETIME),
    sid: authorization.sessionId,
    auth_time: authorization.authTime ? Math.floor(authorization.authTime / 1000) : undefined,
    nonce: authorization.nonce,
  };
  const { algorithm, key } = idTokenSignature(client, keys);
  return signJwt(claims, algorithm, key);
}

/** The algorithm a client's ID tokens are signed with. HS256 needs a secret that the client can keep. */
export function idTokenAlgorithm(client: Client): Algorithm {
  const algorithm = client.jwt_configuration?.alg ?? 'RS256';
  return algorithm === 'HS256' && (client.token_endpoint_auth_method === 'none' || !client.client_secret)
    ? 'RS256'
    : algorithm;
}

/** The bytes that a client's ID tokens are signed with; undefined when that is done with a key of ours. */
export function idTokenSecret(client: Client): Buffer | undefined {
  if (idTokenAlgorithm(client) !== 'HS256') return undefined;
  return Buffer.from(client.client_secret!, client.jwt_configuration?.secret_encoded ? 'base64' : 'utf8');
}

function idTokenSignature(client: Client, keys: KeySet): { algorithm: Algorithm; key: SignatureKey } {
  const secret = idTokenSecret(client);
  return { algorithm: idTokenAlgorithm(client), key: secret ? { secret } : keys.current };
}
