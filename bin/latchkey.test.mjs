// The launcher on a bare checkout: a copy of bin/ beside a project without dependencies, so that npm needs no network.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { withLock } from './lib/lock.mjs';

const CLI = `
const [command, ...rest]: string[] = process.argv.slice(2);
if (command === 'fail') process.exitCode = 42;
if (command === 'start') {
  process.on('SIGTERM', () => { console.log('ended in order'); process.exit(7); });
  setInterval(() => {}, 1000);
}
console.log(JSON.stringify({ command, rest, pid: process.pid }));
`;

let root;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'latchkey-launcher-'));
  cpSync(import.meta.dirname, join(root, 'bin'), { recursive: true });
  mkdirSync(join(root, 'server'));
  writeFileSync(join(root, 'server', 'cli.ts'), CLI);
  const own = { name: 'latchkey', version: '0.0.0', type: 'module' };
  writeFileSync(join(root, 'package.json'), JSON.stringify(own));
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ ...own, lockfileVersion: 3, packages: { '': own } }));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Starts the launcher; `npm` says whether it should believe that npm started it. */
function launch(args, { npm = false } = {}) {
  const env = { ...process.env, npm_lifecycle_event: 'start' };
  if (!npm) delete env.npm_lifecycle_event;
  const child = spawn(process.execPath, [join(root, 'bin', 'latchkey.mjs'), ...args], { cwd: root, env });
  const result = { child, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    result.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    result.stderr += chunk;
  });
  result.ended = new Promise((fulfil) => child.on('close', (code) => fulfil({ ...result, code })));
  result.printed = new Promise((fulfil, reject) => {
    child.stdout.once('data', fulfil);
    child.on('close', () => reject(new Error(`ended before it printed anything: ${result.stderr}`)));
  });
  result.printed.catch(() => {});
  return result;
}

test('a first start installs, then runs the command with its arguments, exit code and a clean standard output', async () => {
  const first = await launch(['fail', '--json', 'a b']).ended;
  assert.equal(first.code, 42);
  assert.deepEqual(JSON.parse(first.stdout).rest, ['--json', 'a b']);
  assert.match(first.stderr, /installing the locked dependencies/);

  const second = await launch(['fail']).ended;
  assert.equal(second.stderr, '');

  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lock, null, 2));
  rmSync(join(root, 'node_modules', '.package-lock.json'), { force: true });
  assert.match((await launch(['fail']).ended).stderr, /installing the locked dependencies/);
});

test('two first starts at once install one after the other', async () => {
  const results = await Promise.all([launch(['one']).ended, launch(['two']).ended]);
  assert.deepEqual(
    results.map(({ code, stdout }) => [code, JSON.parse(stdout).command]),
    [
      [0, 'one'],
      [0, 'two'],
    ],
  );
  assert.equal(existsSync(join(root, 'bin', '.install.lock')), false);
});

for (const npm of [false, true]) {
  test(`SIGTERM ends the server in order, started ${npm ? 'through npm' : 'directly'}`, async () => {
    const started = launch([], { npm });
    const { command, pid } = JSON.parse(await started.printed);
    assert.equal(command, 'start');
    assert.equal(pid === started.child.pid, !npm, 'without npm one process is enough');
    started.child.kill('SIGTERM');
    const { code, stdout } = await started.ended;
    assert.equal(code, 7);
    assert.match(stdout, /ended in order/);
  });
}

test('the server ends when the shell that npm put in between is ended', async () => {
  const command = `"${process.execPath}" "${join(root, 'bin', 'latchkey.mjs')}" start; true`;
  const env = { ...process.env, npm_lifecycle_event: 'start' };
  const shell = spawn('/bin/sh', ['-c', command], { cwd: root, env, stdio: ['ignore', 'pipe', 'ignore'] });
  let stdout = '';
  const printed = new Promise((fulfil) => {
    shell.stdout.on('data', (chunk) => {
      stdout += chunk;
      fulfil();
    });
  });
  await printed;
  shell.kill('SIGTERM');
  // The pipe closes when the last process that holds it is gone.
  await new Promise((fulfil) => shell.stdout.on('close', fulfil));
  assert.match(stdout, /ended in order/);
});

test('--run runs a file of the project', async () => {
  writeFileSync(join(root, 'server', 'tool.ts'), 'console.log(process.argv.slice(2).join() satisfies string);');
  const { code, stdout } = await launch(['--run', 'server/tool.ts', 'x', '--y']).ended;
  assert.equal(code, 0);
  assert.equal(stdout, 'x,--y\n');
  assert.equal((await launch(['--run']).ended).code, 2);
});

test('start builds the dashboard when its sources, or what they import, have changed', async () => {
  await launch(['other']).ended;
  for (const folder of ['dashboard/src', 'node_modules/vite/bin']) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'dashboard', 'index.html'), '<script type="module" src="src/main.ts"></script>');
  writeFileSync(join(root, 'dashboard', 'src', 'main.ts'), "import { field } from '../../server/schema.ts';");
  writeFileSync(join(root, 'server', 'schema.ts'), "export const field = 'name';");
  writeFileSync(
    join(root, 'node_modules', 'vite', 'bin', 'vite.js'),
    `import { mkdirSync } from 'node:fs'; mkdirSync('dashboard/dist', { recursive: true });`,
  );
  const builds = async () => {
    const started = launch(['start']);
    await started.printed;
    started.child.kill('SIGTERM');
    return /building the dashboard/.test((await started.ended).stderr);
  };
  assert.equal(await builds(), true);
  assert.equal(await builds(), false);
  writeFileSync(join(root, 'server', 'schema.ts'), "export const field = 'title';");
  assert.equal(await builds(), true);
  writeFileSync(join(root, 'dashboard', 'src', 'new.css'), 'a {}');
  assert.equal(await builds(), true);
  assert.equal(await builds(), false);
});

test('a lock left behind by a killed process is taken over', async () => {
  const file = join(root, 'lock');
  writeFileSync(file, 'nobody');
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(file, longAgo, longAgo);
  assert.equal(await withLock(file, async () => 'done'), 'done');
  assert.equal(existsSync(file), false);
});
