// What every engine must do alike. See `testing.ts` for which engines run.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Database, openDatabase, UniqueViolation } from './database.ts';
import { getMeta, migrate } from './migrate.ts';
import { bindAll, statement } from './statement.ts';
import type { TicketTable } from './tables.ts';
import { onEveryEngine, type Place } from './testing.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

const insertTicket = statement<TicketTable>((q, bind) =>
  q
    .insertInto('tickets')
    .values(bindAll(bind, ['tenant', 'ticket_hash', 'kind', 'user_id', 'data', 'created_at', 'expires_at', 'used_at'])),
);
const ticketsOf = statement<{ tenant: string }, TicketTable>((q, bind) =>
  q.selectFrom('tickets').selectAll().where('tenant', '=', bind('tenant')).orderBy('ticket_hash'),
);
const useTicket = statement<{ tenant: string; hash: string; now: number }, { data: string; used_at: number }>(
  (q, bind) =>
    q
      .updateTable('tickets')
      .set({ used_at: bind('now') })
      .where('tenant', '=', bind('tenant'))
      .where('ticket_hash', '=', bind('hash'))
      .where('used_at', 'is', null)
      .returning(['data', 'used_at']),
);
const removeTicket = statement<{ tenant: string; hash: string }, { data: string }>((q, bind) =>
  q
    .deleteFrom('tickets')
    .where('tenant', '=', bind('tenant'))
    .where('ticket_hash', '=', bind('hash'))
    .returning('data'),
);

function ticket(tenant: string, hash: string): TicketTable {
  const times = { created_at: NOW, expires_at: NOW + 1000, used_at: null };
  return { tenant, ticket_hash: hash, kind: 'test', user_id: null, data: `data of ${hash}`, ...times };
}

const add = (database: Database, tenant: string, hash: string) =>
  database.write((sql) => sql.run(insertTicket, ticket(tenant, hash)));
const hashesIn = async (database: Database, tenant: string) =>
  (await database.read.all(ticketsOf, { tenant })).map((row) => row.ticket_hash);

onEveryEngine('Statements', (place) => {
  test('rows come back as they were written', async () => {
    await add(place.database, 'rows', 'a');
    assert.deepEqual({ ...(await place.database.read.first(ticketsOf, { tenant: 'rows' })) }, ticket('rows', 'a'));
    assert.equal(await place.database.read.first(ticketsOf, { tenant: 'nobody' }), undefined);
    assert.deepEqual(await place.database.read.all(ticketsOf, { tenant: 'nobody' }), []);
  });

  test('instants, counts, largest values and sums are numbers', async () => {
    for (const hash of ['a', 'b', 'c']) await add(place.database, 'numbers', hash);
    const { build } = place.database.read;
    const [row] = await place.database.read.query<Record<string, unknown>>(
      build
        .selectFrom('tickets')
        .select((e) => [
          e.fn.countAll().as('total'),
          e.fn.max('created_at').as('latest'),
          e.fn.sum('created_at').as('sum'),
        ])
        .where('tenant', '=', 'numbers'),
    );
    assert.deepEqual({ ...row }, { total: 3, latest: NOW, sum: 3 * NOW });
  });

  test('text keeps what people write, and parameters are never read as SQL', async () => {
    const data = `ünïcode 日本語 😀 ' " \\ ; -- $1 ? line\nbreak`;
    await place.database.write((sql) => sql.run(insertTicket, { ...ticket('text', 'a'), data }));
    assert.equal((await place.database.read.first(ticketsOf, { tenant: 'text' }))?.data, data);
  });

  test('one description serves any values, and binds one name twice', async () => {
    const created = statement<{ tenant: string; at: number }, { ticket_hash: string }>((q, bind) =>
      q
        .selectFrom('tickets')
        .select('ticket_hash')
        .where('tenant', '=', bind('tenant'))
        .where('created_at', '>=', bind('at'))
        .where('created_at', '<=', bind('at'))
        .where('kind', '=', 'test'),
    );
    await add(place.database, 'twice', 'a');
    assert.equal((await place.database.read.all(created, { tenant: 'twice', at: NOW })).length, 1);
    assert.equal((await place.database.read.all(created, { tenant: 'twice', at: NOW + 1 })).length, 0);
  });

  test('run tells how many rows it changed', async () => {
    const touch = statement<{ tenant: string }>((q, bind) =>
      q.updateTable('tickets').set({ kind: 'touched' }).where('tenant', '=', bind('tenant')),
    );
    await add(place.database, 'changes', 'a');
    await add(place.database, 'changes', 'b');
    assert.equal(await place.database.write((sql) => sql.run(touch, { tenant: 'changes' })), 2);
    assert.equal(await place.database.write((sql) => sql.run(touch, { tenant: 'nobody' })), 0);
  });

  test('a change that returns rows answers them through first, all and run', async () => {
    const tenant = 'returning';
    for (const hash of ['a', 'b', 'c']) await add(place.database, tenant, hash);
    const { database } = place;
    const used = await database.write((sql) => sql.first(useTicket, { tenant, hash: 'a', now: NOW + 5 }));
    assert.deepEqual({ ...used }, { data: 'data of a', used_at: NOW + 5 });
    const none = await database.write((sql) => sql.first(useTicket, { tenant, hash: 'a', now: NOW + 6 }));
    assert.equal(none, undefined);
    assert.equal(await database.write((sql) => sql.run(useTicket, { tenant, hash: 'b', now: NOW })), 1);
    const removed = await database.write((sql) => sql.all(removeTicket, { tenant, hash: 'c' }));
    assert.deepEqual(
      removed.map((row) => row.data),
      ['data of c'],
    );
    assert.deepEqual(await hashesIn(database, tenant), ['a', 'b']);
  });
});

