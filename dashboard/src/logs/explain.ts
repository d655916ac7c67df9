/**
 * Log events in the words of whoever has to act on them: what a code means, why something failed, and what to do. What
 * is known only from the text of the event comes first; else what usually causes events of its type.
 */
import type { LogEvent } from '../api/types.ts';

export type Advice = {
  /** Why it failed. */
  why: string;
  /** What to do about it, one step each. */
  steps: readonly string[];
};

/** What happened when an event has this code, where its name alone does not say so. */
const MEANINGS: Readonly<Record<string, string>> = {
  s: 'Somebody signed in to a client.',
  ssa: 'A page asked in the background whether its user is still signed in, and got new tokens.',
  fsa: 'A page asked in the background whether somebody is signed in, and was told no. This is what happens for every visitor who is not signed in.',
  f: 'A login did not come to an end.',
  fp: 'The account exists, but the password was wrong.',
  fu: 'There is no account with what was typed as the email address or username.',
  limit_wc: 'Too many wrong passwords came in for one account. It is blocked for a while, against guessing.',
  limit_mu: 'Too many failed logins came from one IP address. It is blocked for a while, against guessing.',
  ublkdu: 'An account that failed logins had blocked may sign in again.',
  ss: 'Somebody signed up.',
  fs: 'A sign-up was refused.',
  seacft: 'A client redeemed the code of a login for tokens.',
  feacft: 'A client tried to redeem the code of a login and got no tokens.',
  seccft: 'A client got an access token for itself, without a user.',
  feccft: 'A client asked for an access token for itself and was refused.',
  sepft: 'A client exchanged an email address and password for tokens.',
  fepft: 'A client sent an email address and password and got no tokens.',
  sertft: 'A client exchanged a refresh token for new tokens.',
  fertft: 'A client sent a refresh token and got no tokens.',
  ferrt:
    'A refresh token that had been exchanged before came in again. Because it may have been stolen, all tokens of that login were revoked.',
  srrt: 'A refresh token was revoked.',
  slo: 'Somebody signed out.',
  flo: 'A request to sign out was refused.',
  sapi: 'Something was changed through the Management API, by an administrator here or by a program.',
  fapi: 'A request to the Management API was refused; nothing was changed.',
  scpr: 'Somebody asked for a mail to change their password.',
  fcpr: 'Somebody asked for a mail to change a password, and none was sent.',
  scp: 'A password was changed.',
  fcp: 'A password was not changed.',
  sv: 'Somebody showed that an email address is theirs.',
  fv: 'The link of a verification mail was opened and did not verify anything.',
  sui: 'An import of users has finished.',
  fui: 'An import of users stopped before its end.',
  sue: 'An export of users is ready.',
  fue: 'An export of users stopped before its end.',
  svr: 'A verification mail was asked for.',
  fvr: 'A verification mail was asked for and not sent.',
  gd_enrollment_complete: 'Somebody enrolled a second factor.',
  gd_unenroll: 'A second factor was taken away.',
};

type Cause = Advice & {
  /** Codes it applies to; all when there are none. */
  types?: readonly string[];
  text: RegExp;
};

