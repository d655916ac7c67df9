/**
 * What a refresh token looks like: `FAMILY~GENERATION~MARK`. The family is the id of the authorization, the generation
 * counts its rotations, and the mark is a MAC over both with a key that only this installation has. So every token that
 * was ever handed out is known to be ours, however old, and nothing that would be good as a token is stored.
 *
 * No dots, which tells it from a JWT; only characters that need no escaping in a URL (RFC 3986 §2.3).
 */
import { timingSafeEqual } from 'node:crypto';
import type { Vault } from '../keys/vault.ts';

/** The family and generation that a token is of. */
export type FamilyMember = { readonly grant_id: string; readonly generation: number };

const FORM = /^([0-9a-f]{24})~(\d{1,15})~([\w-]{43})$/;

/** The token of a generation: always the same one. */
export function writeRefreshToken(vault: Vault, tenant: string, { grant_id, generation }: FamilyMember): string {
  return `${grant_id}~${generation}~${mark(vault, tenant, grant_id, String(generation))}`;
}

/** Undefined for anything that this installation did not hand out for this tenant. */
export function readRefreshToken(vault: Vault, tenant: string, token: string): FamilyMember | undefined {
  const [, grant_id, generation, given] = FORM.exec(token) ?? [];
  if (!grant_id || !generation || !given) return undefined;
  // Both are 43 characters of ASCII.
  const genuine = timingSafeEqual(Buffer.from(given), Buffer.from(mark(vault, tenant, grant_id, generation)));
  return genuine ? { grant_id, generation: Number(generation) } : undefined;
}

function mark(vault: Vault, tenant: string, grantId: string, generation: string): string {
  return vault.digest('refresh token', `${tenant}\n${grantId}\n${generation}`);
}
