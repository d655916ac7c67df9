/** Which redirect URIs a client may use: exact strings (RFC 9700 §2.1), with the exceptions named here. */
import type { Client } from '../../api/clients/schema.ts';
import type { RequestContext } from '../../http/context.ts';
import type { TenantConfiguration } from '../../tenants/configuration.ts';

/** The callbacks of a client. The dashboard is served by this server, so its own is on whichever host this is. */
export function registeredCallbacks(
  configuration: TenantConfiguration,
  context: RequestContext,
  client: Client,
): readonly string[] {
  const callbacks = client.callbacks ?? [];
  if (client.client_id !== configuration.settings.dashboard_client_id) return callbacks;
  return [...callbacks, `${context.site.issuer}dashboard/callback`];
}

/** @param webMessage whether the answer is a message to an origin, for which an origin may be given */
export function matchRedirect(
  client: Client,
  callbacks: readonly string[],
  given: string,
  webMessage: boolean,
): boolean {
  if (!URL.canParse(given) || given.includes('#')) return false;
  if (callbacks.includes(given)) return true;
  if (client.app_type === 'native' && callbacks.some((callback) => sameLoopback(callback, given))) return true;
  // An answer by message reaches an origin, not a page: the origin of a callback or a web origin is enough.
  if (!webMessage || given !== new URL(given).origin) return false;
  return [...callbacks, ...(client.web_origins ?? [])].some(
    (url) => URL.canParse(url) && new URL(url).origin === given,
  );
}

const LOOPBACK = new Set(['127.0.0.1', '[::1]']);

/** RFC 8252 §7.3: a native application listens on whichever port is free. By address only, never by name. */
function sameLoopback(registered: string, given: string): boolean {
  if (!URL.canParse(registered)) return false;
  const [a, b] = [new URL(registered), new URL(given)];
  if (a.protocol !== 'http:' || b.protocol !== 'http:' || !LOOPBACK.has(a.hostname) || b.username || b.password)
    return false;
  return a.hostname === b.hostname && a.pathname === b.pathname && a.search === b.search;
}
