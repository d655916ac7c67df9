/** A browser without scripts for protocol tests: cookies, forms, and the walk from /authorize to a code. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../storage/database.ts';
import type { Answer, TestServer } from '../testing.ts';

export type TestBrowser = {
  get(path: string): Promise<Answer>;
  /** Posts the form of a page: its hidden values, and the fields that are given. */
  submit(page: Answer, fields: Record<string, string>): Promise<Answer>;
  post(path: string, fields: Record<string, string>): Promise<Answer>;
  /** Signs in on the hosted page if it is shown, allows what is asked; answers the redirect to the application. */
  authorize(params: Record<string, string>, user?: { email: string; password: string }): Promise<URL>;
};

export const USER = { email: 'grace@example.com', password: 'Nine-lives 4 cats' };

export function makeBrowser(server: TestServer): TestBrowser {
  const cookies = new Map<string, string>();
  const keep = (answer: Answer): Answer => {
    for (const line of answer.headers.getSetCookie()) {
      const [name, value] = line.split(';')[0]!.split('=') as [string, string];
      if (line.includes('Max-Age=0')) cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  const header = () => ({ cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') });
  const browser: TestBrowser = {
    get: async (path) => keep(await server.get(path.replace(server.base, ''), header())),
    post: async (path, fields) => keep(await server.post(path, fields, { headers: header() })),
    submit: (page, fields) => {
      const action = /<form method="post" action="([^"]+)"/.exec(page.text)?.[1];
      assert.ok(action, `no form in ${page.status} ${page.text.slice(0, 300)}`);
      return browser.post(action, { ...hiddenFields(page), ...fields });
    },
    async authorize(params, user = USER) {
      let answer = await browser.get(`/authorize?${new URLSearchParams(params)}`);
      for (let steps = 0; steps < 10; steps++) {
        const location = answer.headers.get('location');
        if (location && !location.startsWith('/')) return new URL(location);
        if (location) answer = await browser.get(location);
        else if (answer.text.includes('value="allow"')) answer = await browser.submit(answer, { decision: 'allow' });
        else if (answer.status === 200)
          answer = await browser.submit(answer, { username: user.email, password: user.password });
        else throw new Error(`The login stopped at ${answer.status}: ${answer.text.slice(0, 2000)}`);
      }
      throw new Error('The login goes round in circles.');
    },
  };
  return browser;
}

/** Does something once, after what the next unit of work is about was looked at and before it runs. */
export function beforeNextUnit(server: TestServer, act: () => Promise<unknown>): void {
  const database = server.services.database as { write: Database['write'] };
  const { write } = database;
  database.write = async (unit) => {
    database.write = write;
    await act();
    return write(unit);
  };
}

export function hiddenFields(page: Answer): Record<string, string> {
  const inputs = page.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g);
  return Object.fromEntries([...inputs].map(([, name, value]) => [name!, value!.replaceAll('&amp;', '&')]));
}

/** RFC 7636 §4.2. */
export function pkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

export const CALLBACK = 'https://app.example.com/callback';

/** A client whose users may come from the default connection. */
// biome-ignore lint/suspicious/noExplicitAny: a client as the API answers it
export async function makeClient(server: TestServer, body: Record<string, unknown> = {}): Promise<any> {
  const client = await server.make('POST', '/clients', {
    name: 'Test application',
    app_type: 'regular_web',
    callbacks: [CALLBACK],
    grant_types: ['authorization_code', 'refresh_token'],
    ...body,
  });
  const [connection] = await server.make('GET', '/connections?strategy=auth0');
  const enabled = [{ client_id: client.client_id, status: true }];
  await server.make('PATCH', `/connections/${connection.id}/clients`, enabled);
  return client;
}

/** The user that `authorize` signs in as. */
export async function makeUser(server: TestServer, user: Record<string, unknown> = {}) {
  const connection = 'Username-Password-Authentication';
  return server.make('POST', '/users', { connection, ...USER, ...user });
}

/** A token of an administrator for the Management API, as the dashboard gets one: through its client, by the login page. */
export async function dashboardToken(server: TestServer, user?: { email: string; password: string }): Promise<string> {
  const { settings } = await server.services.configurations.of(server.tenant);
  const client_id = String(settings.dashboard_client_id);
  const redirect_uri = `${server.issuer}dashboard/callback`;
  const { verifier, challenge } = pkce();
  const request = {
    client_id,
    redirect_uri,
    response_type: 'code',
    audience: server.setup.management_audience,
    scope: 'openid',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  };
  const code = (await makeBrowser(server).authorize(request, user)).searchParams.get('code')!;
  const grant = { grant_type: 'authorization_code', client_id, redirect_uri, code };
  return (await server.post('/oauth/token', { ...grant, code_verifier: verifier })).body.access_token;
}
