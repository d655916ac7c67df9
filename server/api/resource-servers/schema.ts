/** Resource servers: the APIs that access tokens are for. */
import { Type } from 'typebox';
import { PATTERNS } from '../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { choice, open, opt, orNull, strict } from '../../schema/types.ts';

const NOT_YET = 'Kept and shown; has no effect yet.';

export const resourceServerResource = resource({
  name: 'ResourceServer',
  plural: 'resource_servers',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true, description: 'Identifier of this record' }),
    name: field(Type.String({ maxLength: 200, pattern: PATTERNS.withoutBrackets }), {
      description: 'Name shown to people',
    }),
    identifier: field(Type.String({ minLength: 1, maxLength: 600 }), {
      required: true,
      createOnly: true,
      always: true,
      description: 'The audience value of its access tokens',
    }),
    is_system: field(Type.Boolean(), { readOnly: true, description: 'True for the Management API' }),
    client_id: field(Type.String(), { readOnly: true, description: 'The client that stands for this API' }),
    scopes: field(
      Type.Array(
        strict({
          value: Type.String({ minLength: 1, maxLength: 280 }),
          description: opt(orNull(Type.String({ maxLength: 500 }))),
        }),
        { maxItems: 1000 },
      ),
      { nullable: 'remove', description: 'Permissions the API knows' },
    ),
    signing_alg: field(choice(['HS256', 'RS256', 'RS512', 'PS256']), {
      default: 'RS256',
      description:
        'Algorithm of its access tokens. With HS256 they are good at this API alone, not at `/userinfo`. Many libraries check RS512 and PS256 only when the tenant has the flag remove_alg_from_jwks',
    }),
    signing_secret: field(Type.String({ minLength: 16, maxLength: 1000 }), {
      nullable: 'remove',
      secret: true,
      description: 'Shared secret for HS256',
    }),
    allow_offline_access: field(Type.Boolean(), {
      default: false,
      description: 'Whether refresh tokens are given for it',
    }),
    allow_online_access: field(Type.Boolean(), { inert: NOT_YET }),
    allow_online_access_with_ephemeral_sessions: field(Type.Boolean(), { inert: NOT_YET }),
    skip_consent_for_verifiable_first_party_clients: field(Type.Boolean(), {
      default: false,
      description: 'Whether first-party clients skip the consent page',
    }),
    token_lifetime: field(Type.Integer({ minimum: 0, maximum: 2592000 }), {
      default: 86400,
      description: 'Seconds an access token is good for',
    }),
    token_lifetime_for_web: field(Type.Integer({ minimum: 0, maximum: 2592000 }), {
      default: 7200,
      description: 'The same for tokens given to a browser by the implicit flow',
      inert: 'The implicit flow is not built yet.',
    }),
    enforce_policies: field(Type.Boolean(), {
      description: 'Whether users get only the scopes that they were given, directly or by roles',
    }),
    token_dialect: field(choice(['access_token', 'access_token_authz', 'rfc9068_profile', 'rfc9068_profile_authz']), {
      description: 'Form of its access tokens',
    }),
    token_encryption: field(
      orNull(
        strict({
          format: choice(['compact-nested-jwe']),
          encryption_key: strict({
            name: opt(Type.String({ minLength: 1, maxLength: 128 })),
            alg: choice(['RSA-OAEP-256', 'RSA-OAEP-384', 'RSA-OAEP-512']),
            kid: opt(Type.String({ minLength: 1, maxLength: 128 })),
            pem: Type.String({ minLength: 1, maxLength: 4096 }),
          }),
        }),
      ),
      { nullable: 'keep', inert: NOT_YET },
    ),
    consent_policy: field(orNull(choice(['transactional-authorization-with-mfa', 'standard'])), {
      nullable: 'keep',
      inert: NOT_YET,
    }),
    authorization_details: field(orNull(Type.Array(open({ type: opt(Type.String()) }))), {
      nullable: 'remove',
      inert: NOT_YET,
    }),
    proof_of_possession: field(
      orNull(
        strict({
          mechanism: choice(['mtls', 'dpop']),
          required: Type.Boolean(),
          required_for: opt(choice(['public_clients', 'all_clients'])),
        }),
      ),
      { nullable: 'keep', inert: NOT_YET },
    ),
    subject_type_authorization: field(
      strict({
        user: opt(open({ policy: opt(choice(['allow_all', 'deny_all', 'require_client_grant'])) })),
        client: opt(open({ policy: opt(choice(['deny_all', 'require_client_grant'])) })),
      }),
      {
        default: { client: { policy: 'require_client_grant' }, user: { policy: 'allow_all' } },
        description: 'Who may get tokens: for users, and for clients themselves',
      },
    ),
    authorization_policy: field(orNull(strict({ policy_id: Type.String({ minLength: 1, maxLength: 1024 }) })), {
      nullable: 'keep',
      inert: NOT_YET,
    }),
  },
});

export type ResourceServer = DocumentOf<typeof resourceServerResource>;
