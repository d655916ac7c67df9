/**
 * Asks the token endpoint as a client, from this page: what its Quick Start and the test of an API do.
 */
import type { Client } from '../api/types.ts';

export type Tokens = {
  readonly access_token: string;
  readonly id_token?: string;
  readonly refresh_token?: string;
  readonly token_type: string;
  readonly expires_in: number;
  readonly scope?: string;
};

/** An answer of the protocol endpoints that says no. */
export class TokenFailure extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'TokenFailure';
    this.code = code;
  }
}

/** Why a client gets no token for itself; undefined when it can. */
export function machineObstacleOf(client: Client): string | undefined {
  if (client.client_authentication_methods) {
    return 'This client signs its requests with a private key, which this dashboard does not have.';
  }
  if (client.token_endpoint_auth_method === 'none') return 'A client without a secret cannot act for itself.';
  if (!client.grant_types?.includes('client_credentials')) {
    return 'This client may not use the Client Credentials grant. Allow it in the advanced settings, Grant Types.';
  }
  return client.client_secret ? undefined : 'Your role does not let you read the secret of this client.';
}

/**
 * Asks the token endpoint as this client, which proves itself the way it is set up to.
 * @throws TokenFailure with the code of the OAuth error
 */
export async function requestTokens(client: Client, parameters: Record<string, string>): Promise<Tokens> {
  const { client_id, client_secret = '', token_endpoint_auth_method: method } = client;
  const headers = new Headers({ 'content-type': 'application/x-www-form-urlencoded' });
  const body = new URLSearchParams(parameters);
  if (method === 'client_secret_basic') {
    // RFC 6749 §2.3.1: both halves are form-encoded first.
    headers.set(
      'authorization',
      `Basic ${btoa(`${encodeURIComponent(client_id)}:${encodeURIComponent(client_secret)}`)}`,
    );
  } else {
    body.set('client_id', client_id);
    if (method !== 'none') body.set('client_secret', client_secret);
  }
  const response = await fetch('/oauth/token', { method: 'POST', headers, body }).catch(() => {
    throw new TokenFailure('network', 'The server did not answer.');
  });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw new TokenFailure(answer.error ?? 'server_error', answer.error_description ?? `Status ${response.status}.`);
}
