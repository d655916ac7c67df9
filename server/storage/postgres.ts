/**
 * PostgreSQL through `pg`: several stateless nodes over one database. Each unit of work is a transaction of its own;
 * concurrent commits are grouped by the server itself.
 */
import { createHash } from 'node:crypto';
import pg from 'pg';
import { type Database, type Run, type Sql, UniqueViolation } from './database.ts';
import { makeSql, runUnit } from './sql.ts';

/** `bigint` columns hold milliseconds and counters, all below 2^53; the sum of such columns is `numeric`. */
const INT8 = 20;
const NUMERIC = 1700;
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: string) =>
    oid === INT8 || oid === NUMERIC ? Number : pg.types.getTypeParser(oid, format as 'text'),
} as pg.CustomTypesConfig;

export async function openPostgres(connectionString: string): Promise<Database> {
  const pool = new pg.Pool({ connectionString, max: 20, types });
  // An idle connection that breaks is replaced by the pool; without a listener the error would end the process.
  pool.on('error', () => {});
  await pool.query('select 1');
  return {
    engine: 'postgres',
    read: makeSql('postgres', runner(pool)),
    write: (unit) => again(() => runTransaction(pool, unit)),
    async execute(text) {
      await pool.query(text);
    },
    async backup() {
      throw new Error('On PostgreSQL use pg_dump: it makes a consistent copy while the server runs.');
    },
    async close() {
      await pool.end();
    },
  };
}

/** PostgreSQL ends one of two transactions that wait for each other (deadlock_detected). */
const DEADLOCK = '40P01';
const ATTEMPTS = 4;

/** Runs a unit again that was ended for another one's sake. A unit has no effect but its statements, so it may. */
async function again<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if ((error as { code?: string }).code !== DEADLOCK || attempt === ATTEMPTS) throw error;
    }
  }
}

async function runTransaction<T>(pool: pg.Pool, unit: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const outcome = await runUnit('postgres', runner(client), unit);
    await client.query('commit');
    client.release();
    outcome.committed();
    return outcome.value;
  } catch (error) {
    // A connection that cannot even roll back is not given back to the pool.
    const broken = await client.query('rollback').then(
      () => false,
      () => true,
    );
    client.release(broken);
    throw error;
  }
}

function runner(client: pg.Pool | pg.PoolClient): Run {
  return async ({ sql, parameters }, prepared) => {
    try {
      const query = { text: sql, values: parameters as unknown[], ...(prepared ? { name: nameOf(sql) } : {}) };
      const result = await client.query(query);
      return { rows: result.rows, changes: result.rowCount ?? 0 };
    } catch (error) {
      throw translate(error);
    }
  };
}

function translate(error: unknown): unknown {
  const { code, constraint } = error as { code?: string; constraint?: string };
  return code === '23505' ? new UniqueViolation(constraint ?? 'unknown', error) : error;
}

const names = new Map<string, string>();

/** The server keeps a prepared statement by this name; equal text gets an equal name. */
function nameOf(text: string): string {
  let name = names.get(text);
  if (!name) {
    name = createHash('sha256').update(text).digest('base64url').slice(0, 24);
    names.set(text, name);
  }
  return name;
}
