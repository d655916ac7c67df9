// Collections of management resources, on every engine.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { makeVault } from '../keys/vault.ts';
import { UniqueViolation } from './database.ts';
import { collection } from './documents.ts';
import { statement } from './statement.ts';
import { onEveryEngine } from './testing.ts';

type Thing = {
  id: string;
  name: string;
  labels?: string[];
  secret?: string | null;
  options?: { password?: string; host?: string };
  keys?: { pem: string }[];
};

const NOW = Date.UTC(2026, 0, 1);

const things = collection<Thing>(
  {
    kind: 'thing',
    id: 'id',
    keys: { name: { of: (doc) => doc.name, unique: true }, label: { of: (doc) => doc.labels } },
    sealed: ['secret', 'options.password', 'keys.pem'],
  },
  makeVault(randomBytes(32)),
);
const others = collection<{ id: string }>({ kind: 'other', id: 'id', keys: {} }, makeVault(randomBytes(32)));

const storedDoc = statement<{ tenant: string; id: string }, { doc: string }>((q, bind) =>
  q.selectFrom('documents').select('doc').where('tenant', '=', bind('tenant')).where('id', '=', bind('id')),
);

onEveryEngine('Collections', (place) => {
  const insert = (tenant: string, doc: Thing) => place.database.write((sql) => things.insert(sql, tenant, doc, NOW));
  const replace = (tenant: string, doc: Thing) => place.database.write((sql) => things.replace(sql, tenant, doc, NOW));
  const remove = (tenant: string, id: string) => place.database.write((sql) => things.remove(sql, tenant, id));

  test('a document comes back by id and by its keys', async () => {
    const { read } = place.database;
    const doc = { id: 'a', name: 'first', labels: ['x', 'y', 'x'] };
    await insert('find', doc);
    await insert('find', { id: 'b', name: 'second', labels: ['y'] });
    assert.deepEqual(await things.get(read, 'find', 'a'), doc);
    assert.deepEqual(await things.find(read, 'find', 'name', 'first'), doc);
    assert.deepEqual(
      (await things.findAll(read, 'find', 'label', 'y')).map(({ id }) => id),
      ['a', 'b'],
    );
    assert.deepEqual(await things.findAll(read, 'find', 'label', 'z'), []);
    assert.equal(await things.get(read, 'find', 'c'), undefined);
    assert.equal(await things.find(read, 'find', 'name', 'third'), undefined);
  });

  test('tenants and kinds do not see each other', async () => {
    const { read } = place.database;
    await insert('apart', { id: 'a', name: 'same' });
    await insert('apart too', { id: 'a', name: 'same' });
    await place.database.write((sql) => others.insert(sql, 'apart', { id: 'a' }, NOW));
    assert.equal(await things.count(read, 'apart'), 1);
    assert.equal(await remove('apart too', 'a'), true);
    assert.deepEqual(await things.get(read, 'apart', 'a'), { id: 'a', name: 'same' });
    assert.deepEqual(await others.list(read, 'apart'), [{ id: 'a' }]);
  });

  test('replacing moves the keys along; removing frees them', async () => {
    const { read } = place.database;
    await insert('keys', { id: 'a', name: 'old', labels: ['x'] });
    assert.equal(await replace('keys', { id: 'a', name: 'new', labels: ['y'] }), true);
    assert.equal(await things.find(read, 'keys', 'name', 'old'), undefined);
    assert.deepEqual(await things.findAll(read, 'keys', 'label', 'x'), []);
    assert.equal((await things.find(read, 'keys', 'name', 'new'))?.id, 'a');
    assert.equal(await remove('keys', 'a'), true);
    assert.equal(await remove('keys', 'a'), false);
    await insert('keys', { id: 'b', name: 'new' });
  });

  test('replacing what is gone does nothing and takes no key', async () => {
    assert.equal(await replace('gone', { id: 'a', name: 'kept' }), false);
    await insert('gone', { id: 'b', name: 'kept' });
    assert.equal(await things.count(place.database.read, 'gone'), 1);
  });

  test('a unique key is taken once, an id too, and the failed document leaves nothing', async () => {
    const { read } = place.database;
    await insert('taken', { id: 'a', name: 'one', labels: ['l'] });
    const named = (name: RegExp) => (error: unknown) => error instanceof UniqueViolation && name.test(error.constraint);
    await assert.rejects(insert('taken', { id: 'b', name: 'one' }), named(/^document_keys/));
    await assert.rejects(insert('taken', { id: 'a', name: 'two' }), named(/^documents/));
    await insert('taken', { id: 'b', name: 'two', labels: ['l'] });
    await assert.rejects(replace('taken', { id: 'b', name: 'one' }), UniqueViolation);
    assert.equal((await things.get(read, 'taken', 'b'))?.name, 'two');
    assert.equal(await things.count(read, 'taken'), 2);
  });

  test('lists keep the order of creation, by page and after an id', async () => {
    const { read } = place.database;
    const ids = ['q', 'c', 'z', 'a', 'm'];
    for (const id of ids) await insert('order', { id, name: id });
    const idsOf = (docs: Thing[]) => docs.map(({ id }) => id);
    assert.deepEqual(idsOf(await things.list(read, 'order')), ids);
    assert.deepEqual(idsOf(await things.list(read, 'order', { offset: 1, limit: 2 })), ['c', 'z']);
    assert.deepEqual(idsOf(await things.list(read, 'order', { offset: 9, limit: 2 })), []);
    assert.deepEqual(idsOf(await things.after(read, 'order', undefined, 2)), ['q', 'c']);
    assert.deepEqual(idsOf(await things.after(read, 'order', 'c', 2)), ['z', 'a']);
    assert.deepEqual(idsOf(await things.after(read, 'order', 'm', 2)), []);
    assert.equal(await things.count(read, 'order'), 5);
  });

  test('a place in the order is not given twice', async () => {
    await insert('places', { id: 'a', name: 'a' });
    await insert('places', { id: 'b', name: 'b' });
    await remove('places', 'b');
    await insert('places', { id: 'c', name: 'c' });
    const rows = await place.database.read.query<{ seq: number }>(
      place.database.read.build.selectFrom('documents').select('seq').where('tenant', '=', 'places').orderBy('seq'),
    );
    assert.deepEqual(
      rows.map(({ seq }) => seq),
      [1, 3],
    );
  });

  test('paging while nodes insert at once meets every document once', async () => {
    const other = await place.open();
    const total = 120;
    const inserted = Promise.all(
      Array.from({ length: total }, (_, i) =>
        (i % 2 === 0 ? place.database : other).write((sql) =>
          things.insert(sql, 'busy', { id: `t${i}`, name: `t${i}` }, NOW),
        ),
      ),
    );
    let done = false;
    inserted.then(() => {
      done = true;
    });
    const met: string[] = [];
    for (;;) {
      const complete = done;
      const page = await things.after(place.database.read, 'busy', met.at(-1), 7);
      met.push(...page.map(({ id }) => id));
      if (complete && page.length === 0) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await inserted;
    assert.equal(new Set(met).size, met.length);
    assert.equal(met.length, total);
  });

  test('of many that want one unique key at once, one gets it', async () => {
    const other = await place.open();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) =>
        (i % 2 === 0 ? place.database : other).write((sql) =>
          things.insert(sql, 'rush', { id: `r${i}`, name: 'wanted' }, NOW),
        ),
      ),
    );
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') assert.ok(outcome.reason instanceof UniqueViolation);
    }
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    assert.equal(await things.count(place.database.read, 'rush'), 1);
  });

  test('replacing and removing at once never wait for each other and leave no keys behind', async () => {
    const other = await place.open();
    for (let round = 0; round < 15; round++) {
      const id = `r${round}`;
      await insert('duel', { id, name: id });
      await Promise.all([
        replace('duel', { id, name: id, labels: ['late'] }),
        other.write((sql) => things.remove(sql, 'duel', id)),
      ]);
      await insert('duel', { id: `${id} again`, name: id });
    }
    assert.deepEqual(await things.findAll(place.database.read, 'duel', 'label', 'late'), []);
  });

  test('sealed properties are unreadable in the table and whole when read', async () => {
    const doc: Thing = {
      id: 's',
      name: 'sealed',
      secret: 'hush',
      options: { password: 'hush', host: 'plain' },
      keys: [{ pem: 'hush' }, { pem: 'hush' }],
    };
    const given = structuredClone(doc);
    await insert('sealed', doc);
    assert.deepEqual(doc, given);
    const row = await place.database.read.first(storedDoc, { tenant: 'sealed', id: 's' });
    assert.ok(!row?.doc.includes('hush'));
    assert.ok(row?.doc.includes('plain'));
    assert.deepEqual(await things.get(place.database.read, 'sealed', 's'), doc);
    await replace('sealed', { id: 's', name: 'sealed', secret: null });
    assert.deepEqual(await things.get(place.database.read, 'sealed', 's'), { id: 's', name: 'sealed', secret: null });
  });
});
