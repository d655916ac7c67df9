/**
 * What triggers are called, what code of theirs looks like when it is new, and what it may use. Which triggers there are,
 * with their versions and runtimes, is the server's table.
 */
import { TRIGGERS, type Trigger } from '../../../server/api/actions/triggers.ts';
import { membersIn, type Names } from '../code/members.ts';
import type { Member } from '../ui/codemirror/language.ts';

export type TriggerWords = {
  readonly label: string;
  readonly about: string;
  readonly group: keyof typeof TRIGGER_GROUPS;
  /** The function that is called, when it has a name. */
  readonly handler?: string;
  /** What it may do. */
  readonly api: Names;
};

export const TRIGGER_GROUPS = {
  login: 'Logging in',
  signup: 'Signing up',
  password: 'Passwords',
  machine: 'Machines and tokens',
  messages: 'Messages',
  other: 'Elsewhere',
} as const;

const deny: Names = { 'api.access.deny(reason)': 'Refuses, with a text for the log' };
const denyCode: Names = { 'api.access.deny(code, reason)': 'Refuses, with an error of OAuth' };
const cache: Names = {
  'api.cache.get(key)': 'A value that was kept between runs',
  'api.cache.set(key, value, { ttl })': 'Keeps a value, for ttl milliseconds',
};
const accessToken: Names = { 'api.accessToken.setCustomClaim(name, value)': 'Adds a claim to the access token' };
const challenges: Names = {
  'api.authentication.challengeWith({ type })': 'Asks for that second factor',
  'api.authentication.challengeWithAny([{ type }])': 'Asks for one of these factors',
};
const redirects: Names = {
  'api.redirect.sendUserTo(url, { query })': 'Sends the browser to a page of yours',
  'api.redirect.encodeToken({ secret, payload })': 'Makes a signed token for that page',
  'api.redirect.validateToken({ secret })': 'Checks the token that the page sent back',
};
const userMetadata: Names = {
  'api.user.setUserMetadata(name, value)': 'Keeps something that the user may change',
  'api.user.setAppMetadata(name, value)': 'Keeps something that the user may not change',
};

