/**
 * What triggers are called, what code of theirs looks like when it is new, and what it may use. Which triggers there are,
 * with their versions and runtimes, is the server's table.
 */
import { TRIGGERS, type Trigger } from '../../../server/api/actions/triggers.ts';
import type { Member } from '../ui/code-editor.tsx';

export type TriggerWords = {
  readonly label: string;
  readonly about: string;
  readonly group: keyof typeof TRIGGER_GROUPS;
  /** The function that is called, when it has a name. */
  readonly handler?: string;
  readonly api: readonly Member[];
};

export const TRIGGER_GROUPS = {
  login: 'Logging in',
  signup: 'Signing up',
  password: 'Passwords',
  machine: 'Machines and tokens',
  messages: 'Messages',
  other: 'Elsewhere',
} as const;

const deny: Member = { name: 'api.access.deny', call: '(reason)', about: 'Refuses, with a text for the log' };
const denyCode: Member = { name: 'api.access.deny', call: '(code, reason)', about: 'Refuses, with an error of OAuth' };
const cache: readonly Member[] = [
  { name: 'api.cache.get', call: '(key)', about: 'A value that was kept between runs' },
  { name: 'api.cache.set', call: '(key, value, { ttl })', about: 'Keeps a value, for ttl milliseconds' },
];
const accessToken: Member = {
  name: 'api.accessToken.setCustomClaim',
  call: '(name, value)',
  about: 'Adds a claim to the access token',
};
const challenges: readonly Member[] = [
  { name: 'api.authentication.challengeWith', call: '({ type })', about: 'Asks for that second factor' },
  { name: 'api.authentication.challengeWithAny', call: '([{ type }])', about: 'Asks for one of these factors' },
];
const redirects: readonly Member[] = [
  { name: 'api.redirect.sendUserTo', call: '(url, { query })', about: 'Sends the browser to a page of yours' },
  { name: 'api.redirect.encodeToken', call: '({ secret, payload })', about: 'Makes a signed token for that page' },
  { name: 'api.redirect.validateToken', call: '({ secret })', about: 'Checks the token that the page sent back' },
];
const userMetadata: readonly Member[] = [
  { name: 'api.user.setUserMetadata', call: '(name, value)', about: 'Keeps something that the user may change' },
  { name: 'api.user.setAppMetadata', call: '(name, value)', about: 'Keeps something that the user may not change' },
];

export const TRIGGER_WORDS: Readonly<Record<string, TriggerWords>> = {
  'post-login': {
    label: 'Login',
    about: 'After somebody has proved who they are, before tokens are made.',
    group: 'login',
    handler: 'onExecutePostLogin',
    api: [
      deny,
      accessToken,
      { name: 'api.idToken.setCustomClaim', call: '(name, value)', about: 'Adds a claim to the ID token' },
      { name: 'api.accessToken.addScope', call: '(scope)', about: 'Grants a scope more' },
      { name: 'api.accessToken.removeScope', call: '(scope)', about: 'Grants a scope less' },
      ...userMetadata,
      { name: 'api.multifactor.enable', call: '(provider)', about: 'Asks for a second factor' },
      ...challenges,
      ...redirects,
      { name: 'api.session.revoke', call: '(reason)', about: 'Ends the session' },
      ...cache,
    ],
  },
  'login-post-identifier': {
    label: 'Login: address entered',
    about: 'After an address was entered, before a way to log in is chosen.',
    group: 'login',
    handler: 'onExecutePostIdentifier',
    api: [
      { name: 'api.authentication.setConnectionByName', call: '(name)', about: 'Goes on with that connection' },
      deny,
      ...cache,
    ],
  },
  'signup-post-identifier': {
    label: 'Sign-up: address entered',
    about: 'After an address was entered to sign up with.',
    group: 'signup',
    handler: 'onExecutePostIdentifier',
    api: [deny, ...cache],
  },
  'pre-user-registration': {
    label: 'Before registration',
    about: 'Before a user of a database or passwordless connection is made.',
    group: 'signup',
    handler: 'onExecutePreUserRegistration',
    api: [
      { name: 'api.access.deny', call: '(reason, userMessage)', about: 'Refuses; the second text is shown' },
      { name: 'api.validation.error', call: '(code, message)', about: 'Refuses because of what was entered' },
      ...userMetadata,
      ...cache,
    ],
  },
  'post-user-registration': {
    label: 'After registration',
    about: 'After a user was made. Nobody waits for it.',
    group: 'signup',
    handler: 'onExecutePostUserRegistration',
    api: [...cache],
  },
  'post-change-password': {
    label: 'After a password change',
    about: 'After somebody has a new password. Nobody waits for it.',
    group: 'password',
    handler: 'onExecutePostChangePassword',
    api: [...cache],
  },
  'password-reset-post-challenge': {
    label: 'Password reset',
    about: 'After the first proof of a reset, before a new password may be chosen.',
    group: 'password',
    handler: 'onExecutePostChallenge',
    api: [deny, ...challenges, ...redirects, ...cache],
  },
  'password-hash-migration': {
    label: 'Password hash migration',
    about: 'Checks a password against a hash that another system made.',
    group: 'password',
    api: [],
  },
  'credentials-exchange': {
    label: 'Machine to machine',
    about: 'Before a token for a client itself (client credentials) is made.',
    group: 'machine',
    handler: 'onExecuteCredentialsExchange',
    api: [denyCode, accessToken, ...cache],
  },
  'custom-token-exchange': {
    label: 'Token exchange',
    about: 'Says for whom a token of another system is exchanged. Chosen in a token exchange profile.',
    group: 'machine',
    handler: 'onExecuteCustomTokenExchange',
    api: [
      { name: 'api.authentication.setUserById', call: '(id)', about: 'The token is for this user' },
      {
        name: 'api.authentication.setUserByConnection',
        call: '(connection, profile, options)',
        about: 'The token is for a user of a connection, who may be made',
      },
      { name: 'api.access.rejectInvalidSubjectToken', call: '(reason)', about: 'Refuses the token that was given' },
      denyCode,
      ...cache,
    ],
  },
  'send-phone-message': {
    label: 'Second factor message',
    about: 'Delivers the code of a second factor by phone.',
    group: 'messages',
    handler: 'onExecuteSendPhoneMessage',
    api: [...cache],
  },
  'custom-phone-provider': {
    label: 'Phone provider',
    about: 'Delivers all messages by phone.',
    group: 'messages',
    handler: 'onExecuteCustomPhoneProvider',
    api: [
      { name: 'api.notification.retry', call: '(reason)', about: 'Tries again later' },
      { name: 'api.notification.drop', call: '(reason)', about: 'Gives up' },
      ...cache,
    ],
  },
  'custom-email-provider': {
    label: 'Email provider',
    about: 'Delivers all mails.',
    group: 'messages',
    handler: 'onExecuteCustomEmailProvider',
    api: [
      { name: 'api.notification.retry', call: '(reason)', about: 'Tries again later' },
      { name: 'api.notification.drop', call: '(reason)', about: 'Gives up' },
      ...cache,
    ],
  },
  'event-stream': {
    label: 'Event stream',
    about: 'Takes the events of a stream. Chosen as the destination of the stream.',
    group: 'other',
    handler: 'onExecuteEventStream',
    api: [...cache],
  },
  'mcp-tool': { label: 'MCP tool', about: 'A tool for agents, named by what offers it.', group: 'other', api: [] },
};

