/**
 * What a new client is when the request leaves it open, and what does not go together. The values are those that the
 * vendor's service answers with (recorded), so that a Terraform plan sees no difference.
 */
import { randomAlphanumeric, randomSecret } from '../../keys/secrets.ts';
import { withDefaults } from '../../schema/resource.ts';
import { invalidBody, invalidUrl } from '../invalid.ts';
import { isRegistrable } from '../registered-url.ts';
import { type Client, clientResource } from './schema.ts';

type Kind = Pick<Client, 'app_type' | 'token_endpoint_auth_method' | 'is_first_party' | 'third_party_security_mode'>;

const DAYS = 86_400;

/** A client without a secret: it cannot keep one (RFC 6749 §2.1). */
export function isPublic(client: Kind): boolean {
  return client.token_endpoint_auth_method === 'none';
}

/** A client of others under strict rules: short tokens, codes only. */
function isStrict(client: Kind): boolean {
  return client.is_first_party === false && client.third_party_security_mode === 'strict';
}

/** Grants of a client that names none. A public client cannot act for itself, so it gets no client_credentials. */
function defaultGrantTypes(client: Kind): string[] {
  if (client.app_type === 'resource_server') return [];
  if (client.app_type === 'express_configuration') return ['authorization_code', 'client_credentials'];
  if (isStrict(client)) return ['authorization_code'];
  const grants = ['authorization_code', 'implicit', 'refresh_token'];
  return isPublic(client) ? grants : [...grants, 'client_credentials'];
}

/** Refresh token settings of a client that names none. Public clients of others rotate (RFC 9700 §2.2.2). */
function defaultRefreshToken(client: Kind) {
  const rotates = isPublic(client) && client.is_first_party === false;
  const endless = !rotates;
  const long = client.app_type && client.token_endpoint_auth_method && !isPublic(client);
  return {
    rotation_type: rotates ? ('rotating' as const) : ('non-rotating' as const),
    expiration_type: rotates || isStrict(client) ? ('expiring' as const) : ('non-expiring' as const),
    leeway: 0,
    token_lifetime: long ? 31_557_600 : 30 * DAYS,
    infinite_token_lifetime: endless,
    infinite_idle_token_lifetime: endless && !isStrict(client),
    idle_token_lifetime: long ? 30 * DAYS : 15 * DAYS,
  };
}

/** Lifetime (seconds) and algorithm of the ID tokens of a client that says nothing. */
function defaultJwtConfiguration(client: Kind) {
  if (isStrict(client)) return { lifetime_in_seconds: 3600, alg: 'RS256' as const, secret_encoded: false };
  if (MACHINES.has(client.app_type ?? '')) return { alg: 'RS256' as const, secret_encoded: false };
  return { lifetime_in_seconds: 10 * 3600, secret_encoded: false };
}

const SECRETLESS: ReadonlySet<string> = new Set(['native', 'spa']);

/** Types that no person signs in to by themselves. */
const MACHINES: ReadonlySet<string> = new Set(['resource_server', 'express_configuration']);

/** What clients of a type have besides, where the request leaves it open. */
function defaultsOfType(client: Kind): Partial<Client> {
  if (client.app_type !== 'express_configuration') return {};
  return {
    callbacks: ['https://system-admin.okta.com/admin/app/generic/oauth20redirect'],
    organization_usage: 'require',
    organization_require_behavior: 'pre_login_prompt',
    client_authentication_methods: { private_key_jwt: { credentials: [] } },
  };
}

/** Whether a client of this type follows the specification whatever the request says. */
function alwaysConformant(client: Kind): boolean {
  return client.is_first_party === false || MACHINES.has(client.app_type ?? '');
}

/** The document of a new client: id and secret are made here, everything left open gets its default. */
export function newClient(body: Record<string, unknown>, tenant: string): Client {
  const client = withDefaults(clientResource, body) as Client;
  if (client.is_first_party === false) client.third_party_security_mode ??= 'permissive';
  for (const [name, value] of Object.entries(defaultsOfType(client))) {
    if (body[name] === undefined) Object.assign(client, { [name]: value });
  }
  // A program in the user's hands cannot keep a secret (RFC 8252 §8.4), so these types have none to prove.
  if (SECRETLESS.has(client.app_type ?? '') && !client.client_authentication_methods) {
    client.token_endpoint_auth_method ??= 'none';
  }
  client.client_id = isStrict(client) ? `tpc_${randomAlphanumeric(22)}` : randomAlphanumeric(32);
  client.tenant = tenant;
  client.global = false;
  client.client_secret ??= randomSecret(48);
  client.grant_types ??= defaultGrantTypes(client);
  client.refresh_token ??= defaultRefreshToken(client);
  client.jwt_configuration = client.jwt_configuration
    ? { ...client.jwt_configuration, secret_encoded: client.jwt_configuration.secret_encoded ?? false }
    : defaultJwtConfiguration(client);
  client.oidc_conformant = client.oidc_conformant || alwaysConformant(client);
  client.cross_origin_authentication ??= client.cross_origin_auth ?? false;
  client.cross_origin_auth ??= client.cross_origin_authentication;
  client.callback_url_template = false;
  return client;
}

/** Keys of `client_metadata`, as the vendor's service has it. */
const METADATA_LIMIT = 10;

/** Refuses combinations that would be unsafe or could never work. */
export function checkClient(client: Client): void {
  const grants = client.grant_types ?? [];
  // A body is bounded by its schema; several of them together are bounded here.
  if (Object.keys(client.client_metadata ?? {}).length > METADATA_LIMIT) {
    throw invalidBody(`Too many properties defined, maximum ${METADATA_LIMIT}`, 'client_metadata');
  }
  if (isPublic(client) && grants.includes('client_credentials')) {
    const problem = 'A public client (token_endpoint_auth_method none) cannot use client_credentials';
    throw invalidBody(problem, 'grant_types');
  }
  if (client.client_authentication_methods && client.token_endpoint_auth_method) {
    const problem = 'client_authentication_methods and token_endpoint_auth_method exclude each other';
    throw invalidBody(problem, 'client_authentication_methods');
  }
  for (const name of ['callbacks', 'allowed_logout_urls', 'web_origins', 'allowed_origins'] as const) {
    const bad = client[name]?.find((url) => url !== '' && !isRegistrable(url));
    if (bad !== undefined) throw invalidUrl(bad, name);
  }
}
