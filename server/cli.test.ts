/** The commands as somebody at a terminal uses them, each a process of its own. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('cli.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'latchkey-cli-'));
after(() => rmSync(folder, { recursive: true }));

function latchkey(args: string[], more: Record<string, string> = {}) {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const env = {
    PATH,
    NODE_COMPILE_CACHE,
    LATCHKEY_DATA_DIR: join(folder, 'data'),
    LATCHKEY_HTTPS_PORT: 'off',
    ...more,
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('a backup of nothing is refused, and makes nothing', () => {
  const target = join(folder, 'nothing.db');
  const { status, stderr } = latchkey(['backup', target]);
  assert.equal(status, 2);
  assert.match(stderr, /There is no database in .*LATCHKEY_DATA_DIR/);
  assert.equal(existsSync(target), false);
  assert.equal(existsSync(join(folder, 'data', 'latchkey.db')), false);
});

test('a backup is for its owner alone, and overwrites nothing', () => {
  assert.equal(latchkey(['setup', '--json']).status, 0);
  const target = join(folder, 'copy.db');
  assert.equal(latchkey(['backup', target]).status, 0);
  assert.equal(statSync(target).mode & 0o777, 0o600);
  const again = latchkey(['backup', target]);
  assert.deepEqual([again.status, /does not overwrite/.test(again.stderr)], [2, true]);
  const nowhere = latchkey(['backup', join(folder, 'no', 'such', 'folder.db')]);
  assert.deepEqual([nowhere.status, /There is no folder/.test(nowhere.stderr)], [2, true]);
});

test('setting up twice tells the same', () => {
  assert.equal(latchkey(['setup', '--json']).stdout, latchkey(['setup', '--json']).stdout);
});

test('a start that cannot be is explained in one line', async () => {
  assert.equal(latchkey(['setup']).status, 0);
  const busy = createServer().listen(0, '127.0.0.1');
  await once(busy, 'listening');
  const port = String((busy.address() as AddressInfo).port);
  const lost = { LATCHKEY_DATA_DIR: join(folder, 'restored') };
  mkdirSync(lost.LATCHKEY_DATA_DIR);
  copyFileSync(join(folder, 'data', 'latchkey.db'), join(lost.LATCHKEY_DATA_DIR, 'latchkey.db'));
  for (const [env, status, words] of [
    [{ LATCHKEY_HTTP_PORT: port }, 1, /EADDRINUSE.* LATCHKEY_HTTP_PORT/],
    [{ DATABASE_URL: 'postgres://127.0.0.1:1/x' }, 1, /ECONNREFUSED.* DATABASE_URL/],
    [{ LATCHKEY_DATA_DIR: import.meta.filename }, 1, /LATCHKEY_DATA_DIR/],
    [
      { LATCHKEY_HTTPS_PORT: '0', LATCHKEY_TLS_CERT: '/nowhere', LATCHKEY_TLS_KEY: '/nowhere' },
      1,
      /\/nowhere.*TLS_CERT/,
    ],
    [{ LATCHKEY_MASTER_KEY: Buffer.alloc(32, 1).toString('base64') }, 2, /another master key than that of LATCHKEY_/],
    [lost, 2, /there is none in .*master\.key\. Put that file back/],
  ] as [Record<string, string>, number, RegExp][]) {
    const { status: ended, stderr } = latchkey(['start'], { LATCHKEY_HTTP_PORT: '0', ...env });
    assert.match(stderr, words);
    assert.deepEqual([ended, stderr.trim().split('\n').length], [status, 1], stderr);
  }
  busy.close();
});

test('what is not understood is said in one line, with a status', () => {
  for (const [args, env, words] of [
    [['nonsense'], {}, /There is no command nonsense/],
    [['setup', '--jsn'], {}, /--jsn/],
    [['start', '--port', '8080'], {}, /--port/],
    [['start', '8080'], {}, /8080/],
    [['start'], { LATCHKEY_NONSENSE: '1' }, /LATCHKEY_NONSENSE is not a variable/],
    [['backup', 'x'], { DATABASE_URL: 'postgres://nowhere.invalid/x' }, /pg_dump/],
  ] as [string[], Record<string, string>, RegExp][]) {
    const { status, stderr } = latchkey(args, env);
    assert.equal(status, 2, stderr);
    assert.match(stderr, words);
    assert.equal(stderr.trim().split('\n').length, 1, stderr);
  }
});
