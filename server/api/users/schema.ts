/** Users: who signs in. A user comes from one connection; `identities` tells which. */
import { Type } from 'typebox';
import { PATTERNS } from '../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { anyObject, open, opt } from '../../schema/types.ts';

const name = Type.String({ minLength: 1, maxLength: 300 });

export const identitySchema = open({
  connection: Type.String(),
  user_id: Type.String(),
  provider: Type.String(),
  isSocial: Type.Boolean(),
  profileData: opt(anyObject()),
});

export const userResource = resource({
  name: 'User',
  plural: 'users',
  fields: {
    user_id: field(Type.String({ minLength: 1, maxLength: 255, pattern: PATTERNS.newUserId }), {
      createOnly: true,
      always: true,
      description: 'Identifier; without the prefix of the provider when given',
    }),
    connection: field(Type.String({ minLength: 1, maxLength: 128 }), {
      required: true,
      writeOnly: true,
      description: 'Name of the connection the user belongs to',
    }),
    client_id: field(Type.String({ maxLength: 100 }), {
      updateOnly: true,
      writeOnly: true,
      description: 'Client that mails are sent for',
    }),
    email: field(Type.String({ format: 'email', maxLength: 320 }), {
      nullable: 'remove',
      description: 'E-mail address',
    }),
    email_verified: field(Type.Boolean(), { description: 'Whether the address is known to be theirs' }),
    verify_email: field(Type.Boolean(), { writeOnly: true, description: 'Whether to send a verification mail' }),
    username: field(Type.String({ minLength: 1, maxLength: 128 }), {
      nullable: 'remove',
      description: 'Name to sign in with',
    }),
    phone_number: field(Type.String({ pattern: PATTERNS.phoneNumber }), {
      nullable: 'remove',
      description: 'Phone number, E.164',
    }),
    phone_verified: field(Type.Boolean(), { description: 'Whether the phone is known to be theirs' }),
    verify_phone_number: field(Type.Boolean(), {
      updateOnly: true,
      writeOnly: true,
      inert: 'Phone verification is not built yet.',
    }),
    password: field(Type.String({ minLength: 1, maxLength: 256 }), {
      nullable: 'remove',
      writeOnly: true,
      secret: true,
      description: 'Password, for a database connection',
    }),
    verify_password: field(Type.Boolean(), {
      updateOnly: true,
      writeOnly: true,
      inert: 'Password changes by administrators take effect at once.',
    }),
    given_name: field(Type.String({ maxLength: 150 }), { nullable: 'remove' }),
    family_name: field(Type.String({ maxLength: 150 }), { nullable: 'remove' }),
    name: field(name, { nullable: 'remove', description: 'Full name' }),
    nickname: field(name, { nullable: 'remove' }),
    picture: field(Type.String({ maxLength: 2000 }), { nullable: 'remove', description: 'URL of a picture' }),
    blocked: field(Type.Boolean(), { description: 'Blocked users cannot sign in or get tokens' }),
    user_metadata: field(anyObject(), { merge: true, description: 'What the user may see and change' }),
    app_metadata: field(anyObject(), { merge: true, description: 'What applications keep about the user' }),
    identities: field(Type.Array(identitySchema), { readOnly: true, always: true }),
    multifactor: field(Type.Array(Type.String()), { readOnly: true }),
    logins_count: field(Type.Integer(), { readOnly: true }),
    last_login: field(Type.String(), { readOnly: true }),
    last_ip: field(Type.String(), { readOnly: true }),
    last_password_reset: field(Type.String(), { readOnly: true }),
    created_at: field(Type.String(), { readOnly: true, always: true }),
    updated_at: field(Type.String(), { readOnly: true, always: true }),
  },
});

/** What an answer shows; `password` and the other write-only fields never get this far. */
export type User = Omit<
  DocumentOf<typeof userResource>,
  'connection' | 'password' | 'verify_email' | 'verify_password' | 'verify_phone_number' | 'client_id'
>;

/** The user as answers show it: the name of the connection is in `identities`. */
export function shownUser({ connection: _, ...user }: User & { readonly connection: string }): User {
  return user;
}
