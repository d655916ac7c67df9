/** Very many users, like those of a grown service: made by number, so that a run can ask for them again. */

import { insertUsers } from '../server/api/users/bulk.ts';
import { newUser } from '../server/api/users/create.ts';
import { type Database, openDatabase, type Sql } from '../server/storage/database.ts';
import { insertAll, insertInto } from '../server/storage/insert.ts';
import type { Engine } from '../server/storage/statement.ts';

const CONNECTION = 'Username-Password-Authentication';
/** Users of one unit of work. */
const TOGETHER = 2000;
/** So many of them have the role and are members. */
export const MEMBERS = 100_000;

const SYLLABLES = [
  'an',
  'be',
  'co',
  'da',
  'el',
  'fi',
  'gra',
  'ho',
  'in',
  'jo',
  'ka',
  'lu',
  'mi',
  'no',
  'or',
  'pe',
  'ri',
  'so',
  'ta',
  'vi',
];
const PLANS = ['free', 'free', 'free', 'free', 'free', 'free', 'free', 'pro', 'pro', 'enterprise'];
const LANGUAGES = ['en', 'de', 'fr', 'es', 'ja', 'pt'];

/** Looks random, and is the same for the same numbers. */
function mixed(n: number, salt: number): number {
  let value = Math.imul(n ^ (n >>> 16) ^ (salt * 0x9e3779b1), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

function word(seed: number, length: number): string {
  let text = '';
  for (let part = 0, rest = seed; part < length; part++, rest = Math.floor(rest / SYLLABLES.length))
    text += SYLLABLES[rest % SYLLABLES.length];
  return text[0]!.toUpperCase() + text.slice(1);
}

/** What is known of the n-th user. There are 400 given names, 160 000 family names, and 50 000 companies. */
export function personOf(n: number) {
  const given = word(mixed(n, 1) % 400, 2);
  const family = word(mixed(n, 2) % 160_000, 4);
  return {
    id: `auth0|${mixed(n, 3).toString(16).padStart(8, '0')}${n.toString(16).padStart(16, '0')}`,
    email: `${given}.${family}.${n}@mail${mixed(n, 4) % 2000}.example`.toLowerCase(),
    given,
    family,
    plan: PLANS[mixed(n, 5) % PLANS.length]!,
    company: `company-${mixed(n, 6) % 50_000}`,
    language: LANGUAGES[mixed(n, 7) % LANGUAGES.length]!,
    age: 18 + (mixed(n, 8) % 70),
  };
}

function userOf(n: number, now: number) {
  const { id, email, given, family, plan, company, language, age } = personOf(n);
  return newUser(
    { name: CONNECTION },
    {
      user_id: id,
      email,
      email_verified: n % 10 !== 0,
      given_name: given,
      family_name: family,
      name: `${given} ${family}`,
      nickname: given.toLowerCase(),
      user_metadata: { plan, company, language, age },
      app_metadata: { roles: n % 50 === 0 ? ['member', 'editor'] : ['member'], legacy_id: n },
    },
    now,
  );
}

export type Place = { readonly dataDir: string; readonly databaseUrl: string | undefined };

const members = insertInto('organization_members', ['tenant', 'organization_id', 'user_id', 'created_at']);
const roleUsers = insertInto('role_users', ['tenant', 'role_id', 'user_id', 'created_at']);

/**
 * Makes an engine quick at filling, at the risk of having to fill again after a crash: indexes are made at the end, by
 * what this answers, instead of being written all over for every user.
 */
const HURRY: Readonly<Record<Engine, (database: Database) => Promise<() => Promise<void>>>> = {
  async sqlite(database) {
    await database.execute('pragma synchronous = off; pragma cache_size = -2000000; pragma temp_store = file');
    // The table is its own index: a temporary one of its name comes before it and is sorted in at the end.
    await database.execute('create temp table user_terms as select * from main.user_terms limit 0');
    const restore = await dropIndexes(
      database,
      `select name, sql from sqlite_master where tbl_name = 'users' and sql like 'create index%'`,
    );
    return async () => {
      await database.execute('insert into main.user_terms select * from temp.user_terms order by 1, 2, 3, 4, 5');
      await restore();
    };
  },
  async postgres(database) {
    const restore = await dropIndexes(
      database,
      `select indexname as name, indexdef as sql from pg_indexes
         where schemaname = current_schema() and tablename = 'users' and indexname <> 'users_pkey'`,
    );
    await database.execute('alter table user_terms drop constraint user_terms_pkey');
    return async () => {
      const key = 'primary key (tenant, path, value, created_at, user_id)';
      await database.execute(`set maintenance_work_mem = '1GB'; alter table user_terms add ${key}`);
      await restore();
    };
  },
};

/** @returns what makes them again */
async function dropIndexes(database: Database, list: string): Promise<() => Promise<void>> {
  const indexes = await database.read.query<{ name: string; sql: string }>({
    compile: () => ({ sql: list, parameters: [] }) as never,
  });
  for (const { name } of indexes) await database.execute(`drop index ${name}`);
  return async () => {
    for (const { sql } of indexes) await database.execute(sql);
  };
}

async function logIn(sql: Sql, tenant: string, ids: readonly string[], now: number): Promise<void> {
  if (ids.length === 0) return;
  const login = { logins_count: 1, last_login: now, last_ip: '192.0.2.1' };
  await sql.query(sql.build.updateTable('users').set(login).where('tenant', '=', tenant).where('user_id', 'in', ids));
}

/** Fills the store. Six of ten have signed in; the first of them have the role and are members of the organization. */
export async function fillUsers(
  place: Place,
  count: number,
  of: { tenant: string; role: string; organization: string },
): Promise<{ seconds: number; peakBytes: number; filled: number }> {
  const database = await openDatabase(place);
  const began = performance.now();
  const start = Date.now() - 365 * 86_400_000;
  const { tenant } = of;
  let peakBytes = 0;
  const [known] = await database.read.query(
    database.read.build.selectFrom('users').select((e) => e.fn.countAll<number>().as('total')),
  );
  // One is the administrator.
  const first = Math.max(0, Number(known!.total) - 1);
  const finish = first < count ? await HURRY[database.engine](database) : undefined;
  for (let from = first; from < count; from += TOGETHER) {
    const numbers = Array.from({ length: Math.min(TOGETHER, count - from) }, (_, index) => from + index);
    const now = start + from * 20;
    await database.write(async (sql) => {
      const rows = numbers.map((n) => ({ user: userOf(n, now), hash: undefined }));
      await insertUsers(sql, tenant, rows, now);
      const ids = rows.map(({ user }) => user.user_id);
      for (let group = 0; group < 6; group++) {
        const some = ids.filter((_, index) => index % 10 === group);
        await logIn(sql, tenant, some, now + (mixed(from + group, 9) % 10_000_000));
      }
      if (from >= MEMBERS) return;
      const common = ids.map((user_id) => ({ tenant, user_id, created_at: now }));
      await insertAll(
        sql,
        members,
        common.map((row) => ({ ...row, organization_id: of.organization })),
      );
      await insertAll(
        sql,
        roleUsers,
        common.map((row) => ({ ...row, role_id: of.role })),
      );
    });
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
    if (from % 50_000 === 0) console.log(`  ${from} users after ${((performance.now() - began) / 1000).toFixed(0)} s`);
  }
  await finish?.();
  await database.close();
  return { seconds: (performance.now() - began) / 1000, peakBytes, filled: count - first };
}
