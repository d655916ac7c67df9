/** Who may have issued a token that comes back to us. */
import type { RequestContext } from '../http/context.ts';
import type { Services } from '../services.ts';

/** Any host of the same tenant may have issued the token: it has the same keys and the same users. */
export async function isOurIssuer(services: Services, context: RequestContext, issuer: unknown): Promise<boolean> {
  if (issuer === context.site.issuer) return true;
  if (typeof issuer !== 'string' || !URL.canParse(issuer)) return false;
  const site = await services.sites.resolve(new URL(issuer).host);
  return site?.tenant === context.tenant && site.issuer === issuer;
}
