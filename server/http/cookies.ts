/** Cookies (RFC 6265bis). One name for each scheme: a page over HTTP must not meet the cookies of HTTPS. */
import type { FastifyReply, FastifyRequest } from 'fastify';

export type CookieOptions = {
  /** Whether pages of other sites may send it along: single sign-on in an iframe needs `None`. */
  readonly sameSite: 'None' | 'Lax';
  /** Seconds; without it the cookie ends with the browser session. */
  readonly maxAge?: number | undefined;
};

/** The value of a cookie of this host, or undefined. Of several with one name the first counts. */
export function readCookie(request: FastifyRequest, name: string): string | undefined {
  const header = request.headers.cookie;
  if (header === undefined) return undefined;
  const wanted = `${cookieName(request, name)}=`;
  for (const part of header.split(';')) {
    const text = part.trim();
    if (text.startsWith(wanted)) return text.slice(wanted.length);
  }
  return undefined;
}

/** @param value must hold no character that ends a cookie; secrets in base64url do not. */
export function setCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  value: string,
  options: CookieOptions,
): void {
  const secure = isSecure(request);
  // Browsers ignore SameSite=None without Secure. Over plain HTTP (development) there is no cross-site sign-on.
  const sameSite = secure ? options.sameSite : 'Lax';
  const parts = [`${cookieName(request, name)}=${value}`, 'Path=/', 'HttpOnly', `SameSite=${sameSite}`];
  if (secure) parts.push('Secure');
  if (options.maxAge !== undefined) parts.push(`Max-Age=${options.maxAge}`);
  reply.header('set-cookie', parts.join('; '));
}

export function clearCookie(request: FastifyRequest, reply: FastifyReply, name: string): void {
  setCookie(request, reply, name, '', { sameSite: 'None', maxAge: 0 });
}

/** The prefix binds the cookie to this very host: no subdomain can plant one (RFC 6265bis §4.1.3.2). */
function cookieName(request: FastifyRequest, name: string): string {
  return isSecure(request) ? `__Host-${name}` : name;
}

function isSecure(request: FastifyRequest): boolean {
  return request.context.site.issuer.startsWith('https:');
}
