/**
 * Serves the built dashboard below /dashboard/: its files, its configuration, and index.html for every address that
 * the dashboard routes by itself. It owns the headers these answers carry. It knows nothing of tenants or sessions:
 * who the dashboard signs in as is asked of the caller, request by request.
 */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type DashboardConfig, dashboardConfigSchema } from './schema.ts';

export type DashboardOptions = {
  /** Absolute path of the built dashboard. It need not exist: it may be built while the server runs. */
  root: string;
  /** What the dashboard of the tenant that this request is for must know. */
  config: (request: FastifyRequest) => Promise<DashboardConfig>;
};

/** Only what this server serves itself may run; Mantine needs inline styles, mails and logos need images. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: https:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const DOCUMENT_HEADERS = {
  'cache-control': 'no-cache',
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** A year: the name of a file in assets/ holds a hash of its content, so its content never changes. */
const ASSET_MAX_AGE = 365 * 24 * 60 * 60 * 1000;
const FILE_MAX_AGE = 60 * 60 * 1000;

/** A file beside index.html, such as favicon.svg. Addresses of the dashboard's pages have no extension at this depth. */
const TOP_LEVEL_FILE = /^[^/]+\.[a-z0-9]+$/;

const NOT_BUILT = `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <meta name="color-scheme" content="light dark">
  <title>The dashboard is not built</title>
  <h1>The dashboard is not built</h1>
  <p>Run <code>npm run build:dashboard</code>, then load this page again. The APIs are not affected.</p>
</html>
`;

/**
 * Adds the routes of the dashboard to `app`. The folder is read on demand, so one that is built later is served
 * without a restart; until then its pages answer 503 and say what to do.
 */
export async function registerDashboard(app: FastifyInstance, options: DashboardOptions): Promise<void> {
  const { default: fastifyStatic } = await import('@fastify/static');
  await app.register(async (scope) => {
    await scope.register(fastifyStatic, {
      root: options.root,
      serve: false,
      index: false,
      preCompressed: true,
      suppressWarning: true,
    });
    // Who types the bare address of the server looks for something to see.
    scope.get('/', (_request, reply) => reply.redirect('/dashboard/', 302));
    // The router may take both addresses for one; what the browser resolves links against needs the slash.
    scope.get('/dashboard', (request, reply) =>
      request.url.split('?')[0] === '/dashboard'
        ? reply.redirect('/dashboard/', 302)
        : sendPath(reply, options.root, ''),
    );
    scope.get('/dashboard/config.json', { schema: { response: { 200: dashboardConfigSchema } } }, (request, reply) => {
      reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
      return options.config(request);
    });
    scope.get<{ Params: { '*': string } }>('/dashboard/*', (request, reply) =>
      sendPath(reply, options.root, request.params['*']),
    );
  });
}

async function sendPath(reply: FastifyReply, root: string, path: string) {
  reply.header('x-content-type-options', 'nosniff');
  // A missing file answers 404: index.html in the place of a script would only fail later and less clearly.
  if (path.startsWith('assets/')) return reply.sendFile(path, { maxAge: ASSET_MAX_AGE, immutable: true });
  if (TOP_LEVEL_FILE.test(path) && path !== 'index.html') return reply.sendFile(path, { maxAge: FILE_MAX_AGE });
  reply.headers(DOCUMENT_HEADERS);
  if (!(await exists(join(root, 'index.html')))) {
    return reply.code(503).headers({ 'cache-control': 'no-store' }).type('text/html; charset=utf-8').send(NOT_BUILT);
  }
  return reply.sendFile('index.html', { cacheControl: false });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
