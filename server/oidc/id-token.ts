/**
 * ID tokens that come back to us: as a hint who is meant at a login or logout, and as proof of a second account when
 * accounts are linked.
 */
import type { RequestContext } from '../http/context.ts';
import { verifyJwt } from '../keys/jws.ts';
import type { Services } from '../services.ts';
import type { TenantConfiguration } from '../tenants/configuration.ts';
import { isOurIssuer } from './issuer.ts';
import { idTokenSecret } from './token/issue.ts';

export type VerifiedIdToken = { readonly clientId: string; readonly claims: Readonly<Record<string, unknown>> };

/**
 * An ID token of ours, by its signature, issuer and audience, expired or not: that is for the caller to say.
 * @returns undefined for anything else
 */
export async function verifyIdToken(
  services: Services,
  configuration: TenantConfiguration,
  context: RequestContext,
  token: string,
): Promise<VerifiedIdToken | undefined> {
  const keys = await services.directory.keys(configuration);
  const client = await services.directory.client(configuration, unverifiedAudience(token));
  const secret = client && idTokenSecret(client);
  const decoded =
    client &&
    verifyJwt(token, ({ alg, kid }) => (alg === 'HS256' ? secret && { secret } : keys.verifying.get(String(kid))));
  if (!decoded || decoded.claims.aud !== client.client_id) return undefined;
  if (!(await isOurIssuer(services, context, decoded.claims.iss))) return undefined;
  return { clientId: client.client_id, claims: decoded.claims };
}

/** Says whose key to check with; it is believed only when that check succeeds. */
function unverifiedAudience(token: string): string {
  try {
    const { aud } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return typeof aud === 'string' ? aud : '';
  } catch {
    return '';
  }
}
