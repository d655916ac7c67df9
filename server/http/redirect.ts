/** Redirects to addresses that came from outside or from configuration. */
import type { FastifyReply } from 'fastify';

/**
 * Leads to a URL that was checked before. A header holds visible ASCII alone (RFC 3986 §2, RFC 9110 §10.2.2): whatever
 * else a registered address has is percent-encoded, so that none can end the header.
 */
export function redirectTo(reply: FastifyReply, url: string, status: 302 | 303 = 302): FastifyReply {
  const location = url.replace(/[^\x21-\x7e]+/g, (part) => encodeURIComponent(part.toWellFormed()));
  return reply.code(status).header('location', location).send();
}
