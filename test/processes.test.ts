/**
 * Attack protection and refresh tokens over several processes. On PostgreSQL three of them share a database; on SQLite
 * there is one, which is stopped and started again. Each is a process of its own: what one knows in memory, no other does.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { readConfig } from '../server/config.ts';
import { start } from '../server/main.ts';
import { type SetupResult, setup } from '../server/setup.ts';
import { onEveryEngine, type Place } from '../server/storage/testing.ts';

const PASSWORD = 'Nine-lives 4 cats';
const REALM = 'Username-Password-Authentication';
const GRANT = 'http://auth0.com/oauth/grant-type/password-realm';

if (process.argv[2] === 'serve') {
  const running = await start(readConfig(process.env), () => {});
  process.send!({ port: running.httpPort });
  process.once('disconnect', () => running.stop().then(() => process.exit(0)));
} else {
  onEveryEngine('Processes that share a database', suite);
}

type Node = { readonly base: string; stop(): Promise<void> };

async function startNode(env: NodeJS.ProcessEnv): Promise<Node> {
  const child: ChildProcess = spawn(process.execPath, [import.meta.filename, 'serve'], {
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const [{ port }] = (await Promise.race([
    once(child, 'message'),
    ended.then(() => Promise.reject(new Error('The process ended at its start.'))),
  ])) as [{ port: number }];
  return {
    base: `http://localhost:${port}`,
    async stop() {
      child.disconnect();
      await ended;
    },
  };
}

function suite(place: Place) {
  const nodes: Node[] = [];
  let env: NodeJS.ProcessEnv;
  let admin: SetupResult;
  // biome-ignore lint/suspicious/noExplicitAny: a client as the API answers it
  let client: any;

  const post = async (base: string, path: string, body: object, headers: Record<string, string> = {}) => {
    const init = { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(base + path, { ...init, headers: { 'content-type': 'application/json', ...headers } });
    // biome-ignore lint/suspicious/noExplicitAny: answers of any shape
    return { status: answer.status, body: (await answer.json()) as any };
  };
  const manage = async (method: string, path: string, body?: object) => {
    const { client_id, client_secret, management_audience: audience } = admin;
    const grant = { grant_type: 'client_credentials', client_id, client_secret, audience };
    const token = (await post(nodes[0]!.base, '/oauth/token', grant)).body.access_token;
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await fetch(`${nodes[0]!.base}/api/v2${path}`, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    // biome-ignore lint/suspicious/noExplicitAny: answers of any shape
    return answer.status === 204 ? undefined : ((await answer.json()) as any);
  };
  const logIn = (base: string, username: string, password: string, ip: string, more = {}) => {
    const { client_id, client_secret } = client;
    const body = { grant_type: GRANT, realm: REALM, client_id, client_secret, username, password, ...more };
    return post(base, '/oauth/token', body, { 'auth0-forwarded-for': ip });
  };
  /** What was changed last is unknown to the other processes for a moment. */
  const believed = () => new Promise((resolve) => setTimeout(resolve, 1500));
  /** All at once, spread over the processes. Answers how many got which error. */
  async function burst(count: number, attempt: (base: string, n: number) => ReturnType<typeof logIn>) {
    const tries = Array.from({ length: count }, (_, n) => attempt(nodes[n % nodes.length]!.base, n));
    const outcomes = (await Promise.all(tries)).map(({ body }) => body.error ?? 'signed in');
    return (outcome: string) => outcomes.filter((one) => one === outcome).length;
  }

  before(async () => {
    env = {
      ...process.env,
      DATABASE_URL: place.databaseUrl ?? '',
      LATCHKEY_DATA_DIR: place.folder,
      LATCHKEY_MASTER_KEY: randomBytes(32).toString('base64'),
      LATCHKEY_HTTP_PORT: '0',
      LATCHKEY_HTTPS_PORT: 'off',
      LATCHKEY_LOG_LEVEL: 'silent',
    };
    for (let n = 0; n < (place.engine === 'postgres' ? 3 : 1); n++) nodes.push(await startNode(env));
    admin = await setup(readConfig(env));
    client = await manage('POST', '/clients', {
      name: 'Tries passwords',
      app_type: 'regular_web',
      grant_types: [GRANT, 'refresh_token'],
      is_token_endpoint_ip_header_trusted: true,
    });
    const [connection] = await manage('GET', '/connections?strategy=auth0');
    await manage('PATCH', `/connections/${connection.id}/clients`, [{ client_id: client.client_id, status: true }]);
    await manage('PATCH', '/attack-protection/brute-force-protection', { max_attempts: 5 });
    await manage('PATCH', '/attack-protection/suspicious-ip-throttling', {
      stage: { 'pre-login': { max_attempts: 7, rate: 864_000 } },
    });
    for (const name of ['burst', 'shared', 'kept', 'neighbour'])
      await manage('POST', '/users', { connection: REALM, email: `${name}@example.com`, password: PASSWORD });
    await believed();
  });
  after(() => Promise.all(nodes.map((node) => node.stop())));

  test('guesses at one account that are sent to all at once are no more than one after another', async () => {
    const told = await burst(60, (base) => logIn(base, 'burst@example.com', 'wrong', '203.0.113.1'));
    assert.deepEqual([told('invalid_grant'), told('too_many_attempts')], [5, 55]);
    for (const { base } of nodes)
      assert.equal((await logIn(base, 'burst@example.com', PASSWORD, '203.0.113.1')).status, 429);
  });

  test('right passwords of one account all pass', async () => {
    const told = await burst(30, (base) => logIn(base, 'shared@example.com', PASSWORD, '203.0.113.2'));
    assert.equal(told('signed in'), 30);
  });

  test('an address that tries many accounts at once gets no more attempts than one after another', async () => {
    const told = await burst(60, (base, n) => logIn(base, `stranger-${n}@example.com`, 'wrong', '203.0.113.3'));
    assert.deepEqual([told('invalid_grant'), told('too_many_attempts')], [7, 53]);
    for (const { base } of nodes)
      assert.equal((await logIn(base, 'neighbour@example.com', PASSWORD, '203.0.113.3')).status, 429);
  });

  test('of uses of one refresh token on all processes at once one wins, or all get the same within the leeway', async () => {
    const { client_id, client_secret } = client;
    const refresh = (base: string, refresh_token: string) =>
      post(base, '/oauth/token', { grant_type: 'refresh_token', client_id, client_secret, refresh_token });
    for (const [leeway, winners] of [
      [0, 1],
      [10, 30],
    ] as const) {
      await manage('PATCH', `/clients/${client_id}`, {
        refresh_token: { rotation_type: 'rotating', expiration_type: 'expiring', token_lifetime: 3600, leeway },
      });
      await believed();
      const scope = 'openid offline_access';
      const first = await logIn(nodes[0]!.base, 'shared@example.com', PASSWORD, '203.0.113.6', { scope });
      const uses = Array.from({ length: 30 }, (_, n) =>
        refresh(nodes[n % nodes.length]!.base, first.body.refresh_token),
      );
      const won = (await Promise.all(uses)).filter(({ status }) => status === 200);
      assert.equal(won.length, winners);
      assert.equal(new Set(won.map(({ body }) => body.refresh_token)).size, 1);
      // Without a leeway every other use shows theft, and what the winner got is worth nothing.
      for (const { base } of nodes) {
        const again = await refresh(base, won[0]!.body.refresh_token);
        assert.equal(again.status, leeway === 0 ? 403 : 200);
      }
    }
  });

  test('a block holds after a restart', async () => {
    for (let n = 0; n < 5; n++) await logIn(nodes[0]!.base, 'kept@example.com', 'wrong', '203.0.113.4');
    await nodes[0]!.stop();
    nodes[0] = await startNode(env);
    const refused = await logIn(nodes[0].base, 'kept@example.com', PASSWORD, '203.0.113.4');
    assert.deepEqual([refused.status, refused.body.error], [429, 'too_many_attempts']);
    assert.equal((await logIn(nodes[0].base, 'kept@example.com', PASSWORD, '203.0.113.5')).status, 200);
  });
}
