/**
 * SQLite through better-sqlite3: the embedded default.
 *
 * WAL with `synchronous = FULL`: a commit is on disk when it returns. One commit costs an fsync, so units of work are
 * grouped: all that queue up within an event-loop turn share one transaction and are answered together after the commit.
 * When one of them fails, all are undone and run again, now each in a savepoint of its own, so that it fails alone.
 *
 * Reads see committed data only: while that transaction is open they go to a second, read-only connection. Otherwise they
 * share the writer's, whose pages are still good after its own commits; the other connection has to read them again after
 * each.
 */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { type Database, type Run, type Sql, UniqueViolation } from './database.ts';
import { makeSql, type Outcome, runUnit } from './sql.ts';

/** How many prepared statements a connection keeps. */
const PREPARED_LIMIT = 500;

type Unit = {
  work: (sql: Sql) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
};

/**
 * @param options.rehearse runs every unit, undoes it and runs it again, as happens beside one that fails: for tests, which
 *   so find a unit that leaves something behind outside of the database
 */
export function openSqlite(file: string, { rehearse = false } = {}): Database {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // Password hashes are in there: nobody else's to read. The files beside it (WAL) get the mode of this one.
  closeSync(openSync(file, 'a', 0o600));
  const writer = connect(file, {});
  writer.pragma('journal_mode = WAL');
  writer.pragma('synchronous = FULL');
  // Pages (of 4 KiB) of the log before they are copied into the database. The same pages change over and over, and are
  // copied once each time; SQLite's own 1000 would be a copy every few hundred logins. 32 MB are read back in no time.
  writer.pragma('wal_autocheckpoint = 8000');
  const reader = connect(file, { readonly: true });
  // Every commit makes the pages that it keeps worthless: a full cache (16 MB) would be memory for nothing.
  reader.pragma('cache_size = -1000');
  const queue = groupCommit(writer, runner(writer), rehearse);
  const readHere = runner(writer, { readonly: true });
  const readBeside = runner(reader);
  return {
    engine: 'sqlite',
    read: makeSql('sqlite', (query, prepared) => (writer.inTransaction ? readBeside : readHere)(query, prepared)),
    write: queue.add,
    async execute(text) {
      writer.exec(text);
    },
    async backup(target) {
      await writer.backup(target);
    },
    async close() {
      await queue.idle();
      reader.close();
      writer.close();
    },
  };
}

function connect(file: string, options: Sqlite.Options): Sqlite.Database {
  const connection = new Sqlite(file, options);
  // Another process (the command line) may hold the write lock for a moment.
  connection.pragma('busy_timeout = 5000');
  connection.pragma('foreign_keys = ON');
  return connection;
}

/** Runs text on one connection, keeping prepared statements by their text. @param options.readonly refuses to write */
function runner(connection: Sqlite.Database, { readonly = false } = {}): Run {
  const prepared = new Map<string, Sqlite.Statement<unknown[]>>();
  return ({ sql, parameters }) => {
    let statement = prepared.get(sql);
    if (!statement) {
      if (prepared.size >= PREPARED_LIMIT) prepared.delete(prepared.keys().next().value!);
      statement = connection.prepare(sql);
      if (readonly && !statement.readonly) throw new Error('Outside of a unit of work the database is readonly.');
      prepared.set(sql, statement);
    }
    try {
      if (statement.reader) {
        const rows = statement.all(...parameters);
        return { rows, changes: rows.length };
      }
      return { rows: [], changes: statement.run(...parameters).changes };
    } catch (error) {
      throw translate(error);
    }
  };
}

function translate(error: unknown): unknown {
  const { code, message } = error as { code?: string; message: string };
  if (code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY') {
    return new UniqueViolation(message.replace(/^UNIQUE constraint failed: (index )?/, ''), error);
  }
  return error;
}

/**
 * How long after a commit the next one may begin, in milliseconds. An idle server commits at once; a busy one gathers
 * what comes in this time, so that an fsync is shared by many.
 */
const COMMIT_INTERVAL = 4;

