/** Where directory provisioning configurations are kept: one for a connection, under the connection's id. */
import type { Sql } from '../../../storage/database.ts';
import { type Collection, collection, unsealed } from '../../../storage/documents.ts';
import type { DirectoryProvisioning } from './schema.ts';

/** Nothing in them is secret: what the directory asks for is among the options of the connection. */
export const directoryProvisionings: Collection<DirectoryProvisioning> = collection<DirectoryProvisioning>(
  { kind: 'directory_provisioning', id: 'connection_id', keys: {} },
  unsealed,
);

/** Answers whether there was one. */
export function removeDirectoryProvisioningOf(sql: Sql, tenant: string, connectionId: string): Promise<boolean> {
  return directoryProvisionings.remove(sql, tenant, connectionId);
}
