/**
 * The HTTP server: which tenant, what a body may be, how errors look, security headers, draining. It knows no feature;
 * routes say by `config.family` in which family their errors are rendered.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import formBody from '@fastify/formbody';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Sites } from '../tenants/sites.ts';
import { makeContext, type Site } from './context.ts';
import { registerCors } from './cors.ts';
import { drain } from './drain.ts';
import { ApiError, apiErrorBody, OAuthError, oauthErrorBody, PageError } from './errors.ts';

export type Family = 'api' | 'oauth' | 'page';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How errors of the route are rendered; `page` when not given. */
    family?: Family;
    /** Whether the route takes a form with files; it gets the body as a stream. */
    multipart?: boolean;
  }
}

/** Answers with an error page; given by the login feature, which owns markup. */
export type AnswerWithPage = (
  request: FastifyRequest,
  reply: FastifyReply,
  error: PageError,
  trackingId: string,
) => Promise<FastifyReply>;

/** Answers a request before the framework sees it, if it can; for documents that are fetched more than anything else. */
export type Shortcut = (request: IncomingMessage, response: ServerResponse) => boolean;

export type ServerOptions = {
  readonly config: Pick<Config, 'trustProxy'>;
  readonly log: Logger;
  readonly clock: () => number;
  readonly sites: Sites;
  readonly answerWithPage: AnswerWithPage;
  readonly shortcut: Shortcut;
};

/** The largest body, in bytes. Bulk imports have a limit of their own. */
const BODY_LIMIT = 1024 * 1024;
/** A slow client may take this long for a request, in milliseconds. */
const REQUEST_TIMEOUT = 30_000;

export type HttpServer = {
  readonly app: FastifyInstance;
  /** Serves the same application over TLS. @returns the port. */
  listenTls(options: { host: string; port: number; key: string; cert: string }): Promise<number>;
};

/** The server without any route; nothing listens yet. */
export function makeServer(options: ServerOptions): HttpServer {
  let handler: (request: IncomingMessage, response: ServerResponse) => void = () => {};
  let tls: TlsServer | undefined;
  const app: FastifyInstance = Fastify({
    loggerInstance: options.log as FastifyBaseLogger,
    // Log events tell of requests; the process log is for the operator.
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: (logger) => logger,
    trustProxy: options.config.trustProxy,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT,
    return503OnClosing: false,
    genReqId: () => '',
    frameworkErrors: answerBadAddress,
    routerOptions: { maxParamLength: 2000, ignoreTrailingSlash: true },
    serverFactory: (frameworkHandler) => {
      handler = (request, response) => {
        if (answersHealth(request, response) || options.shortcut(request, response)) return;
        frameworkHandler(request, response);
      };
      return createServer({ requestTimeout: REQUEST_TIMEOUT, keepAliveTimeout: 72_000 }, handler);
    },
  });
  app.decorateRequest('context', null as never);
  acceptBodies(app);
  // Callbacks rather than promises where nothing is waited for: these run for every request.
  app.addHook('onRequest', (request, reply, done) => {
    const enter = (site: Site | undefined): void => {
      if (!site) {
        done(new MisdirectedRequest());
        return;
      }
      request.context = makeContext(request, site, options.clock());
      reply.headers(CAREFUL);
      if (isPublicHttps(site.issuer)) reply.header('strict-transport-security', 'max-age=31536000');
      done();
    };
    const site = request.host ? options.sites.resolve(request.host) : undefined;
    if (site instanceof Promise) site.then(enter, done);
    else enter(site);
  });
  registerCors(app);
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(options, error, request, reply));
  app.setNotFoundHandler((request, reply) => answerError(options, notFound(request), request, reply));
  // Before the framework's own end, which closes what is closed already. Both at once: neither takes requests meanwhile.
  app.addHook('preClose', async () => {
    await Promise.all([drain(app.server), tls && drain(tls)]);
  });
  return {
    app,
    async listenTls({ host, port, key, cert }) {
      const server = createTlsServer({ key, cert, requestTimeout: REQUEST_TIMEOUT, keepAliveTimeout: 72_000 }, handler);
      tls = server;
      await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
      return (server.address() as { port: number }).port;
    },
  };
}

/** What keeps a browser careful, whatever the answer. */
const CAREFUL = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };

const HEALTHY = Buffer.from('{"status":"ok"}');
const HEALTHY_HEADERS = {
  'content-type': 'application/json',
  'content-length': HEALTHY.length,
  'cache-control': 'no-store',
  ...CAREFUL,
};

/** /healthz is for supervisors and load balancers. They come by address, so it is there for whatever host they name. */
function answersHealth({ url, method }: IncomingMessage, response: ServerResponse): boolean {
  if (url !== '/healthz' || (method !== 'GET' && method !== 'HEAD')) return false;
  response.writeHead(200, HEALTHY_HEADERS).end(method === 'HEAD' ? undefined : HEALTHY);
  return true;
}

/** RFC 6797 counts hosts without their ports: on localhost it would break every other server of a developer. */
function isPublicHttps(issuer: string): boolean {
  return issuer.startsWith('https:') && !/^https:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]/.test(issuer);
}

