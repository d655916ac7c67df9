/** Keys of a connection: what it signs with when it talks to the provider. The private half is never shown. */
import { Type } from 'typebox';
import { type DocumentOf, field, resource } from '../../../schema/resource.ts';
import { choice, opt, optionalBody } from '../../../schema/types.ts';

export const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'ES256', 'ES384'] as const;

const flag = Type.Boolean();

export const connectionKeyResource = resource({
  name: 'ConnectionKey',
  plural: 'keys',
  fields: {
    kid: field(Type.String(), {
      readOnly: true,
      always: true,
      description: 'Identifier in the header of what it signs',
    }),
    algorithm: field(choice(ALGORITHMS), { readOnly: true, always: true, description: 'What it signs with' }),
    key_use: field(choice(['signing', 'encryption']), { readOnly: true, always: true, description: 'What it is for' }),
    subject_dn: field(Type.String(), { readOnly: true, always: true, description: 'Subject of the certificate' }),
    cert: field(Type.String(), { readOnly: true, always: true, description: 'Certificate, PEM' }),
    pkcs: field(Type.String(), { readOnly: true, description: 'Certificate in a PKCS #7 envelope, PEM' }),
    fingerprint: field(Type.String(), { readOnly: true, always: true, description: 'SHA-1, with colons' }),
    thumbprint: field(Type.String(), { readOnly: true, always: true, description: 'SHA-1, hexadecimal' }),
    current: field(flag, { readOnly: true, description: 'Signs now' }),
    next: field(flag, { readOnly: true, description: 'Signs after the next rotation' }),
    previous: field(flag, { readOnly: true, description: 'Signed before' }),
    current_since: field(Type.String(), { readOnly: true, description: 'When it began to sign' }),
  },
});

export type ConnectionKeyAnswer = DocumentOf<typeof connectionKeyResource>;

/** A key as it is kept. */
export type ConnectionKey = {
  readonly kid: string;
  readonly connection_id: string;
  readonly status: 'current' | 'next' | 'previous';
  readonly algorithm: (typeof ALGORITHMS)[number];
  readonly cert: string;
  /** PKCS #8, PEM. */
  readonly private_key: string;
  readonly current_since?: string;
};

/** What a request for new keys may say. A request without a body is one as well. */
export const keyRequest = optionalBody({ signing_alg: opt(choice(ALGORITHMS)) });
