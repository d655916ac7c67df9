import { residentBytes } from '../cpu.ts';
import { runLoad } from '../load.ts';
import { CONNECTIONS, type Scenario } from '../scenario.ts';
import { median, slope } from '../statistics.ts';
import { pick, signIn } from '../world.ts';

const SAMPLES = 40;
/**
 * How often it is measured, after as many requests again in which caches and heaps find their size. The median counts:
 * the engine gives memory of its young objects back when it has nothing to do, and takes it again some time later. That
 * step is in one of the measurements; a leak is in all.
 */
const MEASUREMENTS = 3;

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
      const slopes: number[] = [];
      let asked = 0;
      let samples: { x: number; y: number }[] = [];
      const load = await runLoad({
        connections: CONNECTIONS,
        durationMs: 3_600_000,
        operations: total * (1 + MEASUREMENTS),
        pieces: 1 + MEASUREMENTS,
        next: () => {
          if (asked % (total / SAMPLES) === 0) samples.push({ x: asked, y: residentBytes(server.pid) / 1e6 });
          return kinds[asked++ % kinds.length]!();
        },
        around: async (piece) => {
          samples = [];
          await piece();
          console.log(
            `  resident memory: ${samples[0]!.y.toFixed(0)} MB, ${samples.at(-1)!.y.toFixed(0)} MB after ${total} requests`,
          );
          slopes.push(slope(samples) * 100_000);
        },
      });
      return { value: median(slopes.slice(1)), load };
    };
  },
};
