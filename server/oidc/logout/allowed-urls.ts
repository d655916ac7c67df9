/** Where a logout may lead to: what the client, or without a client the tenant, has registered. */
import type { Client } from '../../api/clients/schema.ts';
import type { RequestContext } from '../../http/context.ts';
import type { TenantConfiguration } from '../../tenants/configuration.ts';

/** The dashboard is served by this server, so its own address is on whichever host this is. */
export function registeredLogoutUrls(
  configuration: TenantConfiguration,
  context: RequestContext,
  client: Client | undefined,
): readonly string[] {
  if (!client) return (configuration.settings.allowed_logout_urls as string[] | undefined) ?? [];
  const urls = client.allowed_logout_urls ?? [];
  const dashboard = client.client_id === configuration.settings.dashboard_client_id;
  return dashboard ? [...urls, `${context.site.issuer}dashboard/`] : urls;
}

/**
 * Whether a URL is registered. The vendor leaves query and fragment out of the comparison, and lets `*` stand for the
 * first label of a host name; both are kept because applications depend on them. Nothing secret goes along a logout,
 * so these leave no more than a redirect within the customer's own hosts.
 */
export function matchLogoutUrl(registered: readonly string[], given: string): boolean {
  if (registered.includes(given)) return true;
  const wanted = bare(given);
  if (!wanted) return false;
  return registered.some((pattern) => {
    if (pattern.includes('://*.')) return matchesWildcard(pattern, wanted);
    const url = bare(pattern);
    return url !== undefined && same(url, wanted);
  });
}

type Bare = { readonly scheme: string; readonly host: string; readonly path: string };

function bare(text: string): Bare | undefined {
  // The parser forgives these; what it reads then is not what other readers of the same text see.
  if (/[\s\\\p{Cc}]/u.test(text) || !URL.canParse(text)) return undefined;
  const { protocol, host, pathname, username, password } = new URL(text);
  if (username || password) return undefined;
  return { scheme: protocol, host, path: pathname };
}

function same(a: Bare, b: Bare): boolean {
  return a.scheme === b.scheme && a.host === b.host && a.path === b.path;
}

/** `https://*.example.com/path`: one label, and below a domain that has two labels at least. */
function matchesWildcard(pattern: string, wanted: Bare): boolean {
  const rest = bare(pattern.replace('://*.', '://'));
  if (!rest?.host.replace(/:\d+$/, '').includes('.')) return false;
  const dot = wanted.host.indexOf('.');
  return dot > 0 && same(rest, { ...wanted, host: wanted.host.slice(dot + 1) });
}
