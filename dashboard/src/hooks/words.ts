/** What the points of hooks are called, and the code that a new hook starts from. */
import { HOOK_TRIGGERS } from '../../../server/api/hooks/schema.ts';
import { membersIn, type Names } from '../code/members.ts';
import type { Member } from '../ui/codemirror/language.ts';

export { HOOK_TRIGGERS };
export type HookTrigger = (typeof HOOK_TRIGGERS)[number];

export type HookWords = {
  readonly label: string;
  readonly about: string;
  readonly code: string;
  readonly members: readonly Member[];
};

const shared: Names = {
  'context.webtask.secrets': 'The secrets of this hook, by name',
  'context.request.ip': 'Address that the request came from',
};
const user: Names = {
  'user.email': 'Address',
  'user.id': 'Identifier, once there is one',
  'user.user_metadata': 'What the user may change',
  'user.app_metadata': 'What only administrators and code may change',
  'context.connection.name': 'The connection',
};

export const HOOK_WORDS: Readonly<Record<HookTrigger, HookWords>> = {
  'credentials-exchange': {
    label: 'Credentials exchange',
    about: 'Before a token for a client itself is made. It can change scopes and add claims.',
    code: `module.exports = function (client, scope, audience, context, cb) {
  const token = { scope };
  // token['https://example.com/plan'] = client.metadata.plan;
  cb(null, token);
};
`,
    members: membersIn({
      'client.id': 'The client that asks',
      'client.name': 'Its name',
      'client.metadata': 'Its metadata',
      scope: 'The scopes, as a list',
      audience: 'The API that the token is for',
      ...shared,
      'cb(error, token)': 'Ends the hook',
    }),
  },
  'pre-user-registration': {
    label: 'Before registration',
    about: 'Before a user is made. It can refuse, and set metadata.',
    code: `module.exports = function (user, context, cb) {
  // cb(error) refuses; what is in the answer becomes part of the new user.
  cb(null, { user: {} });
};
`,
    members: membersIn({ ...user, ...shared, 'cb(error, { user })': 'Ends the hook' }),
  },
  'post-user-registration': {
    label: 'After registration',
    about: 'After a user was made. Nobody waits for it.',
    code: `module.exports = function (user, context, cb) {
  cb();
};
`,
    members: membersIn({ ...user, ...shared, 'cb(error)': 'Ends the hook' }),
  },
  'post-change-password': {
    label: 'After a password change',
    about: 'After somebody has a new password. Nobody waits for it.',
    code: `module.exports = function (user, context, cb) {
  cb();
};
`,
    members: membersIn({ ...user, ...shared, 'cb(error)': 'Ends the hook' }),
  },
  'send-phone-message': {
    label: 'Second factor message',
    about: 'Delivers the code of a second factor by phone.',
    code: `module.exports = function (recipient, text, context, cb) {
  // Hand the text to whoever delivers it.
  cb(null, {});
};
`,
    members: membersIn({
      recipient: 'Number to send to',
      text: 'What to send',
      'context.message_type': 'sms or voice',
      'context.factor_type': 'first or second',
      ...shared,
      'cb(error, answer)': 'Ends the hook',
    }),
  },
};
