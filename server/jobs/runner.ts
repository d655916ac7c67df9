/**
 * Background work of one process: jobs that run at intervals or when nudged, one run of a job at a time.
 *
 * This folder owns when things run. What a job does is the job's: it must be safe to repeat, and safe beside the same
 * job of another node, because nothing here coordinates nodes and no run is remembered over a restart.
 */
import type { FastifyBaseLogger } from 'fastify';

export type Job = {
  readonly name: string;
  /** The pause between the end of one run and the start of the next, in milliseconds. */
  readonly every: number;
  run(): Promise<unknown>;
};

export type Jobs = {
  /** Every job first runs after its own interval, or when nudged. */
  start(): void;
  /** Starts no further run and waits for those that are under way. */
  stop(): Promise<void>;
  /** Runs a job soon: at once, or once more after the run under way, which may have missed what was just written. */
  nudge(name: string): void;
};

/** @throws when two jobs have one name. */
export function makeJobs({ log }: { log: Pick<FastifyBaseLogger, 'error'> }, jobs: readonly Job[]): Jobs {
  const loops = new Map(jobs.map((job) => [job.name, makeLoop(job, log)]));
  if (loops.size < jobs.length) throw new Error('Two jobs have the same name.');
  return {
    start() {
      for (const loop of loops.values()) loop.start();
    },
    async stop() {
      await Promise.all([...loops.values()].map((loop) => loop.stop()));
    },
    nudge(name) {
      const loop = loops.get(name);
      if (!loop) throw new Error(`There is no job ${name}.`);
      loop.nudge();
    },
  };
}

/** For a job that goes on with the rest after an error: throws, at its end, what went wrong meanwhile. */
export function throwAll(errors: readonly unknown[]): void {
  if (errors.length > 0) throw errors.length === 1 ? errors[0] : new AggregateError(errors);
}

function makeLoop(job: Job, log: Pick<FastifyBaseLogger, 'error'>) {
  let active = false;
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  function wait(delay: number): void {
    clearTimeout(timer);
    // Unreferenced: a process that has nothing else to do may end.
    timer = setTimeout(launch, delay).unref();
  }

  function launch(): void {
    again = false;
    running = runOnce().then(() => {
      running = undefined;
      if (active) wait(again ? 0 : job.every);
    });
  }

  async function runOnce(): Promise<void> {
    try {
      await job.run();
    } catch (error) {
      log.error({ err: error, job: job.name }, 'A background job failed; it runs again at its next turn.');
    }
  }

  return {
    start() {
      if (active) return;
      active = true;
      if (!running) wait(job.every);
    },
    async stop() {
      active = false;
      clearTimeout(timer);
      await running;
    },
    nudge() {
      if (running) again = true;
      else if (active) wait(0);
    },
  };
}
