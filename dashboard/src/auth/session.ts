/**
 * The administrator's session in this tab: authorization code with PKCE against this very server.
 *
 * Tokens live in memory only; a reload asks the server again, which answers at once while its own session cookie
 * lasts. What must survive the round trip (verifier, state, nonce, the page to come back to) waits in sessionStorage
 * and is removed by the first answer. This module knows nothing of the API or of React.
 */
import type { DashboardConfig } from '../api/types.ts';
import { SignInError } from './errors.ts';
import { type Profile, readIdToken } from './id-token.ts';
import { codeChallenge, randomValue } from './pkce.ts';

export type Session = {
  profile: Profile;
  /** What the token is good for: the scopes that the administrator's roles give. */
  scopes: ReadonlySet<string>;
  /** The access token, or undefined once it is about to expire and the user has to be sent to sign in again. */
  accessToken: () => string | undefined;
  /** Leaves for the login page and comes back to the page that is open now. */
  signInAgain: () => Promise<never>;
  /** Ends the session here and at the server (OpenID Connect RP-Initiated Logout 1.0). */
  signOut: () => void;
};

type Transaction = { state: string; nonce: string; verifier: string; returnTo: string };

type TokenResponse = { access_token: string; id_token: string; expires_in: number; scope?: string };

const BASE = '/dashboard/';
const CALLBACK = `${BASE}callback`;
const STORED = 'latchkey.sign-in';
/** A token this close (ms) to its end is not used any more, so that none expires on its way. */
const EARLY = 20_000;

/**
 * Finishes a sign-in when this page load is the callback of one, else starts one and leaves the page.
 *
 * @throws SignInError when the server answered with an error or its answer was not to be trusted.
 */
export async function openSession(config: DashboardConfig): Promise<Session> {
  if (!window.isSecureContext) {
    throw new SignInError(
      'insecure_context',
      'Signing in needs HTTPS: browsers offer the cryptography it takes only there and on localhost.',
    );
  }
  if (location.pathname !== CALLBACK) return leaveToSignIn(config);
  const { tokens, profile, returnTo } = await finishSignIn(config);
  history.replaceState(null, '', returnTo);
  return createSession(config, tokens, profile);
}

/** Starts over, for instance from the page that explains a failed sign-in. */
export function startOver(): void {
  sessionStorage.removeItem(STORED);
  location.assign(BASE);
}

/** Ends the session at the server, so that the next sign-in asks who it is; for when nobody is signed in here. */
export function changeUser(config: DashboardConfig): void {
  leaveToSignOut({ client_id: config.client_id });
}

function createSession(config: DashboardConfig, tokens: TokenResponse, profile: Profile): Session {
  const expiresAt = Date.now() + tokens.expires_in * 1000;
  return {
    profile,
    scopes: new Set(tokens.scope?.split(' ')),
    accessToken: () => (Date.now() < expiresAt - EARLY ? tokens.access_token : undefined),
    signInAgain: () => leaveToSignIn(config),
    signOut: () => leaveToSignOut({ id_token_hint: tokens.id_token }),
  };
}

function leaveToSignOut(who: { id_token_hint: string } | { client_id: string }): void {
  const url = new URL('/oidc/logout', location.origin);
  url.search = new URLSearchParams({ ...who, post_logout_redirect_uri: location.origin + BASE }).toString();
  location.assign(url);
}

async function leaveToSignIn(config: DashboardConfig): Promise<never> {
  const here = location.pathname + location.search + location.hash;
  const transaction: Transaction = {
    state: randomValue(),
    nonce: randomValue(),
    verifier: randomValue(),
    returnTo: location.pathname === CALLBACK ? BASE : here,
  };
  sessionStorage.setItem(STORED, JSON.stringify(transaction));
  const url = new URL('/authorize', location.origin);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: config.client_id,
    redirect_uri: location.origin + CALLBACK,
    scope: 'openid profile email',
    audience: config.audience,
    state: transaction.state,
    nonce: transaction.nonce,
    code_challenge: await codeChallenge(transaction.verifier),
    code_challenge_method: 'S256',
  }).toString();
  location.replace(url);
  // The page is being left; whoever waits for a session waits until it is gone.
  return new Promise<never>(() => {});
}

async function finishSignIn(config: DashboardConfig) {
  const answer = new URLSearchParams(location.search);
  const stored = sessionStorage.getItem(STORED);
  sessionStorage.removeItem(STORED);
  const transaction = stored ? (JSON.parse(stored) as Transaction) : undefined;
  // RFC 6749 §10.12: an answer this tab did not ask for is not looked at.
  if (!transaction || answer.get('state') !== transaction.state) {
    throw new SignInError('state_mismatch', 'This sign-in was not started in this tab, or was already finished.');
  }
  const error = answer.get('error');
  if (error) throw new SignInError(error, answer.get('error_description') ?? 'The server refused the sign-in.');
  const tokens = await redeem(config, answer.get('code') ?? '', transaction.verifier);
  const profile = readIdToken(tokens.id_token, {
    issuer: config.issuer,
    clientId: config.client_id,
    nonce: transaction.nonce,
  });
  return { tokens, profile, returnTo: transaction.returnTo };
}

async function redeem(config: DashboardConfig, code: string, verifier: string): Promise<TokenResponse> {
  const response = await fetch('/oauth/token', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: config.client_id,
      code,
      code_verifier: verifier,
      redirect_uri: location.origin + CALLBACK,
    }),
  }).catch(() => {
    throw new SignInError('network', 'The server could not be reached.');
  });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new SignInError(body.error ?? 'server_error', body.error_description ?? `Answered with ${response.status}.`);
  }
  return body;
}