const CAUSES: readonly Cause[] = [
  {
    text: /user is blocked/i,
    why: 'The user is blocked. The password was right.',
    steps: ['Open the user and choose “Unblock” under Actions, if they may sign in again.'],
  },
  {
    text: /code verifier/i,
    why: 'The code_verifier does not belong to the code_challenge of the login (PKCE), or only one of the two was sent.',
    steps: [
      'Let the SDK make both: they must come from the same login in the same browser tab.',
      'Look for logins that were started twice, for instance by a component that is mounted twice.',
    ],
  },
  {
    text: /redirect URI is wrong/i,
    why: 'The redirect_uri of the token request is not the one that the login was started with.',
    steps: ['Send the very same redirect_uri both times, letter by letter.'],
  },
  {
    text: /Invalid authorization code/i,
    why: 'The code was used before, has expired, or was given to another client.',
    steps: [
      'Redeem a code once, and at once. Reloading the callback page sends it again.',
      'If it was used before, its tokens were revoked as a precaution; the user has to sign in again.',
    ],
  },
  {
    text: /Unknown or invalid refresh token/i,
    why: 'The refresh token was revoked, has expired or was replaced by a newer one.',
    steps: [
      'Store the new refresh token of each answer when rotation is on, and let only one request use it at a time.',
      'Send the user to sign in again when this happens.',
    ],
  },
  {
    text: /not granted for this audience/i,
    why: 'The refresh token was given for another API than the one that was asked for.',
    steps: ['Ask for the API with “audience” when the login starts.'],
  },
  {
    text: /Service not found/i,
    why: 'The audience of the request is not the identifier of any API of this tenant.',
    steps: ['Compare the audience with the identifiers under APIs: it has to be the same letter by letter.'],
  },
  {
    text: /not authorized to access|client grant|Client has not been granted/i,
    why: 'The client has no grant for this API, or not for all the scopes it asked for.',
    steps: ['Authorise the client at the API, with the scopes that it needs.'],
  },
  {
    text: /Grant type '.*' not allowed/i,
    why: 'The client may not use this grant type.',
    steps: ['Allow the grant type in the settings of the client, if it is meant to use it.'],
  },
  {
    text: /Unsupported grant type/i,
    why: 'The grant type of the request is not one that this server knows.',
    steps: ['Check “grant_type” for typing errors.'],
  },
  {
    text: /client assertion/i,
    why: 'The signed assertion of the client was refused: its signature, audience or lifetime is wrong.',
    steps: ['Check that the public key of the client is the right one, and that the clock of the machine is right.'],
  },
  {
    text: /default connection/i,
    why: 'The request names no connection, and the tenant has no default one for the password grant.',
    steps: ['Name one with the grant type “password-realm”, or set a default directory in the tenant settings.'],
  },
  {
    text: /realm or connection/i,
    why: 'There is no such connection, or it is not enabled for this client.',
    steps: ['Compare “realm” with the names of the connections, and enable the connection for the client.'],
  },
  {
    text: /^Unauthorized$|client authentication|client_secret/i,
    why: 'The client could not prove who it is: the secret is wrong, or was sent in another way than its settings say.',
    steps: [
      'Compare the secret with the one in the settings of the client. It may have been rotated.',
      'Check the token endpoint authentication method: in the body (Post) or in the header (Basic).',
    ],
  },
  {
    text: /Login required/i,
    why: 'Nobody was signed in here, and the request forbade to show a login page (prompt=none).',
    steps: [
      'Nothing has to be done for visitors who are not signed in: the SDK goes on with a normal login.',
      'If it happens to people who are signed in, the browser may keep the session cookie from pages of another site. Use refresh tokens, or a domain that the application shares with this server.',
    ],
  },
  {
    text: /Consent required/i,
    why: 'The user has not yet agreed that this client may use the API, and the request forbade to ask (prompt=none).',
    steps: ['Let the user sign in once with a page shown, or allow the API to skip consent for first-party clients.'],
  },
  {
    text: /did not authorize/i,
    why: 'The user said no when asked whether the client may have access.',
    steps: ['Ask for fewer scopes if people often decline.'],
  },
  {
    text: /Callback URL|redirect_uri/i,
    why: 'The redirect_uri of the request is not allowed for this client.',
    steps: ['Add it to the allowed callback URLs in the settings of the client, letter by letter.'],
  },
  {
    text: /code_challenge/i,
    why: 'The request has no usable code_challenge. Clients that cannot keep a secret must use PKCE.',
    steps: ['Use an SDK that does PKCE, or send a code_challenge with the method S256.'],
  },
  {
    text: /Missing required parameter: audience/i,
    why: 'The request does not say which API the token is for.',
    steps: ['Send the identifier of the API as “audience”.'],
  },
  {
    types: ['fs'],
    text: /already exists/i,
    why: 'There is an account with this email address or username already.',
    steps: ['The person can sign in, or ask for a password reset mail if they forgot.'],
  },
  {
    types: ['fcpr'],
    text: /no user/i,
    why: 'There is no user with this address in the connection. The person was not told so, to give no accounts away.',
    steps: ['Search the users for the address: they may have signed up with another one or by another connection.'],
  },
  {
    types: ['fv'],
    text: /used before|expired/i,
    why: 'The link was used before, has expired, or was sent to an address that has changed since.',
    steps: ['Open the user and send a new verification mail. Mail scanners that open links use them up.'],
  },
  {
    text: /password/i,
    types: ['fcp', 'fs'],
    why: 'The password does not keep to the rules of the connection.',
    steps: ['Look at the password policy of the connection.'],
  },
];