export const TRIGGER_WORDS: Readonly<Record<string, TriggerWords>> = {
  'post-login': {
    label: 'Login',
    about: 'After somebody has proved who they are, before tokens are made.',
    group: 'login',
    handler: 'onExecutePostLogin',
    api: {
      ...deny,
      ...accessToken,
      'api.idToken.setCustomClaim(name, value)': 'Adds a claim to the ID token',
      'api.accessToken.addScope(scope)': 'Grants a scope more',
      'api.accessToken.removeScope(scope)': 'Grants a scope less',
      ...userMetadata,
      'api.multifactor.enable(provider)': 'Asks for a second factor',
      ...challenges,
      ...redirects,
      'api.session.revoke(reason)': 'Ends the session',
      ...cache,
    },
  },
  'login-post-identifier': {
    label: 'Login: address entered',
    about: 'After an address was entered, before a way to log in is chosen.',
    group: 'login',
    handler: 'onExecutePostIdentifier',
    api: {
      'api.authentication.setConnectionByName(name)': 'Goes on with that connection',
      ...deny,
      ...cache,
    },
  },
  'signup-post-identifier': {
    label: 'Sign-up: address entered',
    about: 'After an address was entered to sign up with.',
    group: 'signup',
    handler: 'onExecutePostIdentifier',
    api: { ...deny, ...cache },
  },
  'pre-user-registration': {
    label: 'Before registration',
    about: 'Before a user of a database or passwordless connection is made.',
    group: 'signup',
    handler: 'onExecutePreUserRegistration',
    api: {
      'api.access.deny(reason, userMessage)': 'Refuses; the second text is shown',
      'api.validation.error(code, message)': 'Refuses because of what was entered',
      ...userMetadata,
      ...cache,
    },
  },
  'post-user-registration': {
    label: 'After registration',
    about: 'After a user was made. Nobody waits for it.',
    group: 'signup',
    handler: 'onExecutePostUserRegistration',
    api: { ...cache },
  },
  'post-change-password': {
    label: 'After a password change',
    about: 'After somebody has a new password. Nobody waits for it.',
    group: 'password',
    handler: 'onExecutePostChangePassword',
    api: { ...cache },
  },
  'password-reset-post-challenge': {
    label: 'Password reset',
    about: 'After the first proof of a reset, before a new password may be chosen.',
    group: 'password',
    handler: 'onExecutePostChallenge',
    api: { ...deny, ...challenges, ...redirects, ...cache },
  },
  'password-hash-migration': {
    label: 'Password hash migration',
    about: 'Checks a password against a hash that another system made.',
    group: 'password',
    api: {},
  },
  'credentials-exchange': {
    label: 'Machine to machine',
    about: 'Before a token for a client itself (client credentials) is made.',
    group: 'machine',
    handler: 'onExecuteCredentialsExchange',
    api: { ...denyCode, ...accessToken, ...cache },
  },
  'custom-token-exchange': {
    label: 'Token exchange',
    about: 'Says for whom a token of another system is exchanged. Chosen in a token exchange profile.',
    group: 'machine',
    handler: 'onExecuteCustomTokenExchange',
    api: {
      'api.authentication.setUserById(id)': 'The token is for this user',
      'api.authentication.setUserByConnection(connection, profile, options)':
        'The token is for a user of a connection, who may be made',
      'api.access.rejectInvalidSubjectToken(reason)': 'Refuses the token that was given',
      ...denyCode,
      ...cache,
    },
  },
  'send-phone-message': {
    label: 'Second factor message',
    about: 'Delivers the code of a second factor by phone.',
    group: 'messages',
    handler: 'onExecuteSendPhoneMessage',
    api: { ...cache },
  },
  'custom-phone-provider': {
    label: 'Phone provider',
    about: 'Delivers all messages by phone.',
    group: 'messages',
    handler: 'onExecuteCustomPhoneProvider',
    api: {
      'api.notification.retry(reason)': 'Tries again later',
      'api.notification.drop(reason)': 'Gives up',
      ...cache,
    },
  },
  'custom-email-provider': {
    label: 'Email provider',
    about: 'Delivers all mails.',
    group: 'messages',
    handler: 'onExecuteCustomEmailProvider',
    api: {
      'api.notification.retry(reason)': 'Tries again later',
      'api.notification.drop(reason)': 'Gives up',
      ...cache,
    },
  },
  'event-stream': {
    label: 'Event stream',
    about: 'Takes the events of a stream. Chosen as the destination of the stream.',
    group: 'other',
    handler: 'onExecuteEventStream',
    api: { ...cache },
  },
  'mcp-tool': { label: 'MCP tool', about: 'A tool for agents, named by what offers it.', group: 'other', api: {} },
};

const EVENT: Names = {
  'event.secrets': 'The secrets of this action, by name',
  'event.request.ip': 'Address that the request came from',
  'event.request.geoip': 'Where that is',
  'event.tenant.id': 'The tenant',
};
const EVENT_OF_USER: Names = {
  'event.user.user_id': 'Identifier of the user',
  'event.user.email': 'Address',
  'event.user.email_verified': 'Whether it was confirmed',
  'event.user.app_metadata': 'What administrators and code keep',
  'event.user.user_metadata': 'What the user may change',
  'event.client.client_id': 'The client that asks',
  'event.client.name': 'Its name',
  'event.connection.name': 'The connection',
  'event.authorization.roles': 'Names of the roles of the user',
  'event.organization': 'The organization that is logged in to',
  'event.stats.logins_count': 'How often the user has logged in',
  'event.transaction.requested_scopes': 'The scopes that were asked for',
};
const WITHOUT_USER = ['credentials-exchange', 'event-stream', 'mcp-tool'];

/** What code of a trigger may use. */
export function membersOf(trigger: string): readonly Member[] {
  const about = WITHOUT_USER.includes(trigger) ? {} : EVENT_OF_USER;
  return membersIn({ ...EVENT, ...about, ...wordsOfTrigger(trigger).api });
}

/** The words for a trigger; one without words of its own is called by its id. */
export function wordsOfTrigger(id: string): TriggerWords {
  return TRIGGER_WORDS[id] ?? { label: id, about: '', group: 'other', api: {} };
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
