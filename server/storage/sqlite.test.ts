/** What SQLite alone does: some errors end the transaction that units of work share. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql as text } from 'kysely';
import { runText } from './run-text.ts';
import { onEmbeddedEngine } from './testing.ts';

onEmbeddedEngine('A disk that is full', (place) => {
  /** The file may not grow any more, which SQLite takes as it takes a full disk. */
  const limitPages = (most: number) =>
    place.database.write((sql) => runText(sql, text`pragma max_page_count = ${text.lit(most)}`));
  const fact = (name: string, value = '') => place.database.read.build.insertInto('meta').values({ name, value });

  test('fails the units at hand, whatever else they do, and none that comes later', async () => {
    const { database } = place;
    await limitPages(1);
    const outcomes = await Promise.allSettled([
      database.write((sql) => sql.query(fact('before'))),
      database.write(async (sql) => {
        await sql.query(fact('large', 'x'.repeat(1_000_000))).catch(() => {});
        await sql.query(fact('after'));
      }),
      database.write(() => Promise.reject(new Error('a refusal of another unit'))),
    ]);
    await limitPages(1_000_000);
    for (const outcome of outcomes) {
      assert.ok(outcome.status === 'rejected');
      assert.equal(outcome.reason.message, 'The transaction has ended before its commit.');
      assert.equal(outcome.reason.cause.code, 'SQLITE_FULL');
    }
    await database.write((sql) => sql.query(fact('later')));
    const { build, query } = database.read;
    const facts = await query<{ name: string }>(build.selectFrom('meta').select('name').where('value', '=', ''));
    assert.deepEqual(
      facts.map(({ name }) => name),
      ['later'],
    );
  });
});
