import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIdsFrom } from '../logs/events.ts';
import type { Database } from '../storage/database.ts';
import type { Tables } from '../storage/tables.ts';
import { onEveryEngine } from '../storage/testing.ts';
import { removeExpired } from './cleanup.ts';

const NOW = Date.UTC(2026, 5, 1);
const DAY = 86_400_000;

const texts = (names: string) => Object.fromEntries(names.split(' ').map((name) => [name, 'x']));

const logId = (instant: number) => `${logIdsFrom(instant)}000000x`;

/** One whole row of each table that is cleaned, without its end. */
const rows = {
  login_transactions: { ...texts('state_hash browser_hash client_id params'), consented: 0, created_at: 0 },
  codes: {
    ...texts('code_hash grant_id client_id user_id session_id scope'),
    auth_time: 0,
    created_at: 0,
  },
  revocations: texts('subject'),
  tickets: { ...texts('ticket_hash kind data'), created_at: 0 },
  used_assertions: texts('jti_hash'),
  sessions: { ...texts('id secret_hash user_id connection clients'), auth_time: 0, created_at: 0, last_seen_at: 0 },
  refresh_tokens: { ...texts('grant_id client_id user_id scope about'), generation: 0, rotating: 1, created_at: 0 },
  failed_logins: { ...texts('key connection identifier ip'), attempts: 3 },
  ip_attempts: { ...texts('key'), used: 1 },
  log_events: { ...texts('type doc'), date: 0 },
  mails: { ...texts('id recipient subject html text'), attempts: 1, next_attempt_at: 0 },
} as const;
type Cleaned = keyof typeof rows;

