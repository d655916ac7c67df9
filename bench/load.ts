/**
 * A closed-loop load generator: every connection asks, waits for the answer, asks again. It measures what a number of
 * busy clients see; it does not find the rate at which an open system collapses.
 *
 * Knows HTTP and time, nothing of what is asked.
 */
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Dispatcher, Pool } from 'undici';
import { percentile } from './statistics.ts';

export type LoadOptions = {
  /** Loops that run side by side; each is one connection if `next` uses one at a time. */
  readonly connections: number;
  /** How long to measure, in milliseconds. Loops finish the operation they are in. */
  readonly durationMs: number;
  /** How long to run before, without measuring. Default 0. */
  readonly warmUpMs?: number;
  /** How long a loop rests after each operation, in milliseconds, as a person does. Default 0. */
  readonly pauseMs?: number;
  /** Ends the measurement early, after so many operations. */
  readonly operations?: number;
  /** One operation of one loop; a rejection counts as an error. */
  readonly next: (loop: number) => Promise<unknown>;
  /** In how many pieces to measure, one after the other. Default 1. */
  readonly pieces?: number;
  /** Runs a piece, with what else is to be done before and after it. */
  readonly around?: (piece: () => Promise<void>) => Promise<void>;
};

/** Times in milliseconds. Operations that failed are counted in `errors` alone. */
export type LoadResult = {
  readonly operations: number;
  readonly errors: number;
  readonly firstError: unknown;
  readonly seconds: number;
  /** Operations a second. */
  readonly rate: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
};

/** After this many errors in a row a loop gives up: something is wrong that more load will not mend. */
const PATIENCE = 20;

export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const { warmUpMs = 0, durationMs, operations = Number.POSITIVE_INFINITY, pieces = 1 } = options;
  const { around = (piece) => piece() } = options;
  if (warmUpMs > 0) await loops(options, newTally(), warmUpMs, Number.POSITIVE_INFINITY);
  const tally = newTally();
  let seconds = 0;
  for (let piece = 0; piece < pieces; piece++) {
    await around(async () => {
      const started = performance.now();
      await loops(options, tally, durationMs / pieces, operations / pieces);
      seconds += (performance.now() - started) / 1000;
    });
  }
  const { times, errors, firstError } = tally;
  return {
    operations: times.length,
    errors,
    firstError,
    seconds,
    rate: times.length / seconds,
    p50: percentile(times, 50),
    p95: percentile(times, 95),
    p99: percentile(times, 99),
  };
}

/** What came of operations; `times` in milliseconds, of those that went well. */
type Tally = { readonly times: number[]; errors: number; firstError: unknown };

function newTally(): Tally {
  return { times: [], errors: 0, firstError: undefined };
}

async function loops(
  { connections, next, pauseMs = 0 }: LoadOptions,
  tally: Tally,
  durationMs: number,
  limit: number,
): Promise<void> {
  const deadline = performance.now() + durationMs;
  let begun = 0;
  const loop = async (index: number): Promise<void> => {
    for (let inARow = 0; performance.now() < deadline && begun < limit && inARow < PATIENCE; ) {
      begun += 1;
      const started = performance.now();
      try {
        await next(index);
        tally.times.push(performance.now() - started);
        inARow = 0;
      } catch (error) {
        tally.errors += 1;
        inARow += 1;
        tally.firstError ??= error;
      }
      if (pauseMs > 0) await sleep(pauseMs);
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, index) => loop(index)));
}

export type Answer = { readonly status: number; readonly headers: Record<string, string[]>; readonly text: string };
export type Ask = {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path and query. */
  readonly path: string;
  readonly headers?: Record<string, string>;
  /** A JSON value; or a form, when it is a `URLSearchParams`. */
  readonly body?: unknown;
};

export type Connections = {
  ask(request: Ask): Promise<Answer>;
  /** Asks, and takes the answer's JSON. @throws when the status is not 2xx. */
  json<T = Record<string, unknown>>(request: Ask): Promise<T>;
  close(): Promise<void>;
};

/** Keep-alive connections to one origin. Redirects are answers like any other. */
export function openConnections(origin: string, count: number): Connections {
  const pool = new Pool(origin, { connections: count, pipelining: 1, keepAliveTimeout: 60_000 });
  const ask = async ({ method = 'GET', path, headers = {}, body }: Ask): Promise<Answer> => {
    const answer = await pool.request({ method, path, ...contentOf(headers, body) });
    return { status: answer.statusCode, headers: listed(answer.headers), text: await answer.body.text() };
  };
  return {
    ask,
    async json<T>(request: Ask) {
      const { status, text } = await ask(request);
      if (status < 200 || status > 299) {
        throw new Error(`${request.method ?? 'GET'} ${request.path.split('?')[0]}: ${status} ${text.slice(0, 300)}`);
      }
      return (text === '' ? undefined : JSON.parse(text)) as T;
    },
    close: () => pool.close(),
  };
}

function contentOf(headers: Record<string, string>, body: unknown) {
  if (body === undefined) return { headers };
  const form = body instanceof URLSearchParams;
  const type = form ? 'application/x-www-form-urlencoded' : 'application/json';
  return { headers: { ...headers, 'content-type': type }, body: form ? body.toString() : JSON.stringify(body) };
}

function listed(headers: Dispatcher.ResponseData['headers']): Record<string, string[]> {
  const entries = Object.entries(headers).map(([name, value]) => [name, [value ?? []].flat()]);
  return Object.fromEntries(entries);
}
