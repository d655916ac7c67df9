/**
 * The administrator's session in this tab: authorization code with PKCE against this very server.
 *
 * Tokens live in memory only; a reload asks the server again, which answers at once while its own session cookie
 * lasts. A token that ends is renewed in the same way without leaving the page. When that needs a person, they sign in
 * in a window of its own (see `popup.ts`), so that nothing typed here is lost. What must survive a round trip of the
 * whole page (verifier, state, nonce, the page to come back to) waits in sessionStorage and is removed by the first
 * answer. This module knows nothing of the API or of React.
 */
import { ApiFailure } from '../api/errors.ts';
import type { DashboardConfig } from '../api/types.ts';
import { SignInError } from './errors.ts';
import { type Profile, readIdToken } from './id-token.ts';
import { codeChallenge, randomValue } from './pkce.ts';
import { answerOfPopup, openPopup, popupState } from './popup.ts';

export type SessionState = {
  readonly profile: Profile;
  /** What the token is good for: the scopes that the administrator's roles give. */
  readonly scopes: ReadonlySet<string>;
  /** The server does not know this browser any more: a person has to sign in before anything else is asked. */
  readonly isLost: boolean;
};

export type Session = {
  readonly profile: Profile;
  /** Of the present state, for what asks once; screens that should follow it use `useMay`. */
  readonly scopes: ReadonlySet<string>;
  state: () => SessionState;
  /** Calls back after each change of the state; answers what ends that. */
  subscribe: (changed: () => void) => () => void;
  /** The access token, or undefined once it is about to expire. */
  accessToken: () => string | undefined;
  /** Gets another token, and waits for the person to sign in if that takes one. @throws ApiFailure when no answer comes */
  renew: () => Promise<void>;
  /** Gets another token if that needs nobody, for scopes that have changed. */
  refresh: () => Promise<void>;
  /** Lets a person sign in who was lost; from a click, or the browser opens no window. @throws SignInError */
  signInAgain: () => Promise<void>;
  /** The same by leaving this page, where no window can be opened. */
  leaveToSignIn: () => Promise<never>;
  /** Ends the session here and at the server (OpenID Connect RP-Initiated Logout 1.0). */
  signOut: () => void;
};

/** What one sign-in was started with. */
type Transaction = { state: string; nonce: string; verifier: string };

type TokenResponse = { access_token: string; id_token: string; expires_in: number; scope?: string };

type SignedIn = { tokens: TokenResponse; profile: Profile };

const BASE = '/dashboard/';
export const CALLBACK = `${BASE}callback`;
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
  const { returnTo, ...signedIn } = await finishSignIn(config);
  history.replaceState(null, '', returnTo);
  return createSession(config, signedIn);
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

function createSession(config: DashboardConfig, first: SignedIn): Session {
  const listeners = new Set<() => void>();
  let { tokens } = first;
  let expiresAt = 0;
  let state: SessionState;
  let renewing: Promise<void> | undefined;
  let found = Promise.withResolvers<void>();
  const change = (next: SessionState) => {
    state = next;
    for (const listener of listeners) listener();
  };
  const take = (signedIn: SignedIn) => {
    tokens = signedIn.tokens;
    expiresAt = Date.now() + tokens.expires_in * 1000;
    change({ profile: signedIn.profile, scopes: new Set(tokens.scope?.split(' ')), isLost: false });
  };
  take(first);
  const quietly = async () => {
    const signedIn = await signInQuietly(config);
    // Somebody else signed in to this browser meanwhile: what is open here is not theirs to go on with.
    if (signedIn?.profile.sub !== state.profile.sub) return false;
    take(signedIn);
    return true;
  };
  const renew = async () => {
    if (await quietly()) return;
    found = Promise.withResolvers<void>();
    change({ ...state, isLost: true });
    await found.promise;
  };
  return {
    profile: first.profile,
    get scopes() {
      return state.scopes;
    },
    state: () => state,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    accessToken: () => (Date.now() < expiresAt - EARLY ? tokens.access_token : undefined),
    renew: () => {
      renewing ??= renew().finally(() => {
        renewing = undefined;
      });
      return renewing;
    },
    refresh: () => quietly().then(() => {}),
    signInAgain: async () => {
      take(await signInByPopup(config, state.profile));
      found.resolve();
    },
    leaveToSignIn: () => leaveToSignIn(config),
    signOut: () => leaveToSignOut({ id_token_hint: tokens.id_token }),
  };
}

