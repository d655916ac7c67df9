/** Searches find what they should, whichever way they go, and by index where there is one. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Database } from '../../storage/database.ts';
import { explaining, fullScans, type Plan } from '../../storage/explain.ts';
import { onEveryEngine } from '../../storage/testing.ts';
import { insertUsers } from './bulk.ts';
import { searchUsers } from './search.ts';
import type { UserSearch } from './search-plan.ts';
import { generateQuery, randomFrom, sampleUser } from './search-samples.ts';
import type { StoredUser } from './store.ts';
import { recordLogin } from './store.ts';

const TENANT = 'searched';
const NOW = Date.parse('2026-03-01T12:00:00.000Z');
const USUAL = { few: 20_000, fewAlone: 60_000, fewToSort: 2000, steps: 500_000, counted: 10_000, counting: 50_000 };
/** Efforts that make the same searches go each of their ways. */
const EFFORTS = {
  'gathering what is few': USUAL,
  walking: { ...USUAL, few: 0, fewAlone: 0, fewToSort: 0, steps: 1e9 },
  'walking past what is more than a handful': { ...USUAL, few: 12, fewAlone: 20, fewToSort: 4, steps: 1e9 },
};

/** Queries for each way. */
const QUERIES = 80;

/** The users as they are when they are read. */
async function fill(database: Database, count: number, seed: number): Promise<StoredUser[]> {
  const random = randomFrom(seed);
  const users: StoredUser[] = [];
  for (let start = 0; start < count; start += 100) {
    const some = Array.from({ length: Math.min(100, count - start) }, (_, n) => sampleUser(random, start + n));
    const at = NOW + start * 1000;
    const visits = some.map((user) => {
      const logins = random() < 0.4 ? Math.floor(random() * 4) : 0;
      return { user, logins, last: at + Math.floor(random() * 1e9) };
    });
    await database.write(async (sql) => {
      await insertUsers(
        sql,
        TENANT,
        some.map((user) => ({ user, hash: undefined })),
        at,
      );
      for (const { user, logins, last } of visits) {
        for (let n = 0; n < logins; n++) await recordLogin(sql, TENANT, user.user_id, `10.0.0.${n}`, last);
      }
    });
    const instant = (ms: number) => new Date(ms).toISOString();
    for (const { user, logins, last } of visits) {
      const counted =
        logins === 0 ? {} : { logins_count: logins, last_login: instant(last), last_ip: `10.0.0.${logins - 1}` };
      users.push({ ...user, ...counted, created_at: instant(at), updated_at: instant(at) });
    }
  }
  return users;
}

onEveryEngine('Search over varied users', (place) => {
  let users: StoredUser[] = [];
  before(async () => {
    users = await fill(place.database, 500, 7);
  });
  const search = (options: Partial<UserSearch>, effort = USUAL) =>
    searchUsers(place.database.read, TENANT, { offset: 0, limit: 1000, totals: true, ...options }, effort);

  for (const [way, effort] of Object.entries(EFFORTS)) {
    test(`generated queries find whom a naive evaluation finds, ${way}`, async () => {
      const random = randomFrom(11);
      for (let n = 0; n < QUERIES; n++) {
        const { q, matches } = generateQuery(random, users);
        const expected = users.filter(matches).toSorted(asMade).map(idOf);
        const found = await search({ q }, effort);
        assert.deepEqual(found.users.map(idOf), expected, q);
        assert.equal(found.total, expected.length, q);
        const page = await search({ q, offset: 3, limit: 4, totals: false }, effort);
        assert.deepEqual(page.users.map(idOf), expected.slice(3, 7), `a page of ${q}`);
      }
    });

    test(`every order is that of the values, ${way}`, async () => {
      const random = randomFrom(13);
      for (const [field, sortValue] of Object.entries(ORDERS)) {
        for (const direction of [1, -1]) {
          const { q, matches } = generateQuery(random, users);
          if (way !== 'gathering what is few' && field.startsWith('user_metadata')) continue;
          const found = await search({ q, sort: `${field}:${direction}` }, effort);
          const expected = users.filter(matches);
          assert.deepEqual(found.users.map(idOf).toSorted(), expected.map(idOf).toSorted(), `${q} by ${field}`);
          const values = expected.map(sortValue).filter((value) => value !== undefined);
          const sorted = values.toSorted((a, b) => direction * compare(a!, b!));
          const nothing = Array.from({ length: expected.length - sorted.length }, () => undefined);
          assert.deepEqual(found.users.map(sortValue), [...sorted, ...nothing], `${q} by ${field}:${direction}`);
        }
      }
    });
  }

  test('all users are found without a query, newest or oldest first', async () => {
    const oldest = await search({});
    assert.deepEqual(oldest.users.map(idOf), users.toSorted(asMade).map(idOf));
    const newest = await search({ sort: 'created_at:-1' });
    assert.deepEqual(newest.users.map(idOf), oldest.users.map(idOf).toReversed());
    assert.equal(oldest.total, 500);
  });

  test('a search that needs too much is refused, one that finds its page is not', async () => {
    const effort = { ...USUAL, few: 10, fewAlone: 10, steps: 4000 };
    await assert.rejects(search({ q: 'name:*nobody*' }, effort), { status: 503, errorCode: 'search_too_expensive' });
    const page = await search({ q: 'name:*a*', limit: 5, totals: false }, effort);
    assert.equal(page.users.length, 5);
    await assert.rejects(search({ sort: 'user_metadata.age:1' }, effort), { status: 503 });
  });

  test('a total ends where it would be too much to count, and tells no fewer than there are on the page', async () => {
    const effort = { ...USUAL, few: 0, fewAlone: 0, fewToSort: 0, counted: 40, counting: 120 };
    const queries = [
      '',
      'user_metadata.age:[0 TO 90]',
      'identities.connection:people',
      'NOT blocked:true',
      'NOT name:*x*',
    ];
    for (const q of [...queries, 'identities.connection:people AND user_metadata.plan:gold']) {
      const all = await search({ q });
      const { total } = await search({ q, limit: 5 }, effort);
      assert.ok(total > 5 && total <= all.total, `${q}: ${total} of ${all.total}`);
      assert.ok(total <= 250, q);
      const far = await search({ q, limit: 60 }, effort);
      assert.ok(far.total >= Math.min(60, all.total) && far.total <= all.total, `${q}: ${far.total} of ${all.total}`);
    }
  });

  test('the event loop has its turn while a search walks', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    await search({ q: 'NOT name:*nobody*', limit: 1000 }, EFFORTS.walking);
    clearInterval(timer);
    assert.ok(turns >= 1);
  });
});

