/** Rate limit policies: how many requests clients may send to the Authentication API. */
import { Type } from 'typebox';
import { PATTERNS } from '../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { choice, opt, strict } from '../../schema/types.ts';

const NOT_YET = 'Kept and shown; has no effect yet.';

/** What each action needs to know, and takes. */
export const ACTIONS = {
  allow: [],
  block: ['limit'],
  log: ['limit'],
  redirect: ['limit', 'redirect_uri'],
} as const;

/** What happens to requests, and from how many on. */
const configuration = strict({
  action: choice(['allow', 'block', 'log', 'redirect']),
  limit: opt(Type.Integer({ minimum: 0, maximum: 10_000 })),
  redirect_uri: opt(Type.String({ maxLength: 2000, format: 'https-url' })),
});

export const rateLimitPolicyResource = resource({
  name: 'RateLimitPolicy',
  plural: 'rate_limit_policies',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true, description: 'Identifier of the policy' }),
    resource: field(choice(['oauth_authentication_api']), {
      required: true,
      createOnly: true,
      always: true,
      description: 'The API that is protected',
    }),
    consumer: field(choice(['client']), {
      required: true,
      createOnly: true,
      always: true,
      description: 'What requests are counted by',
    }),
    consumer_selector: field(
      Type.String({
        maxLength: 255,
        pattern: PATTERNS.rateLimitConsumer,
      }),
      {
        required: true,
        createOnly: true,
        always: true,
        description: 'Which of them: one client (client_id:…), a group of clients, or default for all others',
      },
    ),
    configuration: field(configuration, {
      required: true,
      always: true,
      inert: NOT_YET,
      description: 'What happens to requests, and from how many on',
    }),
    created_at: field(Type.String(), { readOnly: true, always: true }),
    updated_at: field(Type.String(), { readOnly: true, always: true }),
  },
});

export type RateLimitPolicy = DocumentOf<typeof rateLimitPolicyResource>;