/** The queue of units of work and the transaction they share. */
function groupCommit(writer: Sqlite.Database, run: Run, rehearse: boolean) {
  const transaction = makeTransaction(writer);
  let waiting: Unit[] = [];
  let running: Promise<void> | undefined;
  let committedAt = Number.NEGATIVE_INFINITY;

  function add<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      waiting.push({ work, resolve: resolve as (value: unknown) => void, reject });
      running ??= nextCommit().then(drain);
    });
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await commitTogether(transaction, run, batch, rehearse);
      committedAt = performance.now();
      if (waiting.length > 0) await nextCommit();
    }
    running = undefined;
  }

  function nextCommit(): Promise<void> {
    const wait = committedAt + COMMIT_INTERVAL - performance.now();
    return new Promise((resolve) => (wait > 0 ? setTimeout(resolve, wait) : setImmediate(resolve)));
  }

  async function idle(): Promise<void> {
    while (running) await running;
  }

  return { add, idle };
}

/** The statements around units of work, prepared once. */
function makeTransaction(writer: Sqlite.Database) {
  const statement = (text: string) => {
    const prepared = writer.prepare(text);
    return () => prepared.run();
  };
  const begin = statement('BEGIN IMMEDIATE');
  const rollback = statement('ROLLBACK');
  return {
    begin,
    /** Some errors (disk full) end the transaction. */
    hasEnded: () => !writer.inTransaction,
    startOver(): void {
      if (writer.inTransaction) rollback();
      begin();
    },
    commit: statement('COMMIT'),
    beginUnit: statement('SAVEPOINT unit'),
    endUnit: statement('RELEASE unit'),
    undoUnit: statement('ROLLBACK TO unit'),
    /** If even this fails, the next units say so: they cannot begin. The queue itself goes on. */
    undo(): void {
      try {
        if (writer.inTransaction) rollback();
      } catch {}
    },
  };
}

type Transaction = ReturnType<typeof makeTransaction>;

async function commitTogether(transaction: Transaction, run: Run, batch: Unit[], rehearse: boolean): Promise<void> {
  let settle: (() => void)[];
  try {
    transaction.begin();
    let answers = await together(run, batch);
    if (rehearse && answers) {
      transaction.startOver();
      answers = await together(run, batch);
    }
    if (!answers) {
      transaction.startOver();
      answers = await eachForItself(transaction, run, batch);
    }
    transaction.commit();
    settle = answers;
  } catch (error) {
    // The shared transaction itself failed (disk full, lock timeout): nothing of it happened, so every unit fails.
    for (const unit of batch) unit.reject(error);
    transaction.undo();
    return;
  }
  for (const answer of settle) answer();
}

/**
 * Runs all units without a savepoint between them, which would cost a copy of every page that two of them change.
 * @returns what to tell their callers once the commit is done; undefined when one failed, and with it all
 */
async function together(run: Run, batch: Unit[]): Promise<(() => void)[] | undefined> {
  const answers: (() => void)[] = [];
  try {
    for (const unit of batch) answers.push(answer(unit, await runUnit('sqlite', run, unit.work)));
    return answers;
  } catch {
    return undefined;
  }
}

/** Runs each unit in a savepoint: a failure undoes this unit alone. */
async function eachForItself(transaction: Transaction, run: Run, batch: Unit[]): Promise<(() => void)[]> {
  const answers: (() => void)[] = [];
  for (const unit of batch) {
    transaction.beginUnit();
    try {
      answers.push(answer(unit, await runUnit('sqlite', run, unit.work)));
    } catch (error) {
      // What the units before it wrote is gone as well. They are not told the error of another one's request.
      if (transaction.hasEnded()) throw new Error('The transaction has ended before its commit.', { cause: error });
      transaction.undoUnit();
      answers.push(() => unit.reject(error));
    }
    transaction.endUnit();
  }
  return answers;
}

function answer(unit: Unit, outcome: Outcome<unknown>): () => void {
  return () => {
    outcome.committed();
    unit.resolve(outcome.value);
  };
}
