/**
 * Where custom domains are kept: the description is a document; the host of one that is verified is a row of `domains`,
 * by which requests find their tenant.
 */
import type { Sql } from '../../storage/database.ts';
import { type Collection, collection, type Sealer } from '../../storage/documents.ts';
import { statement } from '../../storage/statement.ts';
import type { DomainTable } from '../../storage/tables.ts';
import type { CustomDomain } from './schema.ts';

export function customDomainStore(sealer: Sealer): Collection<CustomDomain> {
  return collection<CustomDomain>(
    {
      kind: 'custom_domain',
      id: 'custom_domain_id',
      keys: {
        domain: { of: (doc) => doc.domain, unique: true },
        default: { of: (doc) => (doc.is_default ? 'true' : undefined), unique: true },
      },
    },
    sealer,
  );
}

const findHost = statement<{ domain: string }, DomainTable>((q, bind) =>
  q.selectFrom('domains').selectAll().where('domain', '=', bind('domain')),
);
const insertHost = statement<DomainTable>((q, bind) =>
  q.insertInto('domains').values({ domain: bind('domain'), tenant: bind('tenant') }),
);
const deleteHost = statement<DomainTable>((q, bind) =>
  q.deleteFrom('domains').where('domain', '=', bind('domain')).where('tenant', '=', bind('tenant')),
);

/** The tenant that answers on a host. */
export async function tenantOfHost(sql: Sql, domain: string): Promise<string | undefined> {
  return (await sql.first(findHost, { domain }))?.tenant;
}

/** @throws UniqueViolation when another tenant has the host. */
export async function addHost(sql: Sql, tenant: string, domain: string): Promise<void> {
  if ((await tenantOfHost(sql, domain)) !== tenant) await sql.run(insertHost, { tenant, domain });
}

export async function removeHost(sql: Sql, tenant: string, domain: string): Promise<void> {
  await sql.run(deleteHost, { tenant, domain });
}
