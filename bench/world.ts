/** What the scenarios work on: an API, clients, users, made through the Management API; and how to sign in. */
import { createHash, randomBytes } from 'node:crypto';
import type { Answer, Connections } from './load.ts';
import type { Setup } from './server.ts';

const CONNECTION = 'Username-Password-Authentication';
export const PASSWORD_REALM = 'http://auth0.com/oauth/grant-type/password-realm';
/** Not on localhost, where consent is always asked for. Nothing is ever sent there. */
const CALLBACK = 'https://app.example.com/callback';

export type Credentials = { readonly client_id: string; readonly client_secret: string };
export type User = { readonly user_id: string; readonly email: string; readonly password: string };

export type World = {
  readonly connection: string;
  readonly callback: string;
  /** The identifier of an API whose access tokens are JWTs. */
  readonly audience: string;
  /** Has the client credentials grant for the API. */
  readonly machine: Credentials;
  /** A web application with rotating refresh tokens. */
  readonly web: Credentials;
  readonly users: readonly User[];
  /** An access token for the Management API. */
  readonly managementToken: string;
};

/** @param count of users */
export async function makeWorld(http: Connections, setup: Setup, count: number): Promise<World> {
  const token = await http.json<{ access_token: string }>({
    method: 'POST',
    path: '/oauth/token',
    body: {
      grant_type: 'client_credentials',
      client_id: setup.client_id,
      client_secret: setup.client_secret,
      audience: setup.management_audience,
    },
  });
  const headers = { authorization: `Bearer ${token.access_token}` };
  const create = <T>(path: string, body: unknown) =>
    http.json<T>({ method: 'POST', path: `/api/v2/${path}`, headers, body });

  const audience = 'https://bench.example.com/api';
  await create('resource-servers', {
    name: 'Bench API',
    identifier: audience,
    signing_alg: 'RS256',
    scopes: [{ value: 'read:things', description: 'Read things' }],
    allow_offline_access: true,
    skip_consent_for_verifiable_first_party_clients: true,
  });
  const common = { oidc_conformant: true, jwt_configuration: { alg: 'RS256' } };
  const machine = await create<Credentials>('clients', {
    ...common,
    name: 'Bench machine',
    app_type: 'non_interactive',
    grant_types: ['client_credentials'],
    token_endpoint_auth_method: 'client_secret_post',
  });
  await create('client-grants', { client_id: machine.client_id, audience, scope: ['read:things'] });
  const web = await create<Credentials>('clients', {
    ...common,
    name: 'Bench web application',
    app_type: 'regular_web',
    callbacks: [CALLBACK],
    grant_types: ['authorization_code', 'refresh_token', 'password', PASSWORD_REALM],
    token_endpoint_auth_method: 'client_secret_post',
    refresh_token: { rotation_type: 'rotating', expiration_type: 'expiring', token_lifetime: 86_400, leeway: 0 },
  });
  await enable(http, headers, web.client_id);
  const users: User[] = [];
  for (let i = 0; i < count; i++) {
    // Letters of both cases and a digit, whatever the random part holds: the password policy asks for them.
    const password = `Aa1-${randomBytes(12).toString('base64url')}`;
    const user = { email: `user${i}@bench.example.com`, password };
    const body = { connection: CONNECTION, ...user, email_verified: true };
    users.push({ ...user, ...(await create<{ user_id: string }>('users', body)) });
  }
  const managementToken = token.access_token;
  return { connection: CONNECTION, callback: CALLBACK, audience, machine, web, users, managementToken };
}

/** Lets the client's users come from the database connection. */
async function enable(http: Connections, headers: Record<string, string>, clientId: string): Promise<void> {
  const path = '/api/v2/connections';
  const [connection] = await http.json<{ id: string }[]>({ path: `${path}?name=${CONNECTION}`, headers });
  const body = [{ client_id: clientId, status: true }];
  await http.json({ method: 'PATCH', path: `${path}/${connection!.id}/clients`, headers, body });
}

/** A browser: the cookies it was given. `Secure` is ignored, because the server is measured without TLS. */
export type Browser = { readonly cookies: Map<string, string> };