const idOf = (user: StoredUser) => user.user_id;
const lower = (text: string | null | undefined) => text?.toLowerCase() ?? undefined;
const ORDERS: Readonly<Record<string, (user: StoredUser) => string | number | undefined>> = {
  created_at: (user) => user.created_at,
  updated_at: (user) => user.updated_at,
  last_login: (user) => user.last_login ?? undefined,
  logins_count: (user) => user.logins_count ?? 0,
  user_id: idOf,
  email: (user) => lower(user.email),
  name: (user) => lower(user.name),
  nickname: (user) => lower(user.nickname),
  username: (user) => lower(user.username),
  'user_metadata.plan': (user) => user.user_metadata?.plan as string | undefined,
};

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' ? a - Number(b) : Buffer.compare(Buffer.from(a), Buffer.from(String(b)));
}

function asMade(a: StoredUser, b: StoredUser): number {
  return compare(a.created_at, b.created_at) || compare(a.user_id, b.user_id);
}

onEveryEngine('Plans of searches', (place) => {
  before(async () => {
    await fill(place.database, 4000, 3);
    // What a database does by itself after a while.
    const tidy = place.engine === 'sqlite' ? ['analyze'] : ['vacuum analyze users', 'vacuum analyze user_terms'];
    for (const command of tidy) await place.database.execute(command);
  });

  /** What an index answers: none of these may read a table from one end to the other. */
  const INDEXED: Partial<UserSearch>[] = [
    {},
    { sort: 'created_at:-1' },
    { sort: 'last_login:-1' },
    { sort: 'updated_at:1' },
    { sort: 'logins_count:-1' },
    { sort: 'name:1' },
    { sort: 'email:-1' },
    { connection: 'staff' },
    { q: 'user_id:"auth0|u17"' },
    { q: 'user_id:auth0|u1*' },
    { q: 'email:"person17@a.example"' },
    { q: 'email:person1*' },
    { q: 'email.domain:a.example' },
    { q: 'name:ada*' },
    { q: 'nickname:g*' },
    { q: 'username:user1*' },
    { q: 'given_name:grace family_name:hopper' },
    { q: 'phone_number:"+15550000017"' },
    { q: 'grace' },
    { q: 'user_metadata.plan:gold' },
    { q: 'user_metadata.plan:gold AND app_metadata.roles:editor' },
    { q: 'user_metadata.plan:gold AND NOT app_metadata.roles:editor' },
    { q: 'user_metadata.plan:gold OR app_metadata.roles:editor' },
    { q: 'user_metadata.age:[30 TO 31]' },
    { q: 'app_metadata.address.city:P*' },
    { q: '_exists_:username' },
    { q: 'identities.connection:staff' },
    { q: 'blocked:true' },
    { q: 'logins_count:>=3' },
    { q: 'last_login:[2026-03-01 TO 2026-03-02]' },
    { q: 'created_at:{2026-03-01 TO *]' },
    { q: 'user_metadata.plan:gold', sort: 'last_login:-1' },
    { q: 'grace', sort: 'last_login:-1' },
  ];

  for (const [way, effort] of Object.entries(EFFORTS)) {
    test(`what is indexed is never scanned, ${way}`, async () => {
      for (const search of INDEXED) {
        const plans: Plan[] = [];
        const sql = explaining(place.database, (plan) => plans.push(plan), { small: true });
        await searchUsers(sql, TENANT, { offset: 0, limit: 50, totals: true, ...search }, effort);
        assert.ok(plans.length > 0);
        for (const plan of plans) {
          assert.deepEqual(
            fullScans(plan),
            [],
            `${JSON.stringify(search)}: ${plan.statement.slice(0, 400)}\n${plan.steps.join('\n')}`,
          );
        }
      }
    });
  }
});
