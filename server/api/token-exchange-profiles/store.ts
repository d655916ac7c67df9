/** Where token exchange profiles are kept: found by id and by the kind of token, of which there is one each. */
import type { Sql } from '../../storage/database.ts';
import { type Collection, collection, unsealed } from '../../storage/documents.ts';
import type { TokenExchangeProfile } from './schema.ts';

/** Nothing in them is secret. */
export const tokenExchangeProfiles: Collection<TokenExchangeProfile> = collection<TokenExchangeProfile>(
  {
    kind: 'token_exchange_profile',
    id: 'id',
    keys: {
      subject_token_type: { of: (profile) => profile.subject_token_type, unique: true },
      action: { of: (profile) => profile.action_id },
    },
  },
  unsealed,
);

/** Without its action nobody judges the tokens. */
export async function removeTokenExchangeProfilesOfAction(sql: Sql, tenant: string, actionId: string): Promise<void> {
  for (const profile of await tokenExchangeProfiles.findAll(sql, tenant, 'action', actionId)) {
    await tokenExchangeProfiles.remove(sql, tenant, profile.id);
  }
}
