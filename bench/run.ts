/**
 * Measures the server against its budgets: `npm run bench [-- --only NAME …] [-- --quick]`.
 *
 * Scenarios take turns over several rounds, so that a slow minute of the machine touches them all; the median of the
 * rounds counts. A whole run is recorded in `results.md`. Ends with code 1 when a budget is broken or anything failed.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openConnections } from './load.ts';
import { type Line, resultsPage, table } from './report.ts';
import { type Bench, BUDGETS, CONNECTIONS, type Effort, type Measurement, type Scenario } from './scenario.ts';
import { clientCredentials } from './scenarios/client-credentials.ts';
import { memory } from './scenarios/memory.ts';
import { password, userinfoWhileHashing } from './scenarios/passwords.ts';
import { discovery, getUser, jwks, userinfo } from './scenarios/reads.ts';
import { refresh } from './scenarios/refresh.ts';
import { silent } from './scenarios/silent.ts';
import { startServer } from './server.ts';
import { signatureSeconds } from './signature.ts';
import { median } from './statistics.ts';
import { makeWorld } from './world.ts';

const scenarios: readonly Scenario[] = [
  clientCredentials,
  silent,
  refresh,
  userinfo,
  jwks,
  discovery,
  getUser,
  password,
  userinfoWhileHashing,
  memory,
];

// Before each round the engine compiles what a server that runs for hours has compiled long ago.
const FULL: Effort = { rounds: 5, durationMs: 4000, warmUpMs: 3000, memoryRequests: 200_000 };
const QUICK: Effort = { rounds: 1, durationMs: 3000, warmUpMs: 3000, memoryRequests: 20_000 };

const { values: options } = parseArgs({
  options: { only: { type: 'string', multiple: true }, quick: { type: 'boolean' } },
});
const chosen = scenarios.filter(({ name }) => options.only?.includes(name) ?? true);
const unknown = options.only?.filter((name) => !scenarios.some((scenario) => scenario.name === name)) ?? [];
if (unknown.length > 0) {
  console.error(`There is no scenario ${unknown.join(', ')}. There are: ${Object.keys(BUDGETS).join(', ')}.`);
  process.exit(2);
}

const lines = await measure(options.quick ? QUICK : FULL);
const s = await signatureSeconds();
console.log(`\n${table(lines)}\nS = ${(s * 1e6).toFixed(0)} µs of processor time for one RS256 signature.`);
if (!options.quick && !options.only) writeFileSync(join(import.meta.dirname, 'results.md'), resultsPage(lines, s));
process.exitCode = lines.every(({ passed }) => passed) ? 0 : 1;

async function measure(effort: Effort): Promise<Line[]> {
  const server = await startServer();
  const http = openConnections(server.origin, CONNECTIONS + 8);
  try {
    const bench: Bench = { server, http, effort, world: await makeWorld(http, server.setup, CONNECTIONS) };
    const taken = new Map<Scenario, Measurement[]>(chosen.map((scenario) => [scenario, []]));
    const runs = new Map<Scenario, () => Promise<Measurement>>();
    for (let round = 1; round <= effort.rounds; round++) {
      for (const scenario of chosen) {
        if (scenario.once && round > 1) continue;
        if (!runs.has(scenario)) runs.set(scenario, await scenario.prepare(bench));
        const measurement = await runs.get(scenario)!();
        taken.get(scenario)!.push(measurement);
        tell(round, scenario, measurement);
      }
    }
    return [...taken].map(([scenario, measurements]) => summary(scenario, measurements));
  } finally {
    await http.close();
    await server.stop();
  }
}

function tell(round: number, { name }: Scenario, { value, load }: Measurement): void {
  const rate = `${load.rate.toFixed(0)}/s`;
  console.log(`round ${round}  ${name.padEnd(24)} ${value.toFixed(3).padStart(8)} ${BUDGETS[name].unit}  (${rate})`);
  if (load.errors > 0) console.error(`  ${load.errors} operations failed, the first one with:`, load.firstError);
}

/** The medians of a scenario's rounds. An operation that failed breaks the budget whatever the rest says. */
function summary({ name, operation }: Scenario, measurements: readonly Measurement[]): Line {
  const of = (pick: (measurement: Measurement) => number) => median(measurements.map(pick));
  const value = of((measurement) => measurement.value);
  const errors = measurements.reduce((sum, { load }) => sum + load.errors, 0);
  const { limit, is } = BUDGETS[name];
  const within = is === 'most' ? value <= limit : value >= limit;
  return {
    name,
    operation,
    value,
    budget: BUDGETS[name],
    rate: of(({ load }) => load.rate),
    p50: of(({ load }) => load.p50),
    p95: of(({ load }) => load.p95),
    p99: of(({ load }) => load.p99),
    errors,
    passed: within && errors === 0,
  };
}
