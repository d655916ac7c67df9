/**
 * Which tenant a request is for, and what every handler may know about it. The `Host` header only selects among known
 * domains; issuer and links are built from what is configured for that domain, never from the header itself.
 */
import type { FastifyRequest } from 'fastify';
import type { Origin } from '../logs/events.ts';

/** A host this installation answers on. `issuer` ends with a slash. */
export type Site = { readonly tenant: string; readonly host: string; readonly issuer: string };

/** What handlers know about the request: where it came from and for whom. */
export type RequestContext = Origin & { readonly site: Site };

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the pipeline before anything else runs; see `http/server.ts`. */
    context: RequestContext;
  }
}

/** The longest user agent that is kept. */
const USER_AGENT_LIMIT = 300;

export function makeContext(request: FastifyRequest, site: Site, now: number): RequestContext {
  return {
    site,
    tenant: site.tenant,
    hostname: site.host,
    ip: request.ip,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, USER_AGENT_LIMIT),
    now,
  };
}
