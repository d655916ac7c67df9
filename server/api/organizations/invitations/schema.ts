/** Invitations to an organization: a link with a secret that makes who uses it a member. */
import { Type } from 'typebox';
import { type DocumentOf, field, resource } from '../../../schema/resource.ts';
import { anyObject, strict } from '../../../schema/types.ts';
import { organizationId } from '../schema.ts';

export const invitationResource = resource({
  name: 'Invitation',
  plural: 'invitations',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true, description: 'Identifier of the invitation' }),
    organization_id: field(Type.String(), { readOnly: true, always: true, description: 'The organization' }),
    inviter: field(strict({ name: Type.String({ minLength: 1, maxLength: 300 }) }), {
      required: true,
      always: true,
      description: 'Who invites, as the mail says it',
    }),
    invitee: field(strict({ email: Type.String({ format: 'email', maxLength: 320 }) }), {
      required: true,
      always: true,
      description: 'Who is invited',
    }),
    invitation_url: field(Type.String(), {
      readOnly: true,
      always: true,
      secret: true,
      description: 'The link; it leads to the login page of the application',
    }),
    ticket_id: field(Type.String(), {
      readOnly: true,
      always: true,
      secret: true,
      description: 'The secret of the link',
    }),
    created_at: field(Type.String(), { readOnly: true, always: true, description: 'When it was made' }),
    expires_at: field(Type.String(), { readOnly: true, always: true, description: 'Until when the link works' }),
    client_id: field(Type.String({ minLength: 1, maxLength: 100 }), {
      required: true,
      always: true,
      description: 'The application to sign in to',
    }),
    connection_id: field(Type.String({ minLength: 1, maxLength: 50 }), {
      description: 'The connection to sign in by, where there is no choice',
    }),
    app_metadata: field(anyObject(), { description: 'What a new user gets that they cannot change' }),
    user_metadata: field(anyObject(), { description: 'What a new user gets that they can change' }),
    roles: field(Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1, maxItems: 50 }), {
      description: 'Roles that come with the membership',
    }),
    ttl_sec: field(Type.Integer({ minimum: 0, maximum: 2_592_000 }), {
      writeOnly: true,
      description: 'Seconds the link works; seven days when it is 0 or not given',
    }),
    send_invitation_email: field(Type.Boolean(), {
      writeOnly: true,
      default: true,
      description: 'Whether the mail is sent, or the caller hands the link over',
    }),
  },
});
export type Invitation = Omit<DocumentOf<typeof invitationResource>, 'ttl_sec' | 'send_invitation_email'>;

export const invitationParams = strict({
  id: organizationId,
  invitation_id: Type.String({ minLength: 1, maxLength: 50 }),
});