function leaveToSignOut(who: { id_token_hint: string } | { client_id: string }): void {
  const url = new URL('/oidc/logout', location.origin);
  url.search = new URLSearchParams({ ...who, post_logout_redirect_uri: location.origin + BASE }).toString();
  location.assign(url);
}

function newTransaction(state = randomValue()): Transaction {
  return { state, nonce: randomValue(), verifier: randomValue() };
}

async function authorizeUrl(config: DashboardConfig, transaction: Transaction, more: Record<string, string> = {}) {
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
    ...more,
  }).toString();
  return url;
}

async function leaveToSignIn(config: DashboardConfig): Promise<never> {
  const here = location.pathname + location.search + location.hash;
  const transaction = newTransaction();
  const stored = { ...transaction, returnTo: location.pathname === CALLBACK ? BASE : here };
  sessionStorage.setItem(STORED, JSON.stringify(stored));
  location.replace(await authorizeUrl(config, transaction));
  // The page is being left; whoever waits for a session waits until it is gone.
  return new Promise<never>(() => {});
}

/**
 * A sign-in that asks nobody: the server's answer is a redirect to this origin, which a request may follow.
 *
 * @returns undefined when it takes a person
 * @throws ApiFailure when no answer comes
 */
async function signInQuietly(config: DashboardConfig): Promise<SignedIn | undefined> {
  const transaction = newTransaction();
  const url = await authorizeUrl(config, transaction, { prompt: 'none' });
  const response = await fetch(url).catch(() => {
    throw new ApiFailure('network', 'The server did not answer.');
  });
  const answer = new URL(response.url);
  if (answer.pathname !== CALLBACK || answer.searchParams.has('error')) return undefined;
  return complete(config, answer.searchParams, transaction);
}

async function signInByPopup(config: DashboardConfig, profile: Profile): Promise<SignedIn> {
  const popup = openPopup();
  const transaction = newTransaction(popupState());
  const answered = answerOfPopup(transaction.state);
  popup.location.replace(
    // Whoever is signed in to this browser by now may be somebody else.
    await authorizeUrl(config, transaction, { prompt: 'login', login_hint: profile.email ?? '' }),
  );
  const signedIn = await complete(config, await answered, transaction);
  if (signedIn.profile.sub === profile.sub) return signedIn;
  throw new SignInError(
    'other_user',
    `This page belongs to ${profile.email ?? profile.sub}, who has to sign in again.`,
  );
}

async function finishSignIn(config: DashboardConfig): Promise<SignedIn & { returnTo: string }> {
  const answer = new URLSearchParams(location.search);
  const stored = sessionStorage.getItem(STORED);
  sessionStorage.removeItem(STORED);
  const transaction = stored ? (JSON.parse(stored) as Transaction & { returnTo: string }) : undefined;
  return { ...(await complete(config, answer, transaction)), returnTo: transaction!.returnTo };
}

/** Makes tokens of an answer. @throws SignInError */
async function complete(
  config: DashboardConfig,
  answer: URLSearchParams,
  transaction: Transaction | undefined,
): Promise<SignedIn> {
  // RFC 6749 §10.12: an answer this tab did not ask for is not looked at.
  if (!transaction || answer.get('state') !== transaction.state) {
    throw new SignInError('state_mismatch', 'This sign-in was not started in this tab, or was already finished.');
  }
  const error = answer.get('error');
  if (error) throw new SignInError(error, answer.get('error_description') ?? 'The server refused the sign-in.');
  const tokens = await redeem(config, answer.get('code') ?? '', transaction.verifier);
  const expected = { issuer: config.issuer, clientId: config.client_id, nonce: transaction.nonce };
  return { tokens, profile: readIdToken(tokens.id_token, expected) };
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
