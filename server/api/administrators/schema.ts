/** Administrators and invitations to become one. Ours: the vendor manages them outside of its API. */
import { Type } from 'typebox';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { choice } from '../../schema/types.ts';
import { ADMINISTRATOR_ROLE_NAMES } from '../../tenants/administrator-roles.ts';

const roles = Type.Array(choice(ADMINISTRATOR_ROLE_NAMES), {
  minItems: 1,
  maxItems: ADMINISTRATOR_ROLE_NAMES.length,
  uniqueItems: true,
});
const ROLES = 'What they may do: the scopes of all these roles together';
const userId = Type.String({ minLength: 1, maxLength: 300 });

export const administratorResource = resource({
  name: 'Administrator',
  plural: 'administrators',
  fields: {
    user_id: field(userId, { required: true, createOnly: true, always: true, description: 'The user who administers' }),
    roles: field(roles, { required: true, always: true, description: ROLES }),
    created_at: field(Type.String(), { readOnly: true, description: 'When they became an administrator, ISO 8601' }),
    email: field(Type.String(), { readOnly: true, description: 'Of the user' }),
    name: field(Type.String(), { readOnly: true, description: 'Of the user' }),
    picture: field(Type.String(), { readOnly: true, description: 'Of the user' }),
    last_login: field(Type.String(), { readOnly: true, description: 'When the user last signed in, ISO 8601' }),
    blocked: field(Type.Boolean(), {
      readOnly: true,
      description: 'There, when the user is blocked and may do nothing',
    }),
  },
});
export type AdministratorAnswer = DocumentOf<typeof administratorResource>;

export const administratorInvitationResource = resource({
  name: 'AdministratorInvitation',
  plural: 'invitations',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true, description: 'Identifier of the invitation' }),
    email: field(Type.String({ format: 'email', maxLength: 320 }), {
      required: true,
      always: true,
      description: 'Who is invited: the address of the account that they make',
    }),
    roles: field(roles, { required: true, always: true, description: ROLES }),
    inviter: field(Type.String(), { readOnly: true, description: 'Who invited, as the mail says it' }),
    created_at: field(Type.String(), { readOnly: true, always: true, description: 'When it was made, ISO 8601' }),
    expires_at: field(Type.String(), {
      readOnly: true,
      always: true,
      description: 'Until when its link works, ISO 8601',
    }),
    url: field(Type.String(), {
      readOnly: true,
      secret: true,
      description: 'The link; told once, to who made the invitation',
    }),
  },
});
export type AdministratorInvitation = DocumentOf<typeof administratorInvitationResource>;
