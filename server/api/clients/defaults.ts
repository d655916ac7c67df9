/**
 * What a new client is when the request leaves it open, and what does not go together. The values are those that the
 * vendor's service answers with (recorded), so that a Terraform plan sees no difference.
 */
import { ApiError } from '../../http/errors.ts';
import type { Client } from './schema.ts';

type Kind = Pick<Client, 'app_type' | 'token_endpoint_auth_method' | 'is_first_party'>;

const DAYS = 86_400;

/** A client without a secret: it cannot keep one (RFC 6749 §2.1). */
export function isPublic(client: Kind): boolean {
  return client.token_endpoint_auth_method === 'none';
}

/** Grants of a client that names none. A public client cannot act for itself, so it gets no client_credentials. */
export function defaultGrantTypes(client: Kind): string[] {
  const grants = ['authorization_code', 'implicit', 'refresh_token'];
  return isPublic(client) ? grants : [...grants, 'client_credentials'];
}

/** Refresh token settings of a client that names none: public clients rotate (RFC 9700 §2.2.2). */
export function defaultRefreshToken(client: Kind) {
  const open = !isPublic(client);
  const long = open && client.app_type && client.token_endpoint_auth_method;
  return {
    rotation_type: open ? ('non-rotating' as const) : ('rotating' as const),
    expiration_type: open ? ('non-expiring' as const) : ('expiring' as const),
    leeway: 0,
    token_lifetime: long ? 31_557_600 : 30 * DAYS,
    infinite_token_lifetime: open,
    infinite_idle_token_lifetime: open,
    idle_token_lifetime: long ? 30 * DAYS : 15 * DAYS,
  };
}

export const DEFAULT_JWT_CONFIGURATION = { lifetime_in_seconds: 10 * 3600, secret_encoded: false };

/** Refuses combinations that would be unsafe or could never work. */
export function checkClient(client: Client): void {
  const fail = (message: string): never => {
    throw new ApiError(400, message, 'invalid_body');
  };
  const grants = client.grant_types ?? [];
  if (isPublic(client) && grants.includes('client_credentials')) {
    fail(
      "Payload validation error: 'A public client (token_endpoint_auth_method none) cannot use client_credentials' on property grant_types.",
    );
  }
  if (client.app_type === 'non_interactive' && isPublic(client)) {
    fail(
      "Payload validation error: 'A non-interactive client needs a way to authenticate' on property token_endpoint_auth_method.",
    );
  }
  if (client.client_authentication_methods && client.token_endpoint_auth_method) {
    fail(
      "Payload validation error: 'client_authentication_methods and token_endpoint_auth_method exclude each other' on property client_authentication_methods.",
    );
  }
  for (const name of ['callbacks', 'allowed_logout_urls', 'web_origins', 'allowed_origins'] as const) {
    const bad = client[name]?.find((url) => !isUsableUrl(url));
    if (bad !== undefined)
      fail(
        `Payload validation error: 'Object didn't pass validation for format url: ${bad.slice(0, 100).replace(/\s/g, ' ')}' on property ${name}.`,
      );
  }
}

/** A URL (with the vendor's placeholders) that is no script and carries no fragment (RFC 6749 §3.1.2). */
function isUsableUrl(text: string): boolean {
  if (text === '') return true;
  if (/[\s<>"\\]/.test(text) || text.includes('#')) return false;
  const plain = text.replace(/\{\w+\}/g, 'x').replaceAll('*', 'x');
  if (!URL.canParse(plain)) return false;
  return !['javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'about:'].includes(new URL(plain).protocol);
}
