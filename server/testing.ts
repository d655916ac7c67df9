/**
 * A whole server for tests: every route, a free loopback port, a database of its own, a clock that a test can move. The
 * suite runs on every engine there is. What it called of the Management API is noted for the check that nothing was
 * left out (`TEST_EXERCISED` names the file).
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { after, before } from 'node:test';
import { pino } from 'pino';
import { makeApp } from './app.ts';
import { type Config, readConfig } from './config.ts';
import { checkAnswer } from './contract.ts';
import { generateSigningPair } from './keys/signing.ts';
import { DEFAULT_TENANT, knowAddresses } from './main.ts';
import type { Services } from './services.ts';
import { ensureSetup, type SetupResult } from './setup.ts';
import type { Engine } from './storage/statement.ts';
import { onEmbeddedEngine, onEveryEngine, type Place } from './storage/testing.ts';
import { provisionTenant } from './tenants/provision.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
export type Answer = { readonly status: number; readonly headers: Headers; readonly body: any; readonly text: string };

export type TestServer = {
  readonly engine: Engine;
  /** Without a slash at the end. */
  readonly base: string;
  /** With one. */
  readonly issuer: string;
  readonly tenant: string;
  readonly services: Services;
  readonly setup: SetupResult;
  /** Management API token with every scope. */
  readonly token: string;
  /** Moves the clock; milliseconds. */
  advance(milliseconds: number): void;
  /** Stops listening, like a server that is down; what comes back makes it listen again. */
  takeAway(): Promise<() => Promise<void>>;
  /** Calls the Management API: `path` below `/api/v2`. JSON in, JSON out; a token of `null` sends none. */
  api(method: string, path: string, body?: unknown, token?: string | null): Promise<Answer>;
  /** Calls the API and throws unless it answers 2xx; answers the body. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
  make(method: string, path: string, body?: unknown): Promise<any>;
  /** A token of the setup client with these scopes only. */
  tokenWith(...scopes: string[]): Promise<string>;
  /** Posts a form (or JSON with `json: true`) to any path; redirects are not followed. */
  post(path: string, fields: Record<string, unknown>, options?: PostOptions): Promise<Answer>;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
};

export type PostOptions = { readonly json?: boolean; readonly headers?: Record<string, string> };

/** Declares the suite once for each engine, around a running server. Use the server inside of tests only. */
export function onEveryServer(
  title: string,
  suite: (server: TestServer, place: Place) => void,
  overrides: Partial<Config> = {},
): void {
  onEveryEngine(title, aroundServer(suite, overrides));
}

/** Declares the suite on SQLite alone, for what knows the server by its API only, such as the dashboard. */
export function onEmbeddedServer(
  title: string,
  suite: (server: TestServer, place: Place) => void,
  overrides: Partial<Config> = {},
): void {
  onEmbeddedEngine(title, aroundServer(suite, overrides));
}

function aroundServer(suite: (server: TestServer, place: Place) => void, overrides: Partial<Config>) {
  return (place: Place): void => {
    let running: (TestServer & { stop(): Promise<void> }) | undefined;
    before(async () => {
      running = await startTestServer(place, overrides);
    });
    after(() => running?.stop());
    suite(
      lazily(() => running),
      place,
    );
  };
}

/** Stands for the server before it is there: suites are declared first, servers start later. */
function lazily(get: () => TestServer | undefined): TestServer {
  return new Proxy({} as TestServer, {
    get(_target, name) {
      const server = get();
      if (!server) throw new Error('The server starts before the first test, not while tests are declared.');
      return server[name as keyof TestServer];
    },
  });
}

/** Pairs take long to make: two, one that signs and one that will, serve all servers of the process. */
const pairs: ReturnType<typeof generateSigningPair>[] = [];
let taken = 0;

function nextPair(): ReturnType<typeof generateSigningPair> {
  const turn = taken++ % 2;
  pairs[turn] ??= generateSigningPair();
  return pairs[turn];
}

