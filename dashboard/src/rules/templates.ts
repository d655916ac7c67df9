/**
 * What a new rule can start from, and the names that rules use. The code is what people get to see and change, so it is
 * written as one would write a rule oneself.
 */
import { membersIn } from '../code/members.ts';

export type RuleTemplate = {
  /** Part of an address. */
  readonly id: string;
  /** Also the name of the new rule. */
  readonly name: string;
  readonly about: string;
  readonly group: keyof typeof GROUPS;
  readonly code: string;
};

export const GROUPS = {
  start: 'Start from nothing',
  access: 'Who may log in',
  tokens: 'What tokens tell',
  profile: 'What is known of users',
  outside: 'Other systems',
} as const;

export const RULE_TEMPLATES: readonly RuleTemplate[] = [
  {
    id: 'empty',
    name: 'Empty rule',
    about: 'Only the function, which lets everybody pass.',
    group: 'start',
    code: `function (user, context, callback) {
  // callback(error) refuses the login, callback(null, user, context) goes on.
  callback(null, user, context);
}
`,
  },
  {
    id: 'verified-email',
    name: 'Require a verified email',
    about: 'Refuses logins until the address is confirmed.',
    group: 'access',
    code: `function (user, context, callback) {
  if (user.email && !user.email_verified) {
    return callback(new UnauthorizedError('Confirm your email address first.'));
  }
  callback(null, user, context);
}
`,
  },
  {
    id: 'email-domain',
    name: 'Allow email domains',
    about: 'Only addresses of your own domains get in.',
    group: 'access',
    code: `function (user, context, callback) {
  const allowed = ['example.com', 'example.org'];

  const domain = (user.email || '').split('@').pop().toLowerCase();
  // An address that nobody confirmed proves nothing.
  if (!user.email_verified || !allowed.includes(domain)) {
    return callback(new UnauthorizedError('Your address may not be used here.'));
  }
  callback(null, user, context);
}
`,
  },
  {
    id: 'deny-by-ip',
    name: 'Deny by IP address',
    about: 'Refuses addresses of a list that you keep in the settings of rules.',
    group: 'access',
    code: `function (user, context, callback) {
  // DENIED_IPS in the settings of rules: "203.0.113.7, 203.0.113.8"
  const denied = (configuration.DENIED_IPS || '').split(',').map((ip) => ip.trim());

  if (denied.includes(context.request.ip)) {
    return callback(new UnauthorizedError('You cannot log in from here.'));
  }
  callback(null, user, context);
}
`,
  },
  {
    id: 'client-role',
    name: 'Role for a client',
    about: 'One application is for users with a certain role only.',
    group: 'access',
    code: `function (user, context, callback) {
  const client = 'Back office';
  const role = 'staff';

  const roles = (context.authorization && context.authorization.roles) || [];
  if (context.clientName === client && !roles.includes(role)) {
    return callback(new UnauthorizedError('This application is for staff.'));
  }
  callback(null, user, context);
}
`,
  },
  {
    id: 'working-hours',
    name: 'Working hours',
    about: 'Lets people in on weekdays, from eight to six.',
    group: 'access',
    code: `function (user, context, callback) {
  const now = new Date();
  const hour = now.getUTCHours();
  const isWeekend = [0, 6].includes(now.getUTCDay());

  if (isWeekend || hour < 8 || hour >= 18) {
    return callback(new UnauthorizedError('Come back between 8:00 and 18:00 UTC.'));
  }
  callback(null, user, context);
}
`,
  },
  {
    id: 'second-factor',
    name: 'Ask for a second factor',
    about: 'For some clients, whatever the tenant asks for otherwise.',
    group: 'access',
    code: `function (user, context, callback) {
  const clients = ['REPLACE_WITH_A_CLIENT_ID'];

  if (clients.includes(context.clientID)) {
    context.multifactor = { provider: 'any', allowRememberBrowser: false };
  }
  callback(null, user, context);
}
`,
  },
  {
    id: 'claims',
    name: 'Add claims to tokens',
    about: 'Puts facts about the user into both tokens.',
    group: 'tokens',
    code: `function (user, context, callback) {
  // A URL as the key keeps claims of your own apart from standard ones.
  // Nothing has to be at that address.
  const namespace = 'https://example.com/';
  const { plan = 'free' } = user.app_metadata || {};

  context.idToken[namespace + 'plan'] = plan;
  context.accessToken[namespace + 'email'] = user.email;
  callback(null, user, context);
}
`,
  },
  {
    id: 'roles',
    name: 'Roles from app metadata',
    about: 'Tells applications the roles that the user has in app_metadata.',
    group: 'tokens',
    code: `function (user, context, callback) {
  const namespace = 'https://example.com/';
  const roles = (user.app_metadata || {}).roles || [];

  context.idToken[namespace + 'roles'] = roles;
  context.accessToken[namespace + 'roles'] = roles;
  callback(null, user, context);
}
`,
  },
  {
    id: 'country',
    name: 'Add the country',
    about: 'Tells applications where the login came from.',
    group: 'tokens',
    code: `function (user, context, callback) {
  const place = context.request.geoip;

  if (place) {
    context.idToken['https://example.com/country'] = place.country_name;
    context.idToken['https://example.com/timezone'] = place.time_zone;
  }
  callback(null, user, context);
}
`,
  },
  {
    id: 'first-login',
    name: 'Mark the first login',
    about: 'Sets app_metadata once, such as when a trial began.',
    group: 'profile',
    code: `async function (user, context, callback) {
  const metadata = user.app_metadata || {};
  if (metadata.trial_began) return callback(null, user, context);

  try {
    user.app_metadata = { ...metadata, trial_began: new Date().toISOString() };
    await auth0.users.updateAppMetadata(user.user_id, user.app_metadata);
    callback(null, user, context);
  } catch (error) {
    callback(error);
  }
}
`,
  },
  {
    id: 'redirect',
    name: 'Redirect to a page',
    about: 'Sends people to a page of yours, such as terms to accept, and goes on when they come back.',
    group: 'profile',
    code: `function (user, context, callback) {
  const hasAccepted = (user.app_metadata || {}).terms_accepted === true;

  // On the way back from the page the rules run once more.
  const isBack = context.protocol === 'redirect-callback';
  if (!hasAccepted && !isBack) {
    context.redirect = { url: 'https://example.com/terms' };
  }
  callback(null, user, context);
}
`,
  },
  {
    id: 'enrich',
    name: 'Enrich the profile',
    about: 'Asks an API of yours for more about the user, and goes on without it when it is down.',
    group: 'outside',
    code: `async function (user, context, callback) {
  try {
    const email = encodeURIComponent(user.email);
    const response = await fetch('https://api.example.com/customers?email=' + email, {
      headers: { authorization: 'Bearer ' + configuration.CUSTOMERS_API_KEY },
      signal: AbortSignal.timeout(2000),
    });
    if (response.ok) {
      const { customer_number } = await response.json();
      context.idToken['https://example.com/customer_number'] = customer_number;
    }
  } catch (error) {
    console.log('Customers could not be asked: ' + error.message);
  }
  callback(null, user, context);
}
`,
  },
  {
    id: 'webhook',
    name: 'Tell a webhook',
    about: 'Posts to a chat or another service when somebody logs in for the first time.',
    group: 'outside',
    code: `function (user, context, callback) {
  if (context.stats.loginsCount === 1) {
    // Not waited for: a slow service must not hold up logins.
    fetch(configuration.WEBHOOK_URL, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'Welcome ' + (user.name || user.email) }),
    }).catch((error) => console.log(error.message));
  }
  callback(null, user, context);
}
`,
  },
];