const EVENT: readonly Member[] = [
  { name: 'event.secrets', about: 'The secrets of this action, by name' },
  { name: 'event.request.ip', about: 'Address that the request came from' },
  { name: 'event.request.geoip', about: 'Where that is' },
  { name: 'event.tenant.id', about: 'The tenant' },
];
const EVENT_OF_USER: readonly Member[] = [
  { name: 'event.user.user_id', about: 'Identifier of the user' },
  { name: 'event.user.email', about: 'Address' },
  { name: 'event.user.email_verified', about: 'Whether it was confirmed' },
  { name: 'event.user.app_metadata', about: 'What administrators and code keep' },
  { name: 'event.user.user_metadata', about: 'What the user may change' },
  { name: 'event.client.client_id', about: 'The client that asks' },
  { name: 'event.client.name', about: 'Its name' },
  { name: 'event.connection.name', about: 'The connection' },
  { name: 'event.authorization.roles', about: 'Names of the roles of the user' },
  { name: 'event.organization', about: 'The organization that is logged in to' },
  { name: 'event.stats.logins_count', about: 'How often the user has logged in' },
  { name: 'event.transaction.requested_scopes', about: 'The scopes that were asked for' },
];
const WITHOUT_USER = ['credentials-exchange', 'event-stream', 'mcp-tool'];

/** What code of a trigger may use. */
export function membersOf(trigger: string): Member[] {
  const about = WITHOUT_USER.includes(trigger) ? [] : EVENT_OF_USER;
  return [...EVENT, ...about, ...wordsOfTrigger(trigger).api];
}

/** The words for a trigger; one without words of its own is called by its id. */
export function wordsOfTrigger(id: string): TriggerWords {
  return TRIGGER_WORDS[id] ?? { label: id, about: '', group: 'other', api: [] };
}

/** The current version of each trigger: new actions are made for these. */
export const CURRENT_TRIGGERS: readonly Trigger[] = TRIGGERS.filter(({ status }) => status === 'CURRENT');

/** Those that a tenant puts actions at itself; the others are named by something else. */
export const FLOW_TRIGGERS = CURRENT_TRIGGERS.filter(({ binding_policy }) => binding_policy === 'trigger-bound');

/** The code of a new action. */
export function starterOf(trigger: string): string {
  const { handler, label } = wordsOfTrigger(trigger);
  if (!handler) return '// Export what is to be called.\nmodule.exports = {};\n';
  return `/**
 * ${label}: called each time.
 *
 * @param event what is known
 * @param api what can be done about it
 */
exports.${handler} = async (event, api) => {

};
`;
}

const RUNTIMES: Readonly<Record<string, string>> = { 'node18-actions': 'Node.js 18' };

/** `node22` as people write it. */
export function runtimeLabel(runtime: string): string {
  return RUNTIMES[runtime] ?? runtime.replace(/^node/, 'Node.js ');
}
