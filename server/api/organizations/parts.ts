/** What ties something to an organization: one document for each pair, found from either side. */
import type { Sql } from '../../storage/database.ts';
import { type Collection, collection, unsealed } from '../../storage/documents.ts';

/** `id` is made of both sides, so that a pair is there once. */
export type Part = { readonly id: string; readonly organization_id: string };

/** The id of a pair. */
export function partId(organizationId: string, otherId: string): string {
  return `${organizationId}|${otherId}`;
}

/**
 * A collection of pairs. Nothing in them is secret.
 * @param other the property that names the other side, which is also the name of its key
 */
export function partCollection<Doc extends Part>(kind: string, other: keyof Doc & string): Collection<Doc> {
  return collection<Doc>(
    {
      kind,
      id: 'id',
      keys: { organization: { of: (doc) => doc.organization_id }, [other]: { of: (doc) => String(doc[other]) } },
    },
    unsealed,
  );
}

/** Removes every document whose key has this value. */
export async function removeAllOf<Doc extends object>(
  sql: Sql,
  tenant: string,
  from: Collection<Doc>,
  key: string,
  value: string,
): Promise<void> {
  for (const doc of await from.findAll(sql, tenant, key, value)) {
    await from.remove(sql, tenant, String((doc as Record<string, unknown>)[from.id]));
  }
}
