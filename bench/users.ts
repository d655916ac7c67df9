/**
 * Measures what administrators and programs ask of very many users: `npm run bench:users [-- --users 1000000]`, on
 * SQLite and, when `TEST_DATABASE_URL` names a PostgreSQL database, in a schema of its own there. The whole run is recorded
 * in `users-results.md`. Ends with code 1 when an operation is too slow or reads a whole table.
 */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { listMembers } from '../server/api/organizations/members/store.ts';
import { usersWithRole } from '../server/api/roles/store.ts';
import { searchUsers } from '../server/api/users/search.ts';
import type { UserSearch } from '../server/api/users/search-plan.ts';
import { findUsersByEmail, getUser } from '../server/api/users/store.ts';
import { type Database, openDatabase, type Sql } from '../server/storage/database.ts';
import { explaining, fullScans, type Plan } from '../server/storage/explain.ts';
import { cpuSeconds } from './cpu.ts';
import { type Connections, openConnections } from './load.ts';
import { startServer } from './server.ts';
import { percentile } from './statistics.ts';
import { type Measured, resultsPage, table } from './users-report.ts';
import { fillUsers, MEMBERS, type Place, personOf } from './users-world.ts';

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '1000000' },
    requests: { type: 'string', default: '300' },
    engine: { type: 'string', multiple: true },
    // Where to leave what was filled, and to find it again: filling takes most of the time.
    keep: { type: 'string' },
  },
});
const count = Number(values.users);
const requests = Number(values.requests);
const TENANT = 'main';
const LIMIT_MS = 50;
/** The address is part of what a kept database knows. */
const KEPT_PORTS: Readonly<Record<string, string>> = { SQLite: '3971', PostgreSQL: '3972' };

type World = { readonly role: string; readonly organization: string };
type Request = { readonly path: string; readonly look: (sql: Sql) => Promise<unknown> };
type Operation = { readonly name: string; readonly next: (world: World, n: number) => Request };

function search(query: Partial<UserSearch> & { page?: number }): Request {
  const { q, sort, connection, totals, page = 0 } = query;
  const given = { q, sort, connection, include_totals: totals, page, per_page: 50, search_engine: 'v3' };
  const pairs = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return {
    path: `/api/v2/users?${new URLSearchParams(pairs)}`,
    look: (sql) => searchUsers(sql, TENANT, { ...query, offset: page * 50, limit: 50 }),
  };
}

