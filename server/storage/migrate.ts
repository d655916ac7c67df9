/** Brings the schema up to date: one list of migrations for both engines, each run once, in order, in one transaction. */
import { type Database, UniqueViolation } from './database.ts';
import * as core from './migrations/0001_core.ts';
import * as mailSender from './migrations/0002_mail_sender.ts';
import * as access from './migrations/0003_access.ts';
import * as attempts from './migrations/0005_attempts.ts';
import * as organizations from './migrations/0006_organizations.ts';
import * as search from './migrations/0007_search.ts';
import * as tokenFamilies from './migrations/0008_token_families.ts';
import * as logIndexes from './migrations/0009_log_indexes.ts';
import { type Engine, statement } from './statement.ts';

/** One text for both engines, or one for each where only one of them can say how rows are kept. */
export type Statement = string | Readonly<Record<Engine, string>>;

/** In order; never edit one that was released, append a new one. */
const migrations: readonly { name: string; statements: readonly Statement[] }[] = [
  { name: '0001_core', statements: core.statements },
  { name: '0002_mail_sender', statements: mailSender.statements },
  { name: '0003_access', statements: access.statements },
  { name: '0005_attempts', statements: attempts.statements },
  { name: '0006_organizations', statements: organizations.statements },
  { name: '0007_search', statements: search.statements },
  { name: '0008_token_families', statements: tokenFamilies.statements },
  { name: '0009_log_indexes', statements: logIndexes.statements },
];

const VERSION = 'schema_version';
const readMeta = statement<{ name: string }, { value: string }>((q, bind) =>
  q.selectFrom('meta').select('value').where('name', '=', bind('name')),
);
const insertMeta = statement<{ name: string; value: string }>((q, bind) =>
  q.insertInto('meta').values({ name: bind('name'), value: bind('value') }),
);
const updateMeta = statement<{ name: string; value: string; previous: string }>((q, bind) =>
  q
    .updateTable('meta')
    .set({ value: bind('value') })
    .where('name', '=', bind('name'))
    .where('value', '=', bind('previous')),
);

/**
 * Applies what is missing. Two processes may start at once: the version row is claimed inside the same transaction
 * as the statements, so the second finds it taken and reads again.
 * @throws when the database was made by a newer release.
 */
export async function migrate(database: Database): Promise<void> {
  const makeMeta = () =>
    database.execute('create table if not exists meta (name text primary key, value text not null)');
  // On PostgreSQL two that create it at once can fail in several ways, even with `if not exists`. Then it is there.
  await makeMeta().catch(makeMeta);
  for (;;) {
    const version = Number((await database.read.first(readMeta, { name: VERSION }))?.value ?? 0);
    if (version > migrations.length) {
      const message = `The database has schema version ${version}; this release knows ${migrations.length}`;
      throw Object.assign(new Error(message), { code: 'DATABASE_IS_NEWER' });
    }
    const next = migrations[version];
    if (!next) return;
    await apply(database, next.statements, version).catch((error) => {
      if (!(error instanceof UniqueViolation)) throw error;
    });
  }
}

async function apply(database: Database, statements: readonly Statement[], version: number): Promise<void> {
  await database.write(async (sql) => {
    const claimed =
      version === 0
        ? await sql.run(insertMeta, { name: VERSION, value: '1' })
        : await sql.run(updateMeta, { name: VERSION, value: String(version + 1), previous: String(version) });
    if (claimed === 0) return;
    for (const described of statements) {
      const text = typeof described === 'string' ? described : described[database.engine];
      await sql.query({ compile: () => ({ sql: text, parameters: [] }) as never });
    }
  });
}

/** A named fact about this database, such as how far its users are written into the index of terms. */
export async function getMeta(database: Database, name: string): Promise<string | undefined> {
  return (await database.read.first(readMeta, { name }))?.value;
}
