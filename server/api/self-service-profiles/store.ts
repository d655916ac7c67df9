/** Where self-service profiles, their texts and their tickets are kept. A ticket is found by the hash of its secret. */
import type { Sql } from '../../storage/database.ts';
import { type Collection, collection } from '../../storage/documents.ts';
import type { CustomText, SelfServiceProfile, SsoTicket } from './schema.ts';

/** Nothing in them is secret: of a ticket there is the hash only. */
const OPEN = { seal: (plain: string) => plain, open: (sealed: string) => sealed };

export const selfServiceProfiles: Collection<SelfServiceProfile> = collection<SelfServiceProfile>(
  {
    kind: 'self_service_profile',
    id: 'id',
    keys: { attributes: { of: (profile) => profile.user_attribute_profile_id ?? undefined } },
  },
  OPEN,
);

export const customTexts: Collection<CustomText> = collection<CustomText>(
  { kind: 'self_service_text', id: 'id', keys: { profile: { of: (text) => text.profile_id } } },
  OPEN,
);

export const ssoTickets: Collection<SsoTicket> = collection<SsoTicket>(
  {
    kind: 'sso_ticket',
    id: 'hash',
    keys: {
      profile: { of: (ticket) => ticket.profile_id },
      connection: { of: (ticket) => ticket.connection_id },
    },
  },
  OPEN,
);

/** Removes a profile with its texts and tickets. Answers whether there was one. */
export async function removeSelfServiceProfile(sql: Sql, tenant: string, id: string): Promise<boolean> {
  for (const text of await customTexts.findAll(sql, tenant, 'profile', id)) {
    await customTexts.remove(sql, tenant, text.id);
  }
  await removeTickets(sql, tenant, 'profile', id);
  return selfServiceProfiles.remove(sql, tenant, id);
}

/** A connection that is gone cannot be set up. */
export function removeSsoTicketsOfConnection(sql: Sql, tenant: string, connectionId: string): Promise<void> {
  return removeTickets(sql, tenant, 'connection', connectionId);
}

/** Profiles say nothing about attributes any more that a profile said which is gone. */
export async function forgetAttributeProfile(sql: Sql, tenant: string, id: string, now: number): Promise<void> {
  for (const profile of await selfServiceProfiles.findAll(sql, tenant, 'attributes', id)) {
    const { user_attribute_profile_id: _gone, ...rest } = profile;
    await selfServiceProfiles.replace(sql, tenant, rest, now);
  }
}

/** Removes tickets of a profile that let nobody in any more. */
export async function removeExpiredTickets(sql: Sql, tenant: string, profileId: string, now: number): Promise<void> {
  for (const ticket of await ssoTickets.findAll(sql, tenant, 'profile', profileId)) {
    if (Date.parse(ticket.expires_at) <= now) await ssoTickets.remove(sql, tenant, ticket.hash);
  }
}

async function removeTickets(sql: Sql, tenant: string, key: 'profile' | 'connection', value: string): Promise<void> {
  for (const ticket of await ssoTickets.findAll(sql, tenant, key, value)) {
    await ssoTickets.remove(sql, tenant, ticket.hash);
  }
}
