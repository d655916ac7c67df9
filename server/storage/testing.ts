/**
 * Databases for tests, on every engine there is: SQLite in a temporary folder always, PostgreSQL when
 * `TEST_DATABASE_URL` or `DATABASE_URL` names one. Each is new and gone afterwards; nothing that exists is touched.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { restartLogIds } from '../logs/events.ts';
import { type Database, openDatabase } from './database.ts';
import type { Engine } from './statement.ts';

/** A database of its own for one suite. */
export type Place = {
  readonly engine: Engine;
  /** Opens it once more, as another node would: units are not rehearsed. Closed by the suite if the test does not. */
  open(): Promise<Database>;
  /** The database that the suite's tests share. */
  readonly database: Database;
  /** Takes away everything that was stored, tables too. */
  empty(): Promise<void>;
  /** A folder for files, gone after the suite. */
  readonly folder: string;
  /** By which another process opens it; undefined for SQLite, which is in the folder. */
  readonly databaseUrl: string | undefined;
};

const databaseUrl = process.env.TEST_DATABASE_URL ?? process.env.DATABASE_URL;

/** Declares the suite once for each engine. PostgreSQL without a database to use is reported as skipped. */
export function onEveryEngine(title: string, suite: (place: Place) => void): void {
  describe(`${title} on SQLite`, () => suite(place('sqlite')));
  describe(`${title} on PostgreSQL`, () => {
    if (databaseUrl) suite(place('postgres'));
    else test('not run', { skip: 'PostgreSQL was not tested: set TEST_DATABASE_URL to one of its databases' });
  });
}

/** Declares the suite on SQLite alone, for what does not depend on the engine. */
export function onEmbeddedEngine(title: string, suite: (place: Place) => void): void {
  describe(title, () => suite(place('sqlite')));
}

/** Declares what makes and removes the database of the suite around it. */
function place(engine: Engine): Place {
  let folder = '';
  const schema = `latchkey_test_${randomBytes(6).toString('hex')}`;
  const url = engine === 'postgres' ? inSchema(schema) : undefined;
  const opened: Database[] = [];
  let shared: Database | undefined;
  const open = async ({ rehearse = false } = {}): Promise<Database> => {
    const database = await openDatabase({ dataDir: folder, databaseUrl: url, rehearse });
    // What is kept is the matter of `durability.test.ts`: the others would wait for the disk for a quarter of their time.
    if (engine === 'sqlite') await database.execute('pragma synchronous = off');
    let closed: Promise<void> | undefined;
    const closedOnce = { ...database, close: () => (closed ??= database.close()) };
    opened.push(closedOnce);
    return closedOnce;
  };
  const close = async (): Promise<void> => {
    for (const database of opened) await database.close();
  };
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-storage-'));
    if (engine === 'postgres') await administer(`create schema ${schema}`);
    restartLogIds();
    shared = await open({ rehearse: true });
  });
  after(async () => {
    await close();
    if (engine === 'postgres') await administer(`drop schema ${schema} cascade`);
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    engine,
    open: () => open(),
    get folder() {
      return folder;
    },
    databaseUrl: url,
    async empty() {
      await close();
      if (engine === 'postgres') await administer(`drop schema ${schema} cascade; create schema ${schema}`);
      else for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `latchkey.db${end}`), { force: true });
    },
    get database() {
      if (!shared) throw new Error('The database is opened before the first test, not while tests are declared.');
      return shared;
    },
  };
}

/** The same server, with everything in a schema of its own. */
function inSchema(schema: string): string {
  const url = new URL(databaseUrl!);
  url.searchParams.set('options', `-c search_path=${schema}`);
  return url.href;
}

async function administer(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