onEveryEngine('Units of work', (place) => {
  test('all of a unit happens, and its value is answered', async () => {
    const answer = await place.database.write(async (sql) => {
      await sql.run(insertTicket, ticket('all', 'a'));
      await sql.run(insertTicket, ticket('all', 'b'));
      return (await sql.all(ticketsOf, { tenant: 'all' })).length;
    });
    assert.equal(answer, 2);
    assert.deepEqual(await hashesIn(place.database, 'all'), ['a', 'b']);
  });

  test('nothing of a failed unit happens, and its error is the one that was thrown', async () => {
    const refusal = new Error('no');
    const unit = place.database.write(async (sql) => {
      await sql.run(insertTicket, ticket('nothing', 'a'));
      throw refusal;
    });
    await assert.rejects(unit, (error) => error === refusal);
    assert.deepEqual(await hashesIn(place.database, 'nothing'), []);
  });

  test('units that run together fail alone', async () => {
    const hashes = Array.from({ length: 40 }, (_, i) => String(i).padStart(2, '0'));
    const outcomes = await Promise.allSettled(
      hashes.map((hash, i) =>
        place.database.write(async (sql) => {
          await sql.run(insertTicket, ticket('together', hash));
          if (i % 3 === 0) throw new Error(`unit ${hash}`);
          return hash;
        }),
      ),
    );
    const expected = hashes.filter((_, i) => i % 3 !== 0);
    const answered = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    assert.deepEqual(answered, expected);
    assert.deepEqual(await hashesIn(place.database, 'together'), expected);
  });

  test('a taken unique key is a UniqueViolation that names its table', async () => {
    await add(place.database, 'unique', 'a');
    await assert.rejects(add(place.database, 'unique', 'a'), (error) => {
      assert.ok(error instanceof UniqueViolation);
      assert.match(error.constraint, /^tickets/);
      return true;
    });
    const again = place.database.write(({ build, query }) =>
      query(build.insertInto('meta').values({ name: 'schema_version', value: '9' })),
    );
    await assert.rejects(again, UniqueViolation);
  });

  test('a unit may turn the violation into an error of its own', async () => {
    await add(place.database, 'turned', 'a');
    const unit = place.database.write((sql) =>
      sql.run(insertTicket, ticket('turned', 'a')).catch(() => {
        throw new Error('taken');
      }),
    );
    await assert.rejects(unit, /^Error: taken$/);
  });

  test('a unit that goes on after a failed statement fails all the same', async () => {
    await add(place.database, 'swallowed', 'a');
    const unit = place.database.write(async (sql) => {
      await sql.run(insertTicket, ticket('swallowed', 'b'));
      await sql.run(insertTicket, ticket('swallowed', 'a')).catch(() => {});
      return 'as if nothing were wrong';
    });
    await assert.rejects(unit, UniqueViolation);
    assert.deepEqual(await hashesIn(place.database, 'swallowed'), ['a']);
  });

  test('a statement after the end of its unit is refused', async () => {
    let late: (() => Promise<unknown>) | undefined;
    await place.database.write(async (sql) => {
      late = () => sql.run(insertTicket, ticket('late', 'a'));
    });
    await assert.rejects(late!(), /after the end of its unit/);
    assert.deepEqual(await hashesIn(place.database, 'late'), []);
  });

  test('reads see committed data only; the unit sees its own', async () => {
    await place.database.write(async (sql) => {
      await sql.run(insertTicket, ticket('isolated', 'a'));
      assert.equal((await sql.all(ticketsOf, { tenant: 'isolated' })).length, 1);
      assert.deepEqual(await hashesIn(place.database, 'isolated'), []);
    });
    assert.deepEqual(await hashesIn(place.database, 'isolated'), ['a']);
  });

  test('reads cannot write', { skip: place.engine === 'postgres' && 'the pool serves reads and writes' }, async () => {
    await assert.rejects(place.database.read.run(insertTicket, ticket('read', 'a')), /readonly/);
  });

  test('a one-time thing has one winner among nodes that ask at once', async () => {
    const tenant = 'winner';
    const other = await place.open();
    for (let round = 0; round < 20; round++) {
      const hash = `ticket ${round}`;
      await add(place.database, tenant, hash);
      const uses = Array.from({ length: 10 }, (_, i) =>
        (i % 2 === 0 ? place.database : other).write((sql) => sql.first(useTicket, { tenant, hash, now: NOW + i })),
      );
      assert.equal((await Promise.all(uses)).filter((row) => row !== undefined).length, 1);
    }
  });
});

