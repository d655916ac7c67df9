/**
 * Opaque access tokens: for `/userinfo` alone, when no API was asked for. To everyone else they are noise: a compact
 * JWE (RFC 7516, `dir` with A256GCM) that only this installation can open, so nothing is stored and nothing is signed.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Vault } from '../keys/vault.ts';
import type { AccessToken } from './access-token.ts';

const HEADER = Buffer.from(JSON.stringify({ alg: 'dir', enc: 'A256GCM' })).toString('base64url');
const PREFIX = `${HEADER}..`;

type Content = { t: string; sub: string; azp: string; aud: string; scope: string; exp: number; jti: string };

/** @param jti what a revocation is filed under: the id of the authorization. */
export function sealOpaqueToken(
  vault: Vault,
  tenant: string,
  token: { sub: string; azp: string; audience: string; scope: string; exp: number; jti: string },
): string {
  const { sub, azp, audience, scope, exp, jti } = token;
  const content: Content = { t: tenant, sub, azp, aud: audience, scope, exp, jti };
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', vault.key('opaque access token'), iv);
  cipher.setAAD(Buffer.from(HEADER, 'ascii'));
  const text = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()]);
  return `${PREFIX}${iv.toString('base64url')}.${text.toString('base64url')}.${cipher.getAuthTag().toString('base64url')}`;
}

/** Undefined for anything that is not an opaque token of this tenant. Expiry is the caller's to check. */
export function openOpaqueToken(vault: Vault, tenant: string, token: string): AccessToken | undefined {
  if (!token.startsWith(PREFIX)) return undefined;
  const [iv, text, tag] = token
    .slice(PREFIX.length)
    .split('.')
    .map((part) => Buffer.from(part, 'base64url'));
  if (iv?.length !== 12 || tag?.length !== 16 || !text) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', vault.key('opaque access token'), iv, { authTagLength: 16 });
    decipher.setAAD(Buffer.from(HEADER, 'ascii'));
    decipher.setAuthTag(tag);
    const content: Content = JSON.parse(decipher.update(text, undefined, 'utf8') + decipher.final('utf8'));
    if (content.t !== tenant) return undefined;
    const { sub, azp, aud, scope, exp, jti } = content;
    return {
      issuer: aud.replace(/userinfo$/, ''),
      sub,
      azp,
      audience: [aud],
      scope: scope.split(' '),
      exp,
      subjects: [jti],
    };
  } catch {
    return undefined;
  }
}
