/** Token exchange profiles: which kinds of outside tokens can be exchanged, and the action that judges them. */
import { Type } from 'typebox';
import { PATTERNS } from '../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { choice } from '../../schema/types.ts';

const NOT_YET = 'Kept and shown; tokens cannot be exchanged yet.';
const shownOnly = { readOnly: true, always: true } as const;

export const tokenExchangeProfileResource = resource({
  name: 'TokenExchangeProfile',
  plural: 'token_exchange_profiles',
  fields: {
    id: field(Type.String(), { ...shownOnly, description: 'Identifier of the profile' }),
    name: field(Type.String({ minLength: 3, maxLength: 50 }), {
      required: true,
      always: true,
      description: 'Name of the profile',
    }),
    // RFC 8693 §3: a URI.
    subject_token_type: field(Type.String({ minLength: 8, maxLength: 100, pattern: PATTERNS.webUrlOrUrn }), {
      required: true,
      always: true,
      inert: NOT_YET,
      description: 'The URI that requests name the kind of token by; there is one profile of it',
    }),
    action_id: field(Type.String({ minLength: 1, maxLength: 36 }), {
      required: true,
      createOnly: true,
      always: true,
      inert: NOT_YET,
      description: 'The action that judges the token',
    }),
    type: field(choice(['custom_authentication']), {
      required: true,
      createOnly: true,
      always: true,
      description: 'What the exchange is for',
    }),
    created_at: field(Type.String(), shownOnly),
    updated_at: field(Type.String(), shownOnly),
  },
});

export type TokenExchangeProfile = DocumentOf<typeof tokenExchangeProfileResource>;
