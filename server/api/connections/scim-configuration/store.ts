/** Where SCIM configurations and tokens are kept. A token is found by its hash, which is all that is kept of it. */
import type { Sql } from '../../../storage/database.ts';
import { type Collection, collection } from '../../../storage/documents.ts';
import type { ScimConfiguration, ScimToken } from './schema.ts';

/** Nothing in them is secret: of a token there is the hash only. */
const OPEN = { seal: (plain: string) => plain, open: (sealed: string) => sealed };

export const scimConfigurations: Collection<ScimConfiguration> = collection<ScimConfiguration>(
  { kind: 'scim_configuration', id: 'connection_id', keys: {} },
  OPEN,
);

export const scimTokens: Collection<ScimToken> = collection<ScimToken>(
  {
    kind: 'scim_token',
    id: 'token_id',
    keys: { connection: { of: (token) => token.connection_id }, hash: { of: (token) => token.hash, unique: true } },
  },
  OPEN,
);

/** Removes the configuration of a connection and its tokens. Answers whether there was one. */
export async function removeScimConfigurationOf(sql: Sql, tenant: string, connectionId: string): Promise<boolean> {
  for (const token of await scimTokens.findAll(sql, tenant, 'connection', connectionId)) {
    await scimTokens.remove(sql, tenant, token.token_id);
  }
  return scimConfigurations.remove(sql, tenant, connectionId);
}
