/**
 * Reads the ID token that came straight from the token endpoint. Its signature is not checked: OpenID Connect Core
 * §3.1.3.7 (6) lets a client rely on the direct connection to the token endpoint instead. The claims are.
 */
import { SignInError } from './errors.ts';

export type Profile = { sub: string; name?: string; nickname?: string; email?: string; sid?: string };

type Claims = Profile & { iss?: string; aud?: string | string[]; azp?: string; exp?: number; nonce?: string };

/** Seconds by which the clocks of this browser and of the server may differ. */
const LEEWAY = 300;

/**
 * Claims of an ID token, once they are shown to be meant for this client and this sign-in.
 *
 * @throws SignInError `invalid_id_token` when a check of OpenID Connect Core §3.1.3.7 fails.
 * @see https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation
 */
export function readIdToken(token: string, expected: { issuer: string; clientId: string; nonce: string }): Profile {
  const claims = decode(token);
  const audiences = Array.isArray(claims.aud) ? claims.aud : [claims.aud];
  if (claims.iss !== expected.issuer) fail(`it was issued by ${claims.iss}, not by ${expected.issuer}`);
  if (!audiences.includes(expected.clientId)) fail('it is meant for another client');
  if (audiences.length > 1 && claims.azp !== expected.clientId) fail('it was issued to another client');
  if (claims.nonce !== expected.nonce) fail('it belongs to another sign-in');
  if (!claims.exp || claims.exp + LEEWAY < Date.now() / 1000) fail('it has expired; check the clock of this computer');
  return claims;
}

function decode(token: string): Claims {
  try {
    const payload = token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(payload), (char) => char.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return fail('it cannot be read');
  }
}

function fail(reason: string): never {
  throw new SignInError('invalid_id_token', `The server's ID token was refused: ${reason}.`);
}
