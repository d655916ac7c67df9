// What was acknowledged survives `kill -9`: a child process writes units and prints an id once its write has resolved,
// is killed at a random moment, and everything it printed must be in the database, in whole units.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDatabase } from './database.ts';
import { statement } from './statement.ts';

const ROUNDS = 20;
/** The longest a child may write before it is killed, in milliseconds. */
const LONGEST = 150;
/** How many writers of the child wait at once, so that units share commits. */
const WRITERS = 8;

type Assertion = { tenant: string; jti_hash: string; expires_at: number };
const insert = statement<Assertion>((q, bind) =>
  q
    .insertInto('used_assertions')
    .values({ tenant: bind('tenant'), jti_hash: bind('jti_hash'), expires_at: bind('expires_at') }),
);
const idsOf = statement<{ tenant: string }, { jti_hash: string }>((q, bind) =>
  q.selectFrom('used_assertions').select('jti_hash').where('tenant', '=', bind('tenant')),
);

/** The child: writes pairs until it is killed. `round` keeps the ids of one life apart from another's. */
async function writeForEver(dataDir: string, round: string): Promise<void> {
  const database = await openDatabase({ dataDir });
  let count = 0;
  const writer = async (): Promise<void> => {
    for (;;) {
      const id = `${round}-${count++}`;
      await database.write(async (sql) => {
        await sql.run(insert, { tenant: 'left', jti_hash: id, expires_at: 0 });
        await sql.run(insert, { tenant: 'right', jti_hash: id, expires_at: 0 });
      });
      // Synchronous on a pipe: the line is the parent's before anything else happens here.
      process.stdout.write(`${id}\n`);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
}

/** Lets a child write, kills it at a random moment after its first acknowledgement, answers what it acknowledged. */
async function killedWriter(dataDir: string, round: number): Promise<string[]> {
  const child = spawn(process.execPath, [import.meta.filename, 'write', dataDir, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    if (output === '') setTimeout(() => child.kill('SIGKILL'), Math.random() * LONGEST);
    output += chunk;
  });
  const signal = await new Promise((resolve) => child.on('close', (_code, ended) => resolve(ended)));
  assert.equal(signal, 'SIGKILL');
  // What follows the last line end is an id that the child had not finished telling.
  return output.split('\n').slice(0, -1);
}

if (process.argv[2] === 'write') {
  await writeForEver(process.argv[3]!, process.argv[4]!);
} else {
  test('nothing acknowledged is lost when the process is killed', async (t) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-durability-'));
    t.after(() => rmSync(dataDir, { recursive: true, force: true }));
    const acknowledged: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      acknowledged.push(...(await killedWriter(dataDir, round)));
      const database = await openDatabase({ dataDir });
      const left = (await database.read.all(idsOf, { tenant: 'left' })).map((row) => row.jti_hash);
      const right = (await database.read.all(idsOf, { tenant: 'right' })).map((row) => row.jti_hash);
      await database.close();
      const kept = new Set(left);
      const lost = acknowledged.filter((id) => !kept.has(id));
      assert.deepEqual(lost, [], `lost after ${round + 1} kills`);
      assert.deepEqual(right.sort(), left.sort());
    }
    t.diagnostic(`${acknowledged.length} acknowledged units over ${ROUNDS} kills`);
  });
}