/** `n` is the number of a user; every request is about another one. */
const operations: readonly Operation[] = [
  {
    name: 'get by id',
    next: (_, n) => ({
      path: `/api/v2/users/${encodeURIComponent(personOf(n).id)}`,
      look: (sql) => getUser(sql, TENANT, personOf(n).id),
    }),
  },
  {
    name: 'get by e-mail',
    next: (_, n) => ({
      path: `/api/v2/users-by-email?email=${encodeURIComponent(personOf(n).email)}`,
      look: (sql) => findUsersByEmail(sql, TENANT, personOf(n).email),
    }),
  },
  { name: 'search by e-mail', next: (_, n) => search({ q: `email:"${personOf(n).email}"`, totals: true }) },
  { name: 'search by user id', next: (_, n) => search({ q: `user_id:"${personOf(n).id}"`, totals: true }) },
  {
    name: 'prefix of a name, few',
    next: (_, n) => search({ q: `family_name:${personOf(n).family.slice(0, 7)}*`, totals: true }),
  },
  {
    name: 'prefix of a name, thousands',
    next: (_, n) => search({ q: `family_name:${personOf(n).family.slice(0, 3)}*`, totals: true }),
  },
  {
    name: 'prefix of a name, tens of thousands',
    next: (_, n) => search({ q: `name:${personOf(n).given.slice(0, 1)}*`, totals: true }),
  },
  {
    name: 'prefix of an e-mail address',
    next: (_, n) => search({ q: `email:${personOf(n).email.slice(0, 9).replace('.', '\\.')}*`, totals: true }),
  },
  {
    name: 'words without a field',
    next: (_, n) => search({ q: `"${personOf(n).given} ${personOf(n).family.slice(0, 4)}"`, totals: true }),
  },
  {
    name: 'a word without a field, by last login',
    next: (_, n) => search({ q: personOf(n).family, sort: 'last_login:-1' }),
  },
  {
    name: 'metadata, few',
    next: (_, n) => search({ q: `user_metadata.company:"${personOf(n).company}"`, totals: true }),
  },
  { name: 'metadata, most', next: (_, n) => search({ q: `user_metadata.plan:${personOf(n).plan}`, totals: true }) },
  {
    name: 'metadata, a range of numbers',
    next: (_, n) => search({ q: `user_metadata.age:[${personOf(n).age} TO ${personOf(n).age + 1}]`, totals: true }),
  },
  {
    name: 'metadata, two values',
    next: (_, n) =>
      search({ q: `user_metadata.plan:pro AND user_metadata.language:${personOf(n).language}`, totals: true }),
  },
  {
    name: 'metadata and a prefix',
    next: (_, n) =>
      search({ q: `user_metadata.plan:pro AND family_name:${personOf(n).family.slice(0, 5)}*`, totals: true }),
  },
  {
    name: 'metadata, one and not another',
    next: () => search({ q: 'app_metadata.roles:editor AND NOT user_metadata.plan:free', totals: true }),
  },
  {
    name: 'metadata, newest login first',
    next: (_, n) => search({ q: `user_metadata.language:${personOf(n).language}`, sort: 'last_login:-1' }),
  },
  { name: 'list, page 1', next: () => search({ totals: true }) },
  { name: 'list, newest first', next: () => search({ sort: 'created_at:-1', totals: true }) },
  { name: 'list, by name', next: () => search({ sort: 'name:1', totals: true }) },
  { name: 'list, by last login', next: () => search({ sort: 'last_login:-1', totals: true }) },
  {
    name: 'list of a connection',
    next: () => search({ q: 'identities.connection:"Username-Password-Authentication"', totals: true }),
  },
  { name: 'list, page 20', next: () => search({ page: 19 }) },
  {
    name: 'checkpoint paging, users of a role',
    next: ({ role }, n) => {
      const after = personOf(n % MEMBERS).id;
      return {
        path: `/api/v2/roles/${role}/users?take=50&from=${encodeURIComponent(after)}`,
        look: (sql) => usersWithRole(sql, TENANT, role, { limit: 51, after }),
      };
    },
  },
  {
    name: 'checkpoint paging, members',
    next: ({ organization }, n) => {
      const since = Date.now() - 365 * 86_400_000 + (n % MEMBERS) * 20;
      const after = { since, user_id: '' };
      const cursor = Buffer.from(`${since},x`).toString('base64url');
      return {
        path: `/api/v2/organizations/${organization}/members?take=50&from=${cursor}`,
        look: (sql) => listMembers(sql, TENANT, organization, { limit: 50, after }),
      };
    },
  },
];

const databaseUrl = process.env.TEST_DATABASE_URL;
const engines = (values.engine ?? ['sqlite', 'postgres']).filter((engine) => engine === 'sqlite' || databaseUrl);
const results: Measured[] = [];
for (const engine of engines)
  results.push(engine === 'sqlite' ? await measure('SQLite', undefined) : await inSchema(databaseUrl!));
if (!values.engine && count >= 1_000_000)
  writeFileSync(join(import.meta.dirname, 'users-results.md'), resultsPage(results, count, LIMIT_MS));
process.exitCode = results.every(({ lines }) => lines.every(({ passed }) => passed)) ? 0 : 1;

