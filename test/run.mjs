// The test suite: `npm test` for all of it, `npm test -- server/oidc` for the test files whose path contains that.
//
//   npm test [-- [--name PATTERN] [PATH …]]
//
// Without arguments the checks come first (types, lint, the dashboard's build), each counted as one test, and at the end
// one that every operation of the Management API was used with success; with arguments only the chosen files run. The
// last lines are the count, the exit code tells whether all is well.
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildDashboard, dashboardIsCurrent } from '../bin/lib/dashboard.mjs';
import { CommandFailed, run as runCommand } from '../bin/lib/process.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const TEST_FILES = '{server,bin,test,dashboard,docs,bench}/**/*.test.{ts,mjs}';
const TIMEOUT_MS = 300_000;
/** Files of `server/` that share a process: half of what a small one costs is to load the server. */
const GROUP_SIZE = 10;
/** Those that take half a minute or more, longest first. */
const LONGEST = [
  'sdk/deploy-cli',
  'browser/dashboard-clients',
  'browser/dashboard-roles',
  'browser/dashboard-users',
  'browser/dashboard-loading',
  'api/bad-input',
];

const TYPESCRIPT = 'node_modules/typescript/bin/tsc';
const CHECKS = [
  { name: 'types of the server', check: () => tool(TYPESCRIPT, '--noEmit') },
  { name: 'types of the dashboard', check: () => tool(TYPESCRIPT, '--noEmit', '-p', 'dashboard') },
  { name: 'format and lint', check: () => tool('node_modules/@biomejs/biome/bin/biome', 'check', '.') },
];
const EXERCISED = { name: 'every operation was used', check: everyOperation };
const BUILD = { name: 'build of the dashboard', check: ensureDashboard };

const { values: options, positionals: filters } = parseArgs({
  allowPositionals: true,
  options: { name: { type: 'string', multiple: true } },
});
process.chdir(root);
ignoreSettingsOf(process.env);

const files = chosenFiles(filters);
const chosenOnly = filters.length > 0 || options.name !== undefined;
const checks = chosenOnly ? (files.some(needsDashboard) ? [BUILD] : []) : [...CHECKS, BUILD];
// Each uses one processor for the most part.
const well = await Promise.all(checks.map(({ name, check }) => timed(name, check)));
const failedChecks = checks.filter((_, index) => !well[index]).map(({ name }) => name);
if (files.length === 0) {
  process.stdout.write(`No test file has ${filters.join(' or ')} in its path.\n`);
  process.exitCode = 1;
} else {
  const exercised = mkdtempSync(join(tmpdir(), 'latchkey-exercised-'));
  process.env.TEST_EXERCISED = join(exercised, 'operations');
  writeFileSync(process.env.TEST_EXERCISED, '');
  try {
    const counts = await runTests(processesFor(files, exercised));
    if (!chosenOnly) {
      checks.push(EXERCISED);
      if (!(await timed(EXERCISED.name, EXERCISED.check))) failedChecks.push(EXERCISED.name);
    }
    report(counts);
  } finally {
    rmSync(exercised, { recursive: true });
  }
}

/** Settings in the shell of whoever runs the tests must not change what is tested; a database is still welcome. */
function ignoreSettingsOf(env) {
  if (env.DATABASE_URL) env.TEST_DATABASE_URL ??= env.DATABASE_URL;
  for (const name of Object.keys(env)) {
    if (name.startsWith('LATCHKEY_') || name === 'DATABASE_URL') delete env[name];
  }
}

function chosenFiles(wanted) {
  const paths = wanted.map((path) => relative(root, resolve(path)));
  return globSync(TEST_FILES, { cwd: root, exclude: ['**/node_modules/**', '**/dist/**'] })
    .filter((file) => paths.length === 0 || paths.some((path) => file.includes(path)))
    .sort();
}

/**
 * What the processes run, longest first, so that at the end none is left alone with a long walk. A group is a file that
 * imports its members: what fails is told with the file and the line it stands in.
 */
function processesFor(chosen, folder) {
  const shared = chosen.filter(sharesProcess);
  const alone = chosen.filter((file) => !shared.includes(file));
  const groups = [];
  for (let from = 0; from < shared.length; from += GROUP_SIZE) {
    const group = join(folder, `group-${groups.length + 1}.mjs`);
    const members = shared.slice(from, from + GROUP_SIZE).map((file) => pathToFileURL(resolve(file)).href);
    writeFileSync(group, members.map((url) => `import ${JSON.stringify(url)};\n`).join(''));
    groups.push(group);
  }
  const longest = LONGEST.flatMap((name) => alone.filter((file) => file.endsWith(`${name}.test.ts`)));
  const walks = alone.filter((file) => file.startsWith('test/'));
  return [...new Set([...longest, ...groups, ...walks, ...alone])].map((file) => resolve(file));
}

/** Not with a browser: when a run is stopped, the next file of the group would still open its own, and wait for it. */
function sharesProcess(file) {
  return file.startsWith('server/') && !readFileSync(file, 'utf8').includes('launchBrowser');
}

/** The tests that open a browser or start the whole server serve the built dashboard. */
function needsDashboard(file) {
  return /^(test|dashboard|server\/dashboard)\//.test(file);
}

async function timed(name, check) {
  const started = performance.now();
  const well = await check();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${well ? '✔' : '✖'} ${name} (${seconds} s)\n`);
  return well;
}

async function tool(...args) {
  const { code } = await runCommand(process.execPath, args);
  return code === 0;
}

/** An operation that no test has had a good answer from may as well not work. */
async function everyOperation() {
  const { apiRoutes } = await import('../server/api/routes.ts');
  const used = new Set(readFileSync(process.env.TEST_EXERCISED, 'utf8').split('\n'));
  // What cannot succeed yet says so itself.
  const able = apiRoutes.map(({ operation }) => operation).filter(({ inert }) => !inert);
  const missing = able.map(({ id }) => id).filter((id) => !used.has(id));
  for (const id of missing) process.stdout.write(`  No test has used ${id} with success.\n`);
  return missing.length === 0;
}

async function ensureDashboard() {
  try {
    if (!dashboardIsCurrent(root)) await buildDashboard(root, process.execPath);
    return true;
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    process.stdout.write(`${error.message}\n`);
    return false;
  }
}

/**
 * Each in a process of its own: one more at a time than there are processors, as walks in a browser and the vendor's
 * deployment tool wait for a good part of their time.
 */
async function runTests(programs) {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopping.abort());
  const tests = run({
    files: programs,
    concurrency: Math.max(3, availableParallelism() + 1),
    // Room for young objects, as the server itself has.
    execArgv: ['--max-semi-space-size=16'],
    timeout: TIMEOUT_MS,
    signal: stopping.signal,
    testNamePatterns: options.name,
  });
  let counts;
  tests.on('test:summary', (summary) => {
    // Each file has a summary too; the one without a file is of all.
    if (summary.file === undefined) counts = summary.counts;
  });
  for await (const text of tests.compose(spec)) process.stdout.write(text);
  return counts;
}

function report(counts) {
  const failed = counts.failed + counts.cancelled + failedChecks.length;
  const lines = [
    ...failedChecks.map((name) => `✖ ${name}`),
    ...(counts.skipped + counts.todo > 0 ? [`# skipped ${counts.skipped + counts.todo}`] : []),
    `# tests ${counts.tests + checks.length}`,
    `# pass ${counts.passed + checks.length - failedChecks.length}`,
    `# fail ${failed}`,
  ];
  process.stdout.write(`\n${lines.join('\n')}\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}