onEveryEngine('Clean-up', (place) => {
  const insert = (table: Cleaned, values: object[]) =>
    place.database.write(async (sql) => {
      const { build } = sql;
      for (const row of values) await sql.query(build.insertInto(table).values({ ...rows[table], ...row } as never));
    });
  const tenantsIn = async (table: Cleaned) => {
    const { build, query } = place.database.read;
    const found = await query<{ tenant: string }>(
      build
        .selectFrom(table as keyof Tables)
        .select('tenant')
        .orderBy('tenant') as never,
    );
    return found.map(({ tenant }) => tenant);
  };

  /** Rows are told apart by their tenant: `gone …` must go, `kept …` must stay. */
  const cases: [Cleaned, gone: object[], kept: object[]][] = [
    ['login_transactions', [{ expires_at: NOW - 1 }], [{ expires_at: NOW }]],
    ['codes', [{ expires_at: NOW - DAY - 1 }], [{ expires_at: NOW - DAY }, { expires_at: NOW - 1 }]],
    ['revocations', [{ expires_at: NOW - 1 }], [{ expires_at: NOW + 1 }]],
    ['tickets', [{ expires_at: NOW - 30 * DAY - 1 }], [{ expires_at: NOW - 30 * DAY }]],
    ['used_assertions', [{ expires_at: NOW - 1 }], [{ expires_at: NOW + 1 }]],
    [
      'sessions',
      [
        { idle_expires_at: NOW - 1, expires_at: NOW + DAY },
        { idle_expires_at: NOW + DAY, expires_at: NOW - 1 },
      ],
      [{ idle_expires_at: NOW + 1, expires_at: NOW + DAY }],
    ],
    [
      'refresh_tokens',
      [
        { expires_at: NOW - 31 * DAY },
        { idle_expires_at: NOW - 31 * DAY, expires_at: NOW + DAY },
        { revoked_at: NOW - 31 * DAY, expires_at: NOW + DAY },
      ],
      [
        {},
        { expires_at: NOW - 29 * DAY },
        { revoked_at: NOW - 29 * DAY, expires_at: NOW - 31 * DAY },
        { idle_expires_at: NOW + DAY, expires_at: NOW + DAY },
      ],
    ],
    ['failed_logins', [{ last_at: NOW - 30 * DAY - 1 }], [{ last_at: NOW - 30 * DAY }]],
    ['ip_attempts', [{ since: NOW - 100 * DAY - 1 }], [{ since: NOW - 100 * DAY }]],
    ['log_events', [{ log_id: logId(NOW - 30 * DAY - 1) }], [{ log_id: logId(NOW - 30 * DAY) }]],
    ['mails', [{ created_at: NOW - 31 * DAY, status: 'kept' }], [{ created_at: NOW - 29 * DAY, status: 'sent' }]],
  ];

  test('what has ended goes, what is still needed stays', async () => {
    const expected: Record<string, number> = {};
    for (const [table, gone, kept] of cases) {
      await insert(
        table,
        gone.map((row, i) => ({ tenant: `gone ${i}`, ...row })),
      );
      await insert(
        table,
        kept.map((row, i) => ({ tenant: `kept ${i}`, ...row })),
      );
      expected[table] = gone.length;
    }
    assert.deepEqual(await removeExpired(place.database, NOW), expected);
    for (const [table, , kept] of cases) {
      assert.deepEqual(
        await tenantsIn(table),
        kept.map((_, i) => `kept ${i}`),
        table,
      );
    }
    assert.deepEqual(await removeExpired(place.database, NOW), {});
  });

  test('log events and mails are kept as long as asked', async () => {
    assert.deepEqual(await removeExpired(place.database, NOW, { retention: DAY }), { log_events: 1, mails: 1 });
  });

  test('many rows go in small units', async () => {
    const ended = Array.from({ length: 1250 }, (_, i) => ({ tenant: 'many', jti_hash: `${i}`, expires_at: i }));
    await insert('used_assertions', ended);
    let units = 0;
    const write: Database['write'] = (unit) => {
      units += 1;
      return place.database.write(unit);
    };
    assert.deepEqual(await removeExpired({ ...place.database, write }, NOW), { used_assertions: 1250 });
    // One for each of the ten tables that hold something or not, and two more for 1250 rows.
    assert.equal(units, 12);
  });

  test('log events go in small units, tenant by tenant', async () => {
    const early = (tenant: string, count: number) =>
      Array.from({ length: count }, (_, i) => ({ tenant, log_id: logId(NOW - 40 * DAY + i) }));
    await insert('log_events', [
      ...early('first', 1),
      ...early('second', 600),
      { tenant: 'third', log_id: logId(NOW) },
    ]);
    assert.deepEqual(await removeExpired(place.database, NOW), { log_events: 601 });
    assert.deepEqual(await tenantsIn('log_events'), ['third']);
  });

  test('nodes that clean up at once do not fail', async () => {
    const other = await place.open();
    const ended = Array.from({ length: 600 }, (_, i) => ({ tenant: 'nodes', jti_hash: `${i}`, expires_at: i }));
    await insert('used_assertions', ended);
    await Promise.all([place.database, other].map((database) => removeExpired(database, NOW)));
    assert.deepEqual(
      (await tenantsIn('used_assertions')).filter((tenant) => tenant === 'nodes'),
      [],
    );
  });

  test('what has ended is found through an index', {
    skip: place.engine === 'postgres' && 'its plans depend on the rows',
  }, async () => {
    const plan = async (query: string) => {
      const { query: run } = place.database.read;
      const compiled = { compile: () => ({ sql: `explain query plan ${query}`, parameters: [] }) as never };
      return (await run<{ detail: string }>(compiled)).map(({ detail }) => detail).join('\n');
    };
    const ends: Partial<Record<Cleaned, string>> = {
      sessions: '(case when idle_expires_at < expires_at then idle_expires_at else expires_at end)',
      refresh_tokens: 'coalesce(revoked_at, idle_expires_at, expires_at)',
      failed_logins: 'last_at',
      ip_attempts: 'since',
      mails: 'created_at',
    };
    const { log_events: _, ...others } = rows;
    for (const table of Object.keys(others) as Cleaned[]) {
      const end = ends[table] ?? 'expires_at';
      assert.match(
        await plan(`select tenant from ${table} where ${end} < 1 order by ${end} limit 500`),
        /USING (COVERING )?INDEX \w+_by_(end|date|age)/,
      );
    }
    const log = await plan(
      `select log_id from log_events where tenant = 'x' and log_id < '9' order by log_id limit 500`,
    );
    assert.match(log, /^SEARCH log_events USING COVERING INDEX \S+ \(tenant=\? AND log_id<\?\)$/);
    const tenants = await plan(`select tenant from log_events where tenant > 'x' order by tenant limit 1`);
    assert.match(tenants, /^SEARCH log_events USING COVERING INDEX \S+ \(tenant>\?\)$/);
  });
});
