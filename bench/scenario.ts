/** What a scenario is, and the two kinds that most of them are. */
import { cpuSeconds } from './cpu.ts';
import { type Connections, type LoadResult, runLoad } from './load.ts';
import type { RunningServer } from './server.ts';
import { signatureSeconds } from './signature.ts';
import { mean } from './statistics.ts';
import type { World } from './world.ts';

/** How much work to do. */
export type Effort = {
  readonly rounds: number;
  readonly durationMs: number;
  readonly warmUpMs: number;
  /** Requests of the memory scenario. */
  readonly memoryRequests: number;
};

export type Bench = {
  readonly server: RunningServer;
  readonly http: Connections;
  readonly world: World;
  readonly effort: Effort;
};

/** One round's outcome; `value` is in the unit of the scenario's budget. */
export type Measurement = { readonly value: number; readonly load: LoadResult };

export type Scenario = {
  readonly name: keyof typeof BUDGETS;
  /** What one operation is. */
  readonly operation: string;
  /** Measured once, whatever the number of rounds. */
  readonly once?: true;
  /** Makes what the scenario needs; answers the function that measures one round. */
  prepare(bench: Bench): Promise<() => Promise<Measurement>>;
};

export type Budget = { readonly limit: number; readonly is: 'most' | 'least'; readonly unit: string };

const cost = (limit: number): Budget => ({ limit, is: 'most', unit: 'S' });

/** What the project promises. `S` is the processor time of one RS256 signature, see `signature.ts`. */
export const BUDGETS = {
  client_credentials: cost(1.5),
  silent: cost(3.6),
  refresh: cost(3.0),
  userinfo: cost(0.4),
  jwks: cost(0.12),
  discovery: cost(0.12),
  get_user: cost(0.4),
  password: { limit: 0.9, is: 'least', unit: 'of the bare rate' },
  userinfo_while_hashing: { limit: 25, is: 'most', unit: 'ms (p99)' },
  memory: { limit: 5, is: 'most', unit: 'MB per 100,000 requests' },
} as const satisfies Record<string, Budget>;

/**
 * Busy clients: as many as it takes for the server to be the limit. With fewer, a good part of each round is spent
 * waiting for the next commit, and what requests share (a commit, a turn of the event loop) is shared by few.
 */
export const CONNECTIONS = 32;

/** A round of a cost scenario is measured in so many pieces, with the yardstick taken before, between and after them. */
const PIECES = 5;

/**
 * A scenario about what one operation costs the server in processor time, told in S. A shared machine changes its speed
 * within seconds, and with it both what is measured and the yardstick: taken in turns, they change together.
 */
export function costScenario(
  name: Scenario['name'],
  operation: string,
  prepare: (bench: Bench) => Promise<(loop: number) => Promise<unknown>>,
): Scenario {
  return {
    name,
    operation,
    async prepare(bench) {
      const { effort, server } = bench;
      const next = await prepare(bench);
      return async () => {
        const yardsticks: number[] = [];
        let used = 0;
        const load = await runLoad({
          connections: CONNECTIONS,
          durationMs: effort.durationMs,
          warmUpMs: effort.warmUpMs,
          pieces: PIECES,
          next,
          around: async (piece) => {
            if (yardsticks.length === 0) yardsticks.push(await signatureSeconds());
            const before = cpuSeconds(server.pid);
            await piece();
            used += cpuSeconds(server.pid) - before;
            yardsticks.push(await signatureSeconds());
          },
        });
        return { value: used / load.operations / mean(yardsticks), load };
      };
    },
  };
}
