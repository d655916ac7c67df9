/** Where connection profiles are kept: found by id and by name. Nothing in them is secret. */
import { type Collection, collection, unsealed } from '../../storage/documents.ts';
import type { ConnectionProfile } from './schema.ts';

export const connectionProfiles: Collection<ConnectionProfile> = collection<ConnectionProfile>(
  { kind: 'connection_profile', id: 'id', keys: { name: { of: (profile) => profile.name, unique: true } } },
  unsealed,
);