/** What a refusal of the Management API means, by its status. */
const STATUSES: Readonly<Record<number, Advice>> = {
  400: {
    why: 'The request holds something that the operation does not accept.',
    steps: ['The description names the property and what is wrong with it.'],
  },
  401: { why: 'The access token was missing or not good.', steps: ['Get a new token for the Management API.'] },
  403: {
    why: 'The access token lacks a scope that the operation needs, or does not allow to change this user.',
    steps: [
      'Authorise the client at the Management API with the scope that the description names, then get a new token.',
    ],
  },
  404: {
    why: 'What the request is about does not exist, or was deleted.',
    steps: ['Check the identifier in the path.'],
  },
  409: {
    why: 'Something of this name or identifier exists already.',
    steps: ['Use another name, or change the one that exists.'],
  },
  429: { why: 'Too many requests came in within a minute.', steps: ['Wait as long as the retry-after header says.'] },
};

/** What usually is behind a failure of a type, when the text of the event does not say. */
const USUAL: Readonly<Record<string, Advice>> = {
  fp: {
    why: 'The password was not the one of this account.',
    steps: [
      'Single events are typing errors. Hand on a password reset link if the person asks for help.',
      'Many from one IP address are somebody who guesses: search the logs for that address.',
    ],
  },
  fu: {
    why: 'Nobody in the connection has this email address or username.',
    steps: [
      'Search the users: they may have signed up with another address or by another connection.',
      'Many from one IP address are somebody who tries addresses.',
    ],
  },
  limit_wc: {
    why: 'Somebody typed a wrong password many times: the owner, who forgot it, or somebody who guesses.',
    steps: [
      'Look where the failed logins before this one came from.',
      'Open the user to lift the block, once you know who it was. The owner can also use the link of the mail they got.',
    ],
  },
  limit_mu: {
    why: 'Many logins from this IP address failed, perhaps for many accounts: somebody tries lists of passwords.',
    steps: [
      'If it is the address of an office or school, add it to the allowed addresses of the attack protection.',
      'Otherwise nothing has to be done; the block ends by itself.',
    ],
  },
  ferrt: {
    why: 'Either the token was stolen, or the application sent the same refresh token twice.',
    steps: [
      'Look where the other exchanges came from: the events of this user tell the IP address and browser.',
      'If both are the application itself, let only one request refresh at a time, or allow a leeway in the refresh token settings of the client.',
    ],
  },
  fsa: {
    why: 'The login could not be answered without showing a page.',
    steps: ['Let the application start a normal login.'],
  },
};

/** What an event is about; empty when its name says it all. */
export function meaningOf(event: LogEvent): string {
  return MEANINGS[event.type ?? ''] ?? '';
}

/** Why a failure happened and what to do; undefined for what is known of nothing but its description. */
export function adviceOf(event: LogEvent): Advice | undefined {
  const type = event.type ?? '';
  const status = type === 'fapi' ? statusOf(event) : undefined;
  if (status !== undefined && STATUSES[status]) return STATUSES[status];
  const text = event.description ?? '';
  const cause = CAUSES.find(({ types, text: pattern }) => (!types || types.includes(type)) && pattern.test(text));
  // A wrong password is said in the same words whether the account exists or not; the code knows better.
  return type === 'fp' || type === 'fu' ? USUAL[type] : (cause ?? USUAL[type]);
}

function statusOf({ details }: LogEvent): number | undefined {
  const { response } = (details ?? {}) as { response?: { statusCode?: number } };
  return response?.statusCode;
}
