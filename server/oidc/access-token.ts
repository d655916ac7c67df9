/**
 * Access tokens that come back to us: the Management API and `/userinfo` take what we gave. A checked token is kept
 * (by digest) while it is valid, because the same one comes many times.
 */
import { hash } from 'node:crypto';
import type { User } from '../api/users/schema.ts';
import type { RequestContext } from '../http/context.ts';
import { OAuthError } from '../http/errors.ts';
import { verifyJwt } from '../keys/jws.ts';
import { instantOf, timeOrderedId } from '../keys/secrets.ts';
import type { Services } from '../services.ts';
import { statement } from '../storage/statement.ts';
import type { TenantConfiguration } from '../tenants/configuration.ts';
import { isOurIssuer } from './issuer.ts';
import { openOpaqueToken } from './opaque-token.ts';

/** What a token that passed all checks says. `exp` is in seconds. */
export type AccessToken = {
  readonly issuer: string;
  readonly sub: string;
  readonly azp: string;
  readonly audience: readonly string[];
  readonly scope: readonly string[];
  readonly exp: number;
  /** What a revocation of this token is filed under: its authorization, or the token itself. */
  readonly subjects: readonly string[];
};

export type AccessTokenVerifier = (context: RequestContext, token: string) => Promise<AccessToken>;

const findRevocation = statement<{ tenant: string; subject: string }, { subject: string }>((q, bind) =>
  q
    .selectFrom('revocations')
    .select('subject')
    .where('tenant', '=', bind('tenant'))
    .where('subject', '=', bind('subject')),
);

/** Verified tokens kept per process. */
const CACHE_LIMIT = 10_000;

/** @throws (when it is asked) OAuthError invalid_token for whatever is not good here and now */
export function makeAccessTokenVerifier(services: Services): AccessTokenVerifier {
  const verified = new Map<string, { revision: number; token: AccessToken }>();

  async function check(
    context: RequestContext,
    configuration: TenantConfiguration,
    token: string,
  ): Promise<AccessToken> {
    const digest = `${context.site.issuer} ${hash('sha256', token, 'base64')}`;
    const kept = verified.get(digest);
    if (kept?.revision === configuration.revision) return kept.token;
    const read =
      openOpaqueToken(services.vault, context.tenant, token) ??
      (await readJwt(services, context, configuration, token));
    // A client that is deleted raises the revision, so what is kept is asked again.
    if (!(await services.directory.client(configuration, read.azp))) {
      throw invalidToken('The client of the access token does not exist.');
    }
    if (verified.size >= CACHE_LIMIT) verified.delete(verified.keys().next().value!);
    verified.set(digest, { revision: configuration.revision, token: read });
    return read;
  }

  return async (context, token) => {
    const configuration = await services.configurations.of(context.tenant);
    const read = await check(context, configuration, token);
    if (read.exp * 1000 <= context.now) throw invalidToken('The access token expired.');
    for (const subject of read.subjects) {
      const revoked = await services.database.read.first(findRevocation, { tenant: context.tenant, subject });
      if (revoked) throw invalidToken('The access token was revoked.');
    }
    return read;
  };
}

type Since = Pick<User, 'created_at' | 'last_password_reset'>;

/**
 * A new id for an authorization of a user. It tells when it was given, which is never before the user is as just read:
 * where several nodes serve, the clock of the one that made the user may be ahead of this one's.
 */
export function authorizationId(now: number, user: Since): string {
  return timeOrderedId(Math.max(now, ...sinceOf(user)));
}

/**
 * Whether a token stems from before its user's password was changed, which ends what was given on the old one
 * (OWASP ASVS 3.3.3), or is of somebody who had the same id before this user was made. The id of an authorization tells
 * when that was.
 */
export function isFromBefore({ subjects }: AccessToken, user: Since): boolean {
  const given = subjects.map(instantOf).find((instant) => instant !== undefined);
  return given !== undefined && sinceOf(user).some((since) => given < since);
}

function sinceOf({ created_at, last_password_reset }: Since): number[] {
  return [created_at, last_password_reset].flatMap((since) => (since ? [Date.parse(since)] : []));
}

/** RFC 6750 §3.1. */
export function invalidToken(description: string): OAuthError {
  return new OAuthError('invalid_token', description, {
    headers: { 'www-authenticate': `Bearer error="invalid_token", error_description="${description}"` },
  });
}

async function readJwt(
  services: Services,
  context: RequestContext,
  configuration: TenantConfiguration,
  token: string,
): Promise<AccessToken> {
  const keys = await services.directory.keys(configuration);
  // By our own keys alone. A secret that an API shares with us says nothing here: whoever has it can make tokens with
  // any audience and scope, and is to be believed by that API only.
  const decoded = verifyJwt(token, ({ kid }) => keys.verifying.get(String(kid)));
  if (!decoded) throw invalidToken('The access token is malformed or its signature is wrong.');
  const { iss, sub, azp, client_id, aud, scope, exp, iat, jti } = decoded.claims;
  const audience = [aud].flat().filter((value) => typeof value === 'string');
  // An ID token is signed with the same keys; it has no scope and its audience is a client, never an API.
  if (typeof iss !== 'string' || !(await isOurIssuer(services, context, iss))) {
    throw invalidToken('The access token was issued by someone else.');
  }
  if (typeof sub !== 'string' || typeof exp !== 'number' || typeof iat !== 'number')
    throw invalidToken('The access token is incomplete.');
  return {
    issuer: iss,
    sub,
    azp: String(azp ?? client_id ?? ''),
    audience,
    scope: typeof scope === 'string' ? scope.split(' ').filter(Boolean) : [],
    exp,
    subjects: typeof jti === 'string' ? [jti] : [],
  };
}
