/** What the points of hooks are called, and the code that a new hook starts from. */
import { HOOK_TRIGGERS } from '../../../server/api/hooks/schema.ts';
import type { Member } from '../ui/code-editor.tsx';

export { HOOK_TRIGGERS };
export type HookTrigger = (typeof HOOK_TRIGGERS)[number];

export type HookWords = {
  readonly label: string;
  readonly about: string;
  readonly code: string;
  readonly members: readonly Member[];
};

const shared: readonly Member[] = [
  { name: 'context.webtask.secrets', about: 'The secrets of this hook, by name' },
  { name: 'context.request.ip', about: 'Address that the request came from' },
];
const user: readonly Member[] = [
  { name: 'user.email', about: 'Address' },
  { name: 'user.id', about: 'Identifier, once there is one' },
  { name: 'user.user_metadata', about: 'What the user may change' },
  { name: 'user.app_metadata', about: 'What only administrators and code may change' },
  { name: 'context.connection.name', about: 'The connection' },
];

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
    members: [
      { name: 'client.id', about: 'The client that asks' },
      { name: 'client.name', about: 'Its name' },
      { name: 'client.metadata', about: 'Its metadata' },
      { name: 'scope', about: 'The scopes, as a list' },
      { name: 'audience', about: 'The API that the token is for' },
      ...shared,
      { name: 'cb', call: '(error, token)', about: 'Ends the hook' },
    ],
  },
  'pre-user-registration': {
    label: 'Before registration',
    about: 'Before a user is made. It can refuse, and set metadata.',
    code: `module.exports = function (user, context, cb) {
  // cb(error) refuses; what is in the answer becomes part of the new user.
  cb(null, { user: {} });
};
`,
    members: [...user, ...shared, { name: 'cb', call: '(error, { user })', about: 'Ends the hook' }],
  },
  'post-user-registration': {
    label: 'After registration',
    about: 'After a user was made. Nobody waits for it.',
    code: `module.exports = function (user, context, cb) {
  cb();
};
`,
    members: [...user, ...shared, { name: 'cb', call: '(error)', about: 'Ends the hook' }],
  },
  'post-change-password': {
    label: 'After a password change',
    about: 'After somebody has a new password. Nobody waits for it.',
    code: `module.exports = function (user, context, cb) {
  cb();
};
`,
    members: [...user, ...shared, { name: 'cb', call: '(error)', about: 'Ends the hook' }],
  },
  'send-phone-message': {
    label: 'Second factor message',
    about: 'Delivers the code of a second factor by phone.',
    code: `module.exports = function (recipient, text, context, cb) {
  // Hand the text to whoever delivers it.
  cb(null, {});
};
`,
    members: [
      { name: 'recipient', about: 'Number to send to' },
      { name: 'text', about: 'What to send' },
      { name: 'context.message_type', about: 'sms or voice' },
      { name: 'context.factor_type', about: 'first or second' },
      ...shared,
      { name: 'cb', call: '(error, answer)', about: 'Ends the hook' },
    ],
  },
};