/** Asks as a browser with these cookies does, and keeps the ones it is given. */
export async function browse(
  http: Connections,
  browser: Browser,
  path: string,
  form?: URLSearchParams,
): Promise<Answer> {
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const headers: Record<string, string> = cookie === '' ? {} : { cookie };
  const answer = await http.ask(form ? { method: 'POST', path, headers, body: form } : { path, headers });
  for (const line of answer.headers['set-cookie'] ?? []) keepCookie(browser, line);
  return answer;
}

function keepCookie(browser: Browser, line: string): void {
  const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
  const expires = /;\s*expires=([^;]+)/i.exec(line)?.[1];
  const gone = /;\s*max-age=0*(;|$)/i.test(line) || (expires !== undefined && Date.parse(expires) <= Date.now());
  if (gone) browser.cookies.delete(name);
  else browser.cookies.set(name, value);
}

/** An authorization request with PKCE (RFC 7636 §4) and the verifier that belongs to it. */
export function authorizationRequest(world: World, extra: Record<string, string> = {}) {
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: world.web.client_id,
    response_type: 'code',
    redirect_uri: world.callback,
    audience: world.audience,
    scope: 'openid profile email',
    state: randomBytes(12).toString('base64url'),
    nonce: randomBytes(12).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...extra,
  });
  return { path: `/authorize?${query}`, verifier };
}

/** The code in the redirect to the application. @throws when the answer is anything else. */
export function codeFrom(world: World, answer: Answer): string {
  const location = answer.headers.location?.[0] ?? '';
  const code = location.startsWith(world.callback) ? new URL(location).searchParams.get('code') : null;
  if (!code) throw new Error(`No code: ${answer.status} ${location} ${answer.text.slice(0, 200)}`);
  return code;
}

export type Tokens = { access_token: string; id_token: string; refresh_token?: string };

export function exchangeCode(http: Connections, world: World, code: string, verifier: string): Promise<Tokens> {
  const body = {
    grant_type: 'authorization_code',
    ...pick(world.web),
    code,
    redirect_uri: world.callback,
    code_verifier: verifier,
  };
  return http.json<Tokens>({ method: 'POST', path: '/oauth/token', body });
}

/** The members that authenticate a client at the token endpoint. */
export function pick({ client_id, client_secret }: Credentials): Credentials {
  return { client_id, client_secret };
}

/** Signs a user in through the hosted page, as a person would. Answers the browser with its session, and the tokens. */
export async function signIn(http: Connections, world: World, user: User, scope = 'openid profile email') {
  const browser: Browser = { cookies: new Map() };
  const { path, verifier } = authorizationRequest(world, { scope });
  let answer = await browse(http, browser, path);
  for (let step = 0; step < 10; step++) {
    const location = answer.headers.location?.[0];
    if (location?.startsWith(world.callback)) break;
    if (location) answer = await browse(http, browser, pathOf(location, world));
    else answer = await browse(http, browser, actionOf(answer.text), filledForm(answer, user));
  }
  const tokens = await exchangeCode(http, world, codeFrom(world, answer), verifier);
  return { browser, tokens };
}

function pathOf(location: string, world: World): string {
  const url = new URL(location, world.callback);
  return url.pathname + url.search;
}

function actionOf(page: string): string {
  const action = /<form[^>]*\saction="([^"]*)"/.exec(page)?.[1] ?? '';
  const url = new URL(unescapeHtml(action), 'http://localhost/u/login');
  return url.pathname + url.search;
}

/** The page's own hidden values, and what the person types. */
function filledForm(answer: Answer, user: User): URLSearchParams {
  const form = new URLSearchParams();
  for (const [input] of answer.text.matchAll(/<input[^>]*>/g)) {
    const attribute = (name: string) => unescapeHtml(new RegExp(`\\s${name}="([^"]*)"`).exec(input)?.[1] ?? '');
    if (attribute('type') === 'hidden') form.set(attribute('name'), attribute('value'));
  }
  if (!form.has('_csrf')) throw new Error(`No log-in form: ${answer.status} ${answer.text.slice(0, 300)}`);
  form.set('username', user.email);
  form.set('password', user.password);
  return form;
}

function unescapeHtml(text: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#34': '"', '#x27': "'" };
  return text.replace(/&(#?\w+);/g, (whole, name: string) => named[name] ?? whole);
}
