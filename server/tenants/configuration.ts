/**
 * A tenant's configuration as requests read it: settings, clients, APIs, connections, keys, each loaded on demand and
 * kept until the tenant's revision changes. Every unit of work that changes configuration calls `touch`.
 *
 * The revision is read again when it was last seen too long ago, so a change made by another process takes effect
 * within a second on PostgreSQL (other nodes) and at once to a person on SQLite (the command line). This process sees
 * its own changes as soon as they are committed.
 */
import type { Database, Sql } from '../storage/database.ts';
import { statement } from '../storage/statement.ts';

const readTenant = statement<{ tenant: string }, { revision: number; domain: string; doc: string }>((q, bind) =>
  q.selectFrom('tenants').select(['revision', 'domain', 'doc']).where('tenant', '=', bind('tenant')),
);
const readRevision = statement<{ tenant: string }, { revision: number }>((q, bind) =>
  q.selectFrom('tenants').select('revision').where('tenant', '=', bind('tenant')),
);
const bumpRevision = statement<{ tenant: string }>((q, bind) =>
  q
    .updateTable('tenants')
    .set((e) => ({ revision: e('revision', '+', 1) }))
    .where('tenant', '=', bind('tenant')),
);

/** One loaded revision. `memo` keeps whatever was derived from it. */
export type TenantConfiguration = {
  readonly tenant: string;
  readonly domain: string;
  readonly revision: number;
  readonly settings: Readonly<Record<string, unknown>>;
  /** The value kept under this name, made at first use. A failed load is not kept. */
  memo<T>(name: string, load: () => Promise<T>): Promise<T>;
};

export type Configurations = {
  /** @throws when there is no such tenant. */
  of(tenant: string): Promise<TenantConfiguration>;
  /** Marks the configuration as changed, inside the unit of work that changes it. */
  touch(sql: Sql, tenant: string): Promise<void>;
};

/** Tenants and derived values kept at once; the oldest goes first. */
const TENANT_LIMIT = 1000;
const MEMO_LIMIT = 5000;
/** How long a revision is believed, in milliseconds. */
const REVISION_AGE = { sqlite: 50, postgres: 1000 };

export function makeConfigurations(database: Database, clock: () => number): Configurations {
  const loaded = new Map<string, { checked: number; configuration: TenantConfiguration }>();
  const maxAge = REVISION_AGE[database.engine];
  /** Counts the changes this process has made: a row that was read before one may be older than it. */
  let changes = 0;

  async function load(tenant: string): Promise<TenantConfiguration> {
    const changesBefore = changes;
    const row = await database.read.first(readTenant, { tenant });
    if (!row) throw new Error(`There is no tenant ${tenant}.`);
    const configuration = {
      tenant,
      domain: row.domain,
      revision: row.revision,
      settings: JSON.parse(row.doc),
      memo: makeMemo(),
    };
    if (loaded.size >= TENANT_LIMIT) loaded.delete(loaded.keys().next().value!);
    const checked = changes === changesBefore ? clock() : Number.NEGATIVE_INFINITY;
    loaded.set(tenant, { checked, configuration });
    return configuration;
  }

  return {
    async of(tenant) {
      const kept = loaded.get(tenant);
      if (!kept) return load(tenant);
      const now = clock();
      // A clock that was set back must not make it last.
      if (Math.abs(now - kept.checked) <= maxAge) return kept.configuration;
      const changesBefore = changes;
      const row = await database.read.first(readRevision, { tenant });
      if (row?.revision !== kept.configuration.revision) return load(tenant);
      if (changes === changesBefore) kept.checked = now;
      return kept.configuration;
    },
    async touch(sql, tenant) {
      await sql.run(bumpRevision, { tenant });
      sql.afterCommit(() => {
        changes += 1;
        const kept = loaded.get(tenant);
        if (kept) kept.checked = Number.NEGATIVE_INFINITY;
      });
    },
  };
}

function makeMemo(): TenantConfiguration['memo'] {
  const values = new Map<string, Promise<unknown>>();
  return <T>(name: string, load: () => Promise<T>): Promise<T> => {
    let value = values.get(name);
    if (!value) {
      if (values.size >= MEMO_LIMIT) values.delete(values.keys().next().value!);
      value = load();
      values.set(name, value);
      value.catch(() => values.delete(name));
    }
    return value as Promise<T>;
  };
}
