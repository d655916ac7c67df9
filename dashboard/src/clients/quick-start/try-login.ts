/**
 * A real login of a client, run from the dashboard: authorization code with PKCE in a window of its own. The window
 * ends at a page of the dashboard, which hands the answer over by a channel that only pages of this origin share
 * (a window loses its opener on the way, as their policies ask).
 */
import type { Client, DashboardConfig } from '../../api/types.ts';
import { readIdToken } from '../../auth/id-token.ts';
import { codeChallenge, randomValue } from '../../auth/pkce.ts';
import { requestTokens, TokenFailure, type Tokens } from '../token-endpoint.ts';
import { TRY_CHANNEL, TRY_PATH, type TryMessage } from './try-path.ts';

/** The address that a client has to allow as a callback before it can be tried from here. */
export function tryCallback(): string {
  return location.origin + TRY_PATH;
}

export type TryResult = {
  readonly tokens: Tokens;
  readonly claims: unknown;
  readonly profile: unknown;
};

/** Why a client cannot be tried from here; undefined when it can. */
export function obstacleOf(client: Client): string | undefined {
  if (client.client_authentication_methods) {
    return 'This client signs its requests with a private key, which this dashboard does not have.';
  }
  if (!client.grant_types?.includes('authorization_code')) {
    return 'This client may not use the Authorization Code grant. Allow it in the advanced settings, Grant Types.';
  }
  if (client.token_endpoint_auth_method !== 'none' && !client.client_secret) {
    return 'Your role does not let you read the secret of this client, which the login needs.';
  }
  return undefined;
}

export type TryOptions = {
  /** Asks who signs in even when somebody is signed in already. */
  readonly asksForAccount: boolean;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
};

/**
 * Opens the window and waits for its end. Must be called straight from a click, or the browser opens no window.
 * @throws TokenFailure when the login was refused, the window could not be opened, or the waiting was ended
 */
export async function tryLogin(client: Client, config: DashboardConfig, options: TryOptions): Promise<TryResult> {
  // Before anything is waited for: the right to open a window ends soon after the click.
  const popup = window.open('', '_blank', 'popup,width=480,height=760');
  if (!popup)
    throw new TokenFailure('popup_blocked', 'The browser did not open a window. Allow pop-ups for this page.');
  const [state, nonce, verifier] = [randomValue(), randomValue(), randomValue()];
  const url = new URL('/authorize', location.origin);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: tryCallback(),
    scope: 'openid profile email',
    state,
    nonce,
    code_challenge: await codeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(options.asksForAccount ? { prompt: 'login' } : {}),
  }).toString();
  const answered = answerTo(state, options.signal);
  popup.location.replace(url);
  const code = codeOf(await answered);
  const tokens = await requestTokens(client, {
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: tryCallback(),
  });
  const expected = { issuer: config.issuer, clientId: client.client_id, nonce };
  const claims = tokens.id_token ? readIdToken(tokens.id_token, expected) : undefined;
  return { tokens, claims, profile: await userinfo(tokens.access_token) };
}

function answerTo(state: string, signal: AbortSignal): Promise<URLSearchParams> {
  const { promise, resolve, reject } = Promise.withResolvers<URLSearchParams>();
  const channel = new BroadcastChannel(TRY_CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<TryMessage>) => {
    const answer = new URLSearchParams(data.search);
    // RFC 6749 §10.12: an answer that was not asked for here is not looked at.
    if (answer.get('state') === state) resolve(answer);
  };
  signal.addEventListener('abort', () => reject(new TokenFailure('cancelled', 'The login was not finished.')));
  return promise.finally(() => channel.close());
}

function codeOf(answer: URLSearchParams): string {
  const error = answer.get('error');
  if (error) throw new TokenFailure(error, answer.get('error_description') ?? 'The login was refused.');
  return answer.get('code') ?? '';
}

async function userinfo(token: string): Promise<unknown> {
  const response = await fetch('/userinfo', { headers: { authorization: `Bearer ${token}` } });
  return response.ok ? response.json() : undefined;
}