async function startTestServer(
  place: Place,
  overrides: Partial<Config>,
): Promise<TestServer & { stop(): Promise<void> }> {
  const config: Config = { ...readConfig({}), httpPort: 0, httpsPort: 'off', dataDir: place.folder, ...overrides };
  const exercised = new Set<string>();
  let offset = 0;
  const app = await makeApp({
    config,
    database: place.database,
    masterKey: randomBytes(32),
    log: pino({ level: process.env.TEST_LOG ?? 'silent' }),
    clock: () => Date.now() + offset,
    exercised: (id) => exercised.add(id),
  });
  const address = await app.server.app.listen({ host: '127.0.0.1', port: 0 });
  const port = Number(new URL(address).port);
  const base = `http://localhost:${port}`;
  await provisionTenant(app.services, DEFAULT_TENANT, base, nextPair);
  knowAddresses(app, base, port, undefined);
  const setup = await ensureSetup(app.services);
  const { send, post, get } = requestsTo(base);
  const management = await managementOf(send, post, setup);
  return {
    engine: place.engine,
    base,
    issuer: `${base}/`,
    tenant: DEFAULT_TENANT,
    services: app.services,
    setup,
    get token() {
      return management.token();
    },
    advance(milliseconds: number) {
      offset += milliseconds;
      management.expire();
    },
    takeAway: () => takeAway(app.server.app.server, port),
    api: management.api,
    make: management.make,
    tokenWith: management.tokenWith,
    post,
    get,
    async stop() {
      await app.server.app.close();
      await app.jobs.stop();
      if (process.env.TEST_EXERCISED) appendFileSync(process.env.TEST_EXERCISED, `${[...exercised].join('\n')}\n`);
    },
  };
}

type Send = (method: string, path: string, init: RequestInit) => Promise<Answer>;

function requestsTo(base: string): { send: Send } & Pick<TestServer, 'post' | 'get'> {
  const send: Send = async (method, path, init) => {
    const response = await fetch(`${base}${path}`, { redirect: 'manual', ...init, method });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(response, text) };
  };
  return {
    send,
    post: (path, fields, { json = false, headers = {} } = {}) =>
      send('POST', path, {
        headers: { 'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded', ...headers },
        body: json ? JSON.stringify(fields) : new URLSearchParams(fields as Record<string, string>).toString(),
      }),
    get: (path, headers = {}) => send('GET', path, { headers }),
  };
}

/** The Management API with a token of the setup client, which is another one after `expire`. */
async function managementOf(send: Send, post: TestServer['post'], setup: SetupResult) {
  const tokenWith: TestServer['tokenWith'] = async (...scopes) => {
    const answer = await post('/oauth/token', {
      grant_type: 'client_credentials',
      client_id: setup.client_id,
      client_secret: setup.client_secret,
      audience: setup.management_audience,
      ...(scopes.length > 0 ? { scope: scopes.join(' ') } : {}),
    });
    if (answer.status !== 200) throw new Error(`No Management API token: ${answer.text}`);
    return answer.body.access_token;
  };
  let token = await tokenWith();
  let isExpired = false;
  const currentToken = async (): Promise<string> => {
    if (isExpired) token = await tokenWith();
    isExpired = false;
    return token;
  };
  const api: TestServer['api'] = async (method, path, body, as) => {
    const answer = await send(method, `/api/v2${path}`, {
      headers: {
        ...(as === null ? {} : { authorization: `Bearer ${as ?? (await currentToken())}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    checkAnswer(method, path, answer.status, answer.body);
    return answer;
  };
  const make: TestServer['make'] = async (method, path, body) => {
    const answer = await api(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
    return answer.body;
  };
  const expire = () => {
    isExpired = true;
  };
  return { token: () => token, expire, tokenWith, api, make };
}

async function takeAway(listener: Server, port: number): Promise<() => Promise<void>> {
  const closed = once(listener, 'close');
  listener.close();
  listener.closeAllConnections();
  await closed;
  return async () => {
    const listening = once(listener, 'listening');
    listener.listen(port, '127.0.0.1');
    await listening;
  };
}

function parsed(response: Response, text: string): unknown {
  if (!text || !response.headers.get('content-type')?.includes('json')) return undefined;
  return JSON.parse(text);
}
