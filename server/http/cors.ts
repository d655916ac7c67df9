/**
 * Cross-origin requests (Fetch standard, CORS protocol). A preflight is answered for any origin, because it does not
 * say which client asks; none of these endpoints uses cookies, so an answer that a foreign page can read holds nothing
 * that the page could not have fetched from its own server with the same token.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';

type Rule = { readonly prefix: string; readonly methods: string; readonly headers: string; readonly expose: string };

const RULES: readonly Rule[] = [
  { prefix: '/.well-known/', methods: 'GET', headers: 'auth0-client, content-type', expose: '' },
  {
    prefix: '/oauth/token',
    methods: 'POST',
    headers: 'content-type, auth0-client, dpop, authorization',
    expose: 'DPoP-Nonce',
  },
  { prefix: '/oauth/revoke', methods: 'POST', headers: 'content-type, auth0-client, dpop, authorization', expose: '' },
  {
    prefix: '/userinfo',
    methods: 'GET, POST',
    headers: 'authorization, content-type, auth0-client, dpop',
    expose: 'WWW-Authenticate',
  },
  {
    prefix: '/api/v2/',
    methods: 'GET, POST, PATCH, PUT, DELETE',
    headers: 'authorization, content-type, auth0-client, dpop',
    expose: 'Location, WWW-Authenticate, x-ratelimit-limit, x-ratelimit-remaining, x-ratelimit-reset, retry-after',
  },
];

/** How long a browser may keep a preflight answer, in seconds. */
const MAX_AGE = '600';

export function registerCors(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    const rule = request.headers.origin === undefined ? undefined : ruleOf(request);
    if (!rule) return done();
    reply.header('access-control-allow-origin', '*');
    if (rule.expose) reply.header('access-control-expose-headers', rule.expose);
    if (request.method !== 'OPTIONS') return done();
    reply.header('access-control-allow-methods', rule.methods).header('access-control-allow-headers', rule.headers);
    reply.header('access-control-max-age', MAX_AGE);
    reply.code(204).send();
  });
}

function ruleOf(request: FastifyRequest): Rule | undefined {
  return RULES.find((rule) => request.url.startsWith(rule.prefix));
}
