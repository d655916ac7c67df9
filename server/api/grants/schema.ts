/** Grants: what users allowed clients to do at APIs (remembered consent). */
import { Type } from 'typebox';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';

export const grantResource = resource({
  name: 'UserGrant',
  plural: 'grants',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true, description: 'Identifier of the grant' }),
    clientID: field(Type.String(), { readOnly: true, always: true, description: 'Client it was given to' }),
    user_id: field(Type.String(), { readOnly: true, always: true, description: 'User who gave it' }),
    audience: field(Type.String(), { readOnly: true, always: true, description: 'API it is good at' }),
    scope: field(Type.Array(Type.String()), { readOnly: true, always: true, description: 'What it allows' }),
  },
});

export type UserGrant = DocumentOf<typeof grantResource>;
