/** Client grants: which scopes of an API a client may have, for itself or for the users who sign in through it. */
import { Type } from 'typebox';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { choice } from '../../schema/types.ts';

export const clientGrantResource = resource({
  name: 'ClientGrant',
  plural: 'client_grants',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true, description: 'Identifier of the grant' }),
    client_id: field(Type.String({ minLength: 1, maxLength: 100 }), {
      createOnly: true,
      description: 'Who is allowed',
    }),
    audience: field(Type.String({ minLength: 1, maxLength: 600 }), {
      required: true,
      createOnly: true,
      always: true,
      description: 'Identifier of the API',
    }),
    scope: field(Type.Array(Type.String({ minLength: 1, maxLength: 280 }), { maxItems: 1000 }), {
      nullable: 'remove',
      description: 'Scopes that are allowed',
    }),
    organization_usage: field(choice(['deny', 'allow', 'require']), {
      nullable: 'remove',
      inert: 'Kept and shown; has no effect yet.',
    }),
    allow_any_organization: field(Type.Boolean(), { nullable: 'remove', inert: 'Kept and shown; has no effect yet.' }),
    default_for: field(choice(['third_party_clients']), {
      createOnly: true,
      description: 'A grant for all third-party clients',
    }),
    is_system: field(Type.Boolean(), { readOnly: true, description: 'Made by the server' }),
    subject_type: field(choice(['client', 'user']), {
      createOnly: true,
      description: 'For the client itself, or for users',
    }),
    authorization_details_types: field(Type.Array(Type.String({ minLength: 1, maxLength: 255 })), {
      inert: 'Kept and shown; has no effect yet.',
    }),
    allow_all_scopes: field(Type.Boolean(), { nullable: 'remove', description: 'Allow every scope the API has' }),
  },
});

export type ClientGrant = DocumentOf<typeof clientGrantResource>;
