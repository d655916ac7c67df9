/** Where user attribute profiles are kept: found by id and by name. Nothing in them is secret. */
import { type Collection, collection, unsealed } from '../../storage/documents.ts';
import type { UserAttributeProfile } from './schema.ts';

export const userAttributeProfiles: Collection<UserAttributeProfile> = collection<UserAttributeProfile>(
  { kind: 'user_attribute_profile', id: 'id', keys: { name: { of: (profile) => profile.name, unique: true } } },
  unsealed,
);
