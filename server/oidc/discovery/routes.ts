/**
 * Discovery and JWKS are asked for more than anything else and change hardly ever, so they are kept and answered
 * before the framework sees the request. A document is made again after `MAX_AGE`, which is how long a rotation or
 * revocation of keys may take to show; keys are published before they sign, so nobody waits for one.
 */
import type { FastifyInstance } from 'fastify';
import { hasNetworkAcls } from '../../api/network-acls/enforce.ts';
import type { RequestContext } from '../../http/context.ts';
import type { Shortcut } from '../../http/server.ts';
import type { Services } from '../../services.ts';
import { discoveryDocument } from './document.ts';

/** In milliseconds. */
const MAX_AGE = 1000;
/** Documents kept: hosts come and go. */
const LIMIT = 10_000;

const discovery = async (services: Services, { site, tenant }: RequestContext) =>
  JSON.stringify(discoveryDocument(site.issuer, (await services.configurations.of(tenant)).settings));
const jwks = async (services: Services, { tenant }: RequestContext) =>
  (await services.directory.keys(await services.configurations.of(tenant))).jwks;

const DOCUMENTS = {
  '/.well-known/openid-configuration': discovery,
  '/.well-known/oauth-authorization-server': discovery,
  '/.well-known/jwks.json': jwks,
};

type Kept = { readonly body: Buffer; readonly headers: Record<string, string>; readonly made: number };
type Documents = Map<string, Kept>;

/** The documents in memory, by host and path. Shared by the shortcut, which reads, and the routes, which fill it. */
export function makeDocuments(): Documents {
  return new Map();
}

/** Answers from memory; false when there is nothing fresh. */
export function documentShortcut(documents: Documents, clock: () => number): Shortcut {
  return (request, response) => {
    const url = request.url!;
    if (!url.startsWith('/.well-known/') || request.method !== 'GET') return false;
    // A proxy that names the host in its own header sends many hosts under one `Host`.
    if (request.headers['x-forwarded-host'] !== undefined) return false;
    const kept = documents.get(`${request.headers.host} ${url}`);
    // A clock that was set back must not make it last.
    if (!kept || Math.abs(clock() - kept.made) > MAX_AGE) return false;
    response.writeHead(200, kept.headers);
    response.end(kept.body);
    return true;
  };
}

export function registerDiscovery(app: FastifyInstance, services: Services, documents: Documents): void {
  for (const [path, make] of Object.entries(DOCUMENTS)) {
    app.get(path, { config: { family: 'oauth' } }, async (request, reply) => {
      const { context } = request;
      const body = Buffer.from(await make(services, context));
      const headers = headersOf(body);
      // What is kept is given to everybody: not where a network ACL has a say.
      const shared = request.host === request.headers.host && !(await hasNetworkAcls(services, context.tenant));
      if (documents.size >= LIMIT) documents.clear();
      if (shared) documents.set(`${request.headers.host} ${path}`, { body, headers, made: context.now });
      return reply.headers(headers).send(body);
    });
  }
}

function headersOf(body: Buffer): Record<string, string> {
  return {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(body.length),
    'cache-control': 'public, max-age=15, stale-while-revalidate=15, stale-if-error=86400',
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
  };
}
