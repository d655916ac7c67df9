/** Failed logins take the same time whatever the hash. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { hash as bcrypt } from '@node-rs/bcrypt';
import { setPassword } from '../../api/users/store.ts';
import { makeClient, makeUser } from '../../oidc/testing.ts';
import { onEveryServer } from '../../testing.ts';
import { makeEvenTime } from './even-time.ts';

const HOUR = 3_600_000;

test('who was quick waits as long as a slow one took, one of the slowest by chance', () => {
  let chance = 0;
  const even = makeEvenTime(() => chance);
  assert.equal(even.wait('a', 10, 0), 0);
  even.note('a', 100, 0);
  even.note('a', 90, 1);
  even.note('a', 40, 2);
  assert.equal(even.wait('a', 10, 3), 90);
  chance = 0.99;
  assert.equal(even.wait('a', 10, 3), 80);
  assert.equal(even.wait('a', 95, 3), 0);
  assert.equal(even.wait('b', 10, 3), 0);
});

test('what was slow long ago is forgotten', () => {
  const even = makeEvenTime();
  even.note('a', 100, 0);
  assert.equal(even.wait('a', 10, HOUR - 1), 90);
  assert.equal(even.wait('a', 10, HOUR), 0);
  for (let n = 0; n < 100; n++) even.note('a', 20, HOUR + n);
  assert.equal(even.wait('a', 10, HOUR + 100), 10);
});

onEveryServer('Failed logins', (server) => {
  const GRANT = 'http://auth0.com/oauth/grant-type/password-realm';
  // biome-ignore lint/suspicious/noExplicitAny: a client as the API answers it
  let client: any;

  before(async () => {
    client = await makeClient(server, { grant_types: [GRANT] });
    const email = (name: string) => ({ email: `${name}@example.com` });
    await makeUser(server, email('own'));
    const { user_id } = await makeUser(server, email('imported'));
    const hash = await bcrypt('Nine-lives 4 cats', { cost: 12 });
    const now = server.services.clock();
    await server.services.database.write((sql) => setPassword(sql, server.tenant, user_id, hash, { now, keep: 0 }));
  });

  async function timeOfFailure(name: string): Promise<number> {
    const { client_id, client_secret } = client;
    const who = { username: `${name}@example.com`, password: 'wrong', realm: 'Username-Password-Authentication' };
    const times: number[] = [];
    for (let n = 0; n < 3; n++) {
      const began = performance.now();
      const answer = await server.post('/oauth/token', { grant_type: GRANT, client_id, client_secret, ...who });
      times.push(performance.now() - began);
      assert.equal(answer.body.error, 'invalid_grant');
    }
    return Math.min(...times);
  }

  test('nobody, a user with our hash and one with a slow hash from elsewhere are not told apart by the clock', async () => {
    const imported = await timeOfFailure('imported');
    for (const name of ['own', 'nobody']) {
      const took = await timeOfFailure(name);
      assert.ok(took > imported / 2, `${name} ${took} ms, imported ${imported} ms`);
    }
  });
});