export const RULE_MEMBERS = membersIn({
  'user.user_id': 'Identifier of the user',
  'user.email': 'Address',
  'user.email_verified': 'Whether the address was confirmed',
  'user.name': 'Full name',
  'user.app_metadata': 'What administrators and code keep about the user',
  'user.user_metadata': 'What the user may change',
  'user.identities': 'The accounts that are linked',
  'context.clientID': 'The client that asks',
  'context.clientName': 'Its name',
  'context.clientMetadata': 'Its metadata',
  'context.connection': 'Name of the connection',
  'context.connectionStrategy': 'Its kind, such as auth0',
  'context.protocol': 'How the login came: oidc-basic-profile, samlp, redirect-callback …',
  'context.request.ip': 'Address of the browser',
  'context.request.query': 'Parameters of the authorization request',
  'context.request.geoip': 'Where that is: country_name, time_zone …',
  'context.stats.loginsCount': 'How often the user has logged in, with this time',
  'context.authorization.roles': 'Names of the roles of the user',
  'context.organization': 'The organization that is logged in to',
  'context.idToken': 'Claims to add to the ID token',
  'context.accessToken': 'Claims to add to the access token',
  'context.redirect': '{ url } to send the browser to',
  'context.multifactor': '{ provider } to ask for a second factor',
  configuration: 'The values of the settings of rules, by key',
  'UnauthorizedError(message)': 'Refuses the login with a message',
  'auth0.users.updateAppMetadata(id, metadata)': 'Keeps app metadata',
  'auth0.users.updateUserMetadata(id, metadata)': 'Keeps user metadata',
  'callback(error, user, context)': 'Ends the rule',
});
