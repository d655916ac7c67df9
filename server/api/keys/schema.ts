/** Signing keys as administrators see them. The private half is never shown. */
import { Type } from 'typebox';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';

const flag = Type.Boolean();
const instant = Type.String({ format: 'date-time' });

export const signingKeyResource = resource({
  name: 'SigningKey',
  plural: 'signing_keys',
  fields: {
    kid: field(Type.String(), { readOnly: true, always: true, description: 'Identifier in the key set' }),
    cert: field(Type.String(), { readOnly: true, always: true, description: 'Certificate, PEM' }),
    pkcs7: field(Type.String(), { readOnly: true, description: 'Certificate in a PKCS #7 envelope, PEM' }),
    current: field(flag, { readOnly: true, description: 'Signs now' }),
    next: field(flag, { readOnly: true, description: 'Signs after the next rotation' }),
    previous: field(flag, { readOnly: true, description: 'Signed before; still trusted' }),
    current_since: field(instant, { readOnly: true, description: 'When it began to sign' }),
    current_until: field(instant, { readOnly: true, description: 'When it stopped signing' }),
    fingerprint: field(Type.String(), { readOnly: true, always: true, description: 'SHA-1, with colons' }),
    thumbprint: field(Type.String(), { readOnly: true, always: true, description: 'SHA-1, hexadecimal' }),
    revoked: field(flag, { readOnly: true, description: 'Trusted by nobody any more' }),
    revoked_at: field(instant, { readOnly: true, description: 'When it was revoked' }),
  },
});

export type SigningKeyAnswer = DocumentOf<typeof signingKeyResource>;