class MisdirectedRequest extends Error {}

/** JSON and forms. An empty body is no body, as some SDKs send `Content-Type: application/json` without one. */
function acceptBodies(app: FastifyInstance): void {
  // A key like __proto__ is an attack or a mistake: refused (CWE-1321).
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser(
    ['application/json', 'application/scim+json'],
    { parseAs: 'string' },
    (request, body, done) => {
      if (body === '') done(null, undefined);
      else parseJson(request, body as string, done);
    },
  );
  app.register(formBody);
  app.addContentTypeParser('multipart/form-data', (request, payload, done) => {
    if (request.routeOptions.config.multipart) done(null, payload);
    else done(Object.assign(new Error('Unsupported Media Type'), { statusCode: 415, code: UNSUPPORTED }), undefined);
  });
  // Pages that the Management API takes as they are. A browser's form cannot send this type.
  app.addContentTypeParser('text/html', { parseAs: 'string' }, (request, body, done) => {
    if (familyOf(request) === 'api') done(null, body);
    else done(Object.assign(new Error('Unsupported Media Type'), { statusCode: 415, code: UNSUPPORTED }), undefined);
  });
}

const UNSUPPORTED = 'FST_ERR_CTP_INVALID_MEDIA_TYPE';

function familyOf(request: FastifyRequest): Family {
  const declared = request.routeOptions?.config?.family;
  if (declared) return declared;
  if (request.url.startsWith('/api/')) return 'api';
  return /^\/(oauth|oidc|\.well-known|userinfo)/.test(request.url) && request.method !== 'GET' ? 'oauth' : 'page';
}

function notFound(request: FastifyRequest): Error {
  if (familyOf(request) === 'api') return new ApiError(404, 'Not Found');
  // A program that asks for an endpoint of the vendor's that is not there cannot read a page; browsers ask for one.
  if (!['GET', 'HEAD'].includes(request.method) && !request.headers.accept?.includes('text/html'))
    return new OAuthError('not_found', 'There is no such endpoint here.', { status: 404 });
  return new PageError('not_found', 'Page not found', 'There is nothing at this address.', 404);
}

/** An address that cannot be read has no route, and the router refuses it before it is known whose host it is for. */
function answerBadAddress({ statusCode = 400 }: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const message = 'The address is malformed or too long.';
  reply.headers(CAREFUL).code(statusCode);
  if (!request.url.startsWith('/api/')) reply.type('text/plain; charset=utf-8').send(`${message}\n`);
  else reply.type('application/json').send(apiErrorBody(new ApiError(statusCode as Status, message, 'invalid_uri')));
}

async function answerError(
  options: ServerOptions,
  error: Error,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  if (error instanceof MisdirectedRequest) {
    // RFC 9110 §15.5.20. The host is not repeated: it is whatever the sender wrote.
    return reply
      .code(421)
      .type('text/plain')
      .send('This host is not known here. See LATCHKEY_PUBLIC_URL and custom domains.\n');
  }
  const family = familyOf(request);
  const trackingId = randomUUID().replaceAll('-', '').slice(0, 20);
  const known = understood(error, family);
  if (!known)
    options.log.error(
      { err: error, trackingId, method: request.method, path: request.url.split('?')[0] },
      'request failed',
    );
  const answer = known ?? unexpected(family, trackingId);
  if (answer instanceof ApiError) return reply.code(answer.status).type('application/json').send(apiErrorBody(answer));
  if (answer instanceof OAuthError) {
    return reply
      .code(answer.status)
      .headers(answer.headers)
      .header('cache-control', 'no-store')
      .type('application/json')
      .send(oauthErrorBody(answer));
  }
  return options.answerWithPage(request, reply, answer, trackingId);
}

function unexpected(family: Family, trackingId: string): ApiError | OAuthError | PageError {
  const message = `Something went wrong on our side. Tracking id: ${trackingId}`;
  if (family === 'api') return new ApiError(500, message);
  if (family === 'oauth') return new OAuthError('server_error', message);
  return new PageError('server_error', 'Something went wrong', 'The server could not do this. Please try again.', 500);
}

type Status = 400 | 404 | 405 | 413 | 414 | 415 | 421 | 429 | 503;
const OUR_WORDS: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Unsupported content type.',
  FST_ERR_CTP_BODY_TOO_LARGE: 'The request body is too large.',
};

/** The error in the family of the route, or undefined for a bug. */
function understood(error: Error, family: Family): ApiError | OAuthError | PageError | undefined {
  if (error instanceof ApiError || error instanceof OAuthError || error instanceof PageError) return error;
  const { statusCode, code } = error as FastifyError;
  // What the framework refuses before a handler runs: malformed JSON, too large, unknown type.
  if (statusCode === undefined || statusCode < 400 || statusCode >= 500) return undefined;
  const message = OUR_WORDS[code] ?? 'Invalid request payload JSON format';
  if (family === 'api')
    return new ApiError(statusCode as Status, message, statusCode === 400 ? 'invalid_body' : undefined);
  if (family === 'oauth') return new OAuthError('invalid_request', message, { status: statusCode });
  return new PageError('invalid_request', 'The request was not understood', message, statusCode);
}
