/** Searches over log events find what they should, by index where there is one, and never go on for ever. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { recordEvent } from '../../logs/events.ts';
import type { LogType } from '../../logs/types.ts';
import { explaining, fullScans, type Plan } from '../../storage/explain.ts';
import { onEveryEngine } from '../../storage/testing.ts';
import type { LogAnswer } from './schema.ts';
import { type LogSearch, searchLogEvents } from './search.ts';

const TENANT = 'searched';
const HOUR = 3_600_000;
const EVENTS = 3000;
const USUAL = { events: 200_000, counted: 20_000 };

onEveryEngine('Search over log events', (place) => {
  // Ids of one process only ever grow: each engine has a year of its own.
  const year = place.engine === 'sqlite' ? 2026 : 2027;
  const START = Date.parse(`${year}-02-01T00:00:00.000Z`);
  before(async () => {
    const types: LogType[] = ['s', 's', 's', 's', 'f', 'fp', 'ss', 'sapi'];
    // Ids follow the clock, which this unit turns forward: run twice, the first events would be later than the last.
    const database = await place.open();
    for (let from = 0; from < EVENTS; from += 500) {
      await database.write(async (sql) => {
        for (let n = from; n < from + 500; n++) {
          const now = START + n * HOUR;
          const origin = { tenant: TENANT, hostname: 'h', ip: `192.0.2.${n % 50}`, userAgent: 'test', now };
          const type = n === 1234 ? 'fcp' : types[n % types.length]!;
          const event = {
            type,
            client_id: `client${n % 20}`,
            user_id: `auth0|${n % 100}`,
            user_name: `Person ${n % 100}`,
          };
          await recordEvent(sql, origin, { ...event, details: { n } });
        }
      });
    }
    const tidy = place.engine === 'sqlite' ? 'analyze' : 'vacuum analyze log_events';
    await place.database.execute(tidy);
  });
  const search = (options: Partial<LogSearch>, effort = USUAL) =>
    searchLogEvents(
      place.database.read,
      TENANT,
      { q: undefined, oldestFirst: true, offset: 0, limit: 1000, totals: true, ...options },
      effort,
    );
  const numbers = (events: readonly LogAnswer[]) => events.map(({ details }) => (details as { n: number }).n);
  const all = Array.from({ length: EVENTS }, (_, n) => n);
  const day = (n: number) => new Date(START + n * HOUR).toISOString().slice(0, 10);

  test('an event whose text was cut within a character can be searched like any other', async () => {
    const origin = { tenant: 'cut', hostname: 'h', ip: '192.0.2.1', userAgent: 'test', now: START };
    const scope = `${'a'.repeat(999)}😀`;
    await place.database.write((sql) => recordEvent(sql, origin, { type: 'fu', user_name: 'nobody', scope }));
    const query = { q: 'user_name:nobody', oldestFirst: true, offset: 0, limit: 10, totals: true };
    const { events } = await searchLogEvents(place.database.read, 'cut', query, USUAL);
    assert.deepEqual(
      events.map((event) => event.scope),
      [`${'a'.repeat(999)}\ufffd`],
    );
  });

  const SEARCHES: Readonly<Record<string, (n: number) => boolean>> = {
    'type:fcp': (n) => n === 1234,
    'type:(f OR fp OR fcp)': (n) => n === 1234 || n % 8 === 4 || n % 8 === 5,
    'user_id:"auth0|7"': (n) => n % 100 === 7,
    'user_id:"auth0|7" AND type:ss': (n) => n % 100 === 7 && n % 8 === 6,
    'client_id:client3 AND NOT ip:192.0.2.3': (n) => n % 20 === 3 && n % 50 !== 3,
    'ip:192.0.2.13 OR user_id:"auth0|7"': (n) => n % 50 === 13 || n % 100 === 7,
    [`date:[${year}-02-03 TO ${year}-02-04]`]: (n) => [`${year}-02-03`, `${year}-02-04`].includes(day(n)),
    [`date:${year}-02-05 AND type:s`]: (n) => day(n) === `${year}-02-05` && n % 8 < 4 && n !== 1234,
    'user_name:"person 42"': (n) => n % 100 === 42,
    'user_name:*99': (n) => n % 100 === 99,
    'details.n:[10 TO 12]': (n) => n >= 10 && n <= 12,
  };

  for (const [q, matches] of Object.entries(SEARCHES)) {
    test(`${q} finds its events, oldest or newest first, page by page`, async () => {
      const expected = all.filter(matches);
      const oldest = await search({ q });
      assert.deepEqual(numbers(oldest.events), expected.slice(0, 1000));
      assert.equal(oldest.total, expected.length);
      const page = await search({ q, oldestFirst: false, offset: 1, limit: 3 });
      assert.deepEqual(numbers(page.events), expected.toReversed().slice(1, 4));
    });
  }

  test('the events of one user are counted up to ten thousand and paged', async () => {
    const { events, total } = await search({ userId: 'auth0|7', offset: 10, limit: 5 });
    assert.deepEqual(numbers(events), all.filter((n) => n % 100 === 7).slice(10, 15));
    assert.equal(total, 30);
  });

  test('a search that needs too much is refused, one that finds its page is not', async () => {
    const effort = { events: 500, counted: 500 };
    await assert.rejects(search({ q: 'user_name:nobody', limit: 50 }, effort), { status: 503 });
    const { events, total } = await search({ q: 'user_name:person*', limit: 50 }, effort);
    assert.equal(events.length, 50);
    assert.ok(total >= 500 && total < EVENTS);
  });

  test('what is indexed is never scanned', async () => {
    const indexed = Object.keys(SEARCHES).filter((q) => /^(type|user_id|client_id|date)/.test(q));
    for (const options of [{}, { userId: 'auth0|7' }, ...indexed.map((q) => ({ q }))]) {
      const plans: Plan[] = [];
      const sql = explaining(place.database, (plan) => plans.push(plan), { small: true });
      const wanted = { q: undefined, oldestFirst: false, offset: 0, limit: 50, totals: true, ...options };
      await searchLogEvents(sql, TENANT, wanted);
      for (const plan of plans)
        assert.deepEqual(
          fullScans(plan),
          [],
          `${JSON.stringify(options)}\n${plan.statement}\n${plan.steps.join('\n')}`,
        );
    }
  });
});
