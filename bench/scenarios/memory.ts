import { residentBytes } from '../cpu.ts';
import { runLoad } from '../load.ts';
import { CONNECTIONS, type Scenario } from '../scenario.ts';
import { slope } from '../statistics.ts';
import { pick, signIn } from '../world.ts';

const SAMPLES = 40;
/**
 * Requests before the first sample, for each one that is measured: until then caches and the heaps of engine and C library
 * find their size, all the more when the server was nearly idle before and had given memory back.
 */
const SETTLING = 1.5;

/** Memory stays flat: the growth over many requests of a server that has been busy for a while. */
export const memory: Scenario = {
  name: 'memory',
  operation: 'memory over many requests of several kinds, one in ten of them a token',
  once: true,
  async prepare({ http, world, server, effort }) {
    const { tokens } = await signIn(http, world, world.users[0]!);
    const bearer = { authorization: `Bearer ${tokens.access_token}` };
    const manager = { authorization: `Bearer ${world.managementToken}` };
    const body = { grant_type: 'client_credentials', ...pick(world.machine), audience: world.audience };
    const user = `/api/v2/users/${encodeURIComponent(world.users[0]!.user_id)}`;
    const kinds = [
      () => http.json({ method: 'POST', path: '/oauth/token', body }),
      ...Array.from({ length: 5 }, () => () => http.json({ path: '/userinfo', headers: bearer })),
      ...Array.from({ length: 2 }, () => () => http.json({ path: '/.well-known/jwks.json' })),
      () => http.json({ path: '/.well-known/openid-configuration' }),
      () => http.json({ path: user, headers: manager }),
    ];
    return async () => {
      const total = effort.memoryRequests;
      const samples: { x: number; y: number }[] = [];
      let asked = 0;
      const ask = (operations: number, before: () => void) =>
        runLoad({
          connections: CONNECTIONS,
          durationMs: 3_600_000,
          operations,
          next: () => {
            before();
            return kinds[asked++ % kinds.length]!();
          },
        });
      await ask(total * SETTLING, () => {});
      asked = 0;
      const load = await ask(total, () => {
        if (asked % (total / SAMPLES) === 0) samples.push({ x: asked, y: residentBytes(server.pid) / 1e6 });
      });
      const [first, last] = [samples[0]!.y, samples.at(-1)!.y];
      console.log(`  resident memory: ${first.toFixed(0)} MB at first, ${last.toFixed(0)} MB after ${total} requests`);
      return { value: slope(samples) * 100_000, load };
    };
  },
};
