import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeJobs } from './runner.ts';

const quiet = { error() {} };
const LONG = 1e8;

/** A job whose runs are counted and end when told. */
function heldJob(every: number) {
  const ends: (() => void)[] = [];
  let running = 0;
  const state = { runs: 0, most: 0, end: () => ends.shift()?.() };
  const run = async () => {
    state.runs += 1;
    running += 1;
    state.most = Math.max(state.most, running);
    await new Promise<void>((resolve) => ends.push(resolve));
    running -= 1;
  };
  return { state, job: { name: 'held', every, run } };
}

test('a job runs at its interval, from start to stop', async () => {
  let runs = 0;
  const jobs = makeJobs({ log: quiet }, [{ name: 'count', every: 5, run: async () => void runs++ }]);
  await sleep(20);
  assert.equal(runs, 0);
  jobs.start();
  jobs.start();
  while (runs < 3) await sleep(1);
  await jobs.stop();
  const atStop = runs;
  await sleep(20);
  assert.equal(runs, atStop);
});

test('runs of a job never overlap, however often it is nudged', async () => {
  const { state, job } = heldJob(1);
  const jobs = makeJobs({ log: quiet }, [job]);
  jobs.start();
  for (let i = 0; i < 5; i++) {
    jobs.nudge('held');
    await sleep(4);
  }
  assert.deepEqual([state.runs, state.most], [1, 1]);
  const stopped = jobs.stop();
  state.end();
  await stopped;
});

test('a nudge during a run leads to one more run after it', async () => {
  const { state, job } = heldJob(LONG);
  const jobs = makeJobs({ log: quiet }, [job]);
  jobs.start();
  jobs.nudge('held');
  while (state.runs < 1) await sleep(1);
  jobs.nudge('held');
  jobs.nudge('held');
  state.end();
  while (state.runs < 2) await sleep(1);
  state.end();
  await sleep(20);
  assert.equal(state.runs, 2);
  await jobs.stop();
});

test('stop waits for the run under way and lets none follow', async () => {
  const { state, job } = heldJob(LONG);
  const jobs = makeJobs({ log: quiet }, [job]);
  jobs.start();
  jobs.nudge('held');
  while (state.runs < 1) await sleep(1);
  jobs.nudge('held');
  let stopped = false;
  const stopping = jobs.stop().then(() => {
    stopped = true;
  });
  await sleep(10);
  assert.equal(stopped, false);
  state.end();
  await stopping;
  jobs.nudge('held');
  await sleep(10);
  assert.equal(state.runs, 1);
});

test('an error is logged with the name of its job, which goes on', async () => {
  let runs = 0;
  const failure = new Error('broken');
  const logged: unknown[] = [];
  const run = () => {
    runs += 1;
    if (runs === 1) throw failure;
    return Promise.reject(failure);
  };
  const log = { error: (fields: unknown) => void logged.push(fields) };
  const jobs = makeJobs({ log }, [{ name: 'broken', every: 1, run }]);
  jobs.start();
  while (runs < 3) await sleep(1);
  await jobs.stop();
  assert.deepEqual(logged.slice(0, 2), [
    { err: failure, job: 'broken' },
    { err: failure, job: 'broken' },
  ]);
});

test('names are known and used once', () => {
  const job = { name: 'a', every: 1, run: async () => {} };
  assert.throws(() => makeJobs({ log: quiet }, [job, job]), /same name/);
  assert.throws(() => makeJobs({ log: quiet }, [job]).nudge('b'), /no job b/);
});
