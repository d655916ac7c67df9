/** Password logins: hashing is most of their work and must neither be slowed down nor stand in the way of the rest. */
import { type Algorithm, hash, verify } from '@node-rs/argon2';
import { runLoad } from '../load.ts';
import { type Bench, CONNECTIONS, type Scenario } from '../scenario.ts';
import { PASSWORD_REALM, pick, signIn } from '../world.ts';

/** `Algorithm.Argon2id`: the package declares its enum for types only. */
const ARGON2ID = 2 as Algorithm;
/** The parameters that the server hashes with (OWASP's recommendation for Argon2id). */
const PARAMETERS = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** One login with the password-realm grant, by the users in turn. */
function passwordLogin({ http, world }: Bench): (loop: number) => Promise<unknown> {
  return (loop) => {
    const { email, password } = world.users[loop % world.users.length]!;
    const login = { username: email, password, realm: world.connection, scope: 'openid' };
    const body = { grant_type: PASSWORD_REALM, ...pick(world.web), ...login };
    return http.json({ method: 'POST', path: '/oauth/token', body });
  };
}

export const password: Scenario = {
  name: 'password',
  operation: 'password login, against bare Argon2id verifications on the same machine',
  async prepare(bench) {
    const { durationMs, warmUpMs } = bench.effort;
    const stored = await hash('correct horse', PARAMETERS);
    const login = passwordLogin(bench);
    return async () => {
      const measure = (time: number, next: (loop: number) => Promise<unknown>) =>
        runLoad({ connections: CONNECTIONS, durationMs: time, warmUpMs, next });
      const bare = () => measure(durationMs / 2, () => verify(stored, 'correct horse'));
      // Before and after, so that a machine that gets slower or faster meanwhile favours neither.
      const before = await bare();
      const load = await measure(durationMs, login);
      const after = await bare();
      return { value: load.rate / ((before.rate + after.rate) / 2), load };
    };
  },
};

/** Between two requests of one client, in milliseconds: the delay is measured, not how much fits in. */
const PAUSE = 5;

export const userinfoWhileHashing: Scenario = {
  name: 'userinfo_while_hashing',
  operation: 'GET /userinfo while four clients log in with passwords without a pause',
  async prepare(bench) {
    const { http, world, effort } = bench;
    const { tokens } = await signIn(http, world, world.users[0]!);
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    const login = passwordLogin(bench);
    return async () => {
      const { durationMs, warmUpMs } = effort;
      let measuring = true;
      const hashing = Promise.all(
        Array.from({ length: 4 }, async (_, loop) => {
          while (measuring) await login(loop);
        }),
      );
      try {
        const load = await runLoad({
          connections: 2,
          durationMs,
          warmUpMs,
          next: () => http.json({ path: '/userinfo', headers }),
          pauseMs: PAUSE,
        });
        return { value: load.p99, load };
      } finally {
        measuring = false;
        await hashing;
      }
    };
  },
};