/** Takes the schema away again, whatever happens. */
async function inSchema(databaseUrl: string): Promise<Measured> {
  const schema = `latchkey_bench_${values.keep ?? randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(`create schema if not exists ${schema}`);
  try {
    const url = new URL(databaseUrl);
    url.searchParams.set('options', `-c search_path=${schema}`);
    return await measure('PostgreSQL', url.href);
  } finally {
    if (values.keep === undefined) await client.query(`drop schema ${schema} cascade`);
    await client.end();
  }
}

async function measure(engine: string, databaseUrl: string | undefined): Promise<Measured> {
  const server = await startServer({
    ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
    ...(values.keep
      ? {
          LATCHKEY_DATA_DIR: join(tmpdir(), `latchkey-bench-${values.keep}-${engine}`),
          LATCHKEY_HTTP_PORT: KEPT_PORTS[engine]!,
        }
      : {}),
  });
  const http = openConnections(server.origin, 2);
  try {
    const token = await http.json<{ access_token: string }>({
      method: 'POST',
      path: '/oauth/token',
      body: {
        grant_type: 'client_credentials',
        client_id: server.setup.client_id,
        client_secret: server.setup.client_secret,
        audience: server.setup.management_audience,
      },
    });
    const headers = { authorization: `Bearer ${token.access_token}` };
    const world = {
      role: await oneOf(http, headers, 'roles', { name: 'everybody' }),
      organization: await oneOf(http, headers, 'organizations', { name: 'everybody' }),
    };
    console.log(`${engine}: ${count} users`);
    const place: Place = { dataDir: server.dataDir, databaseUrl };
    const fill = await fillUsers(place, count, { tenant: TENANT, ...world });
    const database = await openDatabase(place);
    // What PostgreSQL does of itself after a while.
    if (databaseUrl) await database.execute('vacuum analyze');
    const lines = [];
    for (const operation of operations)
      lines.push(await measureOperation({ http, headers, world, database, pid: server.pid }, operation));
    await database.close();
    const measured = { engine, lines, fill };
    console.log(table(measured));
    return measured;
  } finally {
    await http.close();
    await server.stop();
  }
}

/** The id of the resource with this name, which is made unless an earlier run has left it. */
async function oneOf(http: Connections, headers: Record<string, string>, kind: string, body: { name: string }) {
  const path = `/api/v2/${kind}`;
  const found = await http.json<{ id: string; name: string }[]>({ path, headers });
  const known = found.find(({ name }) => name === body.name);
  return (known ?? (await http.json<{ id: string }>({ method: 'POST', path, headers, body }))).id;
}

type Bench = {
  readonly http: Connections;
  readonly headers: Record<string, string>;
  readonly world: World;
  readonly database: Database;
  readonly pid: number;
};

async function measureOperation({ http, headers, world, database, pid }: Bench, { name, next }: Operation) {
  const times: number[] = [];
  const WARM_UP = 10;
  let cpu = 0;
  for (let turn = -WARM_UP; turn < requests; turn++) {
    if (turn === 0) cpu = cpuSeconds(pid);
    const { path } = next(world, Math.floor(Math.random() * count));
    const began = performance.now();
    await http.json({ path, headers });
    if (turn >= 0) times.push(performance.now() - began);
  }
  const busy = ((cpuSeconds(pid) - cpu) / requests) * 1000;
  const plans: Plan[] = [];
  const { path, look } = next(world, Math.floor(count / 2));
  await look(explaining(database, (plan) => plans.push(plan)));
  const scans = plans.flatMap(fullScans);
  const [p50, p95, p99] = [50, 95, 99].map((percent) => percentile(times, percent)) as [number, number, number];
  const passed = p95 < LIMIT_MS && scans.length === 0;
  console.log(
    `  ${name.padEnd(40)} p50 ${p50.toFixed(1)}  p95 ${p95.toFixed(1)}  p99 ${p99.toFixed(1)}  cpu ${busy.toFixed(1)}${passed ? '' : '  FAIL'} ${scans.join('; ')}`,
  );
  return { name, path, busy, p50, p95, p99, plans, scans, passed };
}
