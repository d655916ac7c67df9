/** Encryption keys as administrators see them. Key material is never shown. */
import { Type } from 'typebox';
import { field, resource } from '../../schema/resource.ts';
import { choice } from '../../schema/types.ts';

const instant = Type.String({ format: 'date-time' });
const TYPES = [
  'customer-provided-root-key',
  'environment-root-key',
  'tenant-master-key',
  'tenant-encryption-key',
] as const;

export const encryptionKeyResource = resource({
  name: 'EncryptionKey',
  plural: 'keys',
  fields: {
    kid: field(Type.String(), { readOnly: true, always: true, description: 'Identifier of the key' }),
    type: field(choice(TYPES), { readOnly: true, always: true, description: 'Place in the hierarchy' }),
    state: field(choice(['pre-activation', 'active', 'deactivated', 'destroyed']), { readOnly: true, always: true }),
    created_at: field(instant, { readOnly: true, always: true }),
    updated_at: field(instant, { readOnly: true, always: true }),
    parent_kid: field(Type.String(), { readOnly: true, nullable: 'keep', description: 'The key that wraps this one' }),
    public_key: field(Type.String(), { readOnly: true, nullable: 'keep', description: 'Public half, PEM' }),
  },
});

/** What an import brings. The resource exists to keep it out of log events. */
export const importedKeyResource = resource({
  name: 'ImportedEncryptionKey',
  plural: 'keys',
  fields: {
    wrapped_key: field(Type.String({ minLength: 1, maxLength: 10_000 }), {
      required: true,
      secret: true,
      description: 'AES-256 key, wrapped with the wrapping key by CKM_RSA_AES_KEY_WRAP, base64',
    }),
  },
});