onEveryEngine('Schema and copies', (place) => {
  test('migrating again changes nothing', async () => {
    await add(place.database, 'again', 'a');
    const version = await getMeta(place.database, 'schema_version');
    await migrate(place.database);
    const other = await place.open();
    assert.equal(await getMeta(other, 'schema_version'), version);
    assert.deepEqual(await hashesIn(other, 'again'), ['a']);
  });

  test('a database of a newer release is refused', async () => {
    const set = (value: string) =>
      place.database.write(({ build, query }) =>
        query(build.updateTable('meta').set({ value }).where('name', '=', 'schema_version')),
      );
    const version = (await getMeta(place.database, 'schema_version'))!;
    await set('999');
    await assert.rejects(migrate(place.database), /schema version 999/);
    await set(version);
  });

  copies(place);
});

onEveryEngine('First start', (place) => {
  test('nodes that start at once on an empty database make the schema once', async () => {
    await place.empty();
    const nodes = await Promise.all(Array.from({ length: 4 }, () => place.open()));
    for (const node of nodes) assert.ok(Number(await getMeta(node, 'schema_version')) >= 1);
    await add(nodes[0]!, 'start', 'a');
    assert.deepEqual(await hashesIn(nodes[3]!, 'start'), ['a']);
  });
});

function copies(place: Place): void {
  if (place.engine === 'postgres') {
    test('a backup is left to pg_dump', async () => {
      await assert.rejects(place.database.backup(join(place.folder, 'copy')), /pg_dump/);
    });
    return;
  }
  test('nobody else can read the files', () => {
    for (const name of readdirSync(place.folder).filter((name) => name.startsWith('latchkey.db'))) {
      assert.equal(statSync(join(place.folder, name)).mode & 0o077, 0, name);
    }
  });

  test('a backup taken while units commit holds whole units only', async () => {
    const pair = (i: number) =>
      place.database.write(async (sql) => {
        const filler = 'x'.repeat(5000);
        await sql.run(insertTicket, { ...ticket('left', String(i)), data: filler });
        await sql.run(insertTicket, { ...ticket('right', String(i)), data: filler });
      });
    for (let i = 0; i < 200; i++) await pair(i);
    let running = true;
    const writing = (async () => {
      let i = 200;
      for (; running; i++) await pair(i);
      return i;
    })();
    const folder = join(place.folder, 'restored');
    mkdirSync(folder);
    await place.database.backup(join(folder, 'latchkey.db'));
    running = false;
    const written = await writing;
    const copy = await openDatabase({ dataDir: folder });
    const left = await hashesIn(copy, 'left');
    assert.deepEqual(await hashesIn(copy, 'right'), left);
    await copy.close();
    assert.ok(left.length >= 200 && left.length <= written);
    assert.equal((await hashesIn(place.database, 'left')).length, written);
  });
}
