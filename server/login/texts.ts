// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders of custom texts look like that
/**
 * Every sentence of the hosted pages, one table a language. Screens and keys are those of the vendor's custom texts
 * (`/api/v2/prompts/{prompt}/custom-text/{language}`) where it has them, so that a tenant's own texts can be laid over
 * a table; the wording is ours. `${name}` marks what `fill` puts in.
 */

const ENGLISH = {
  common: {
    pageTitle: '${title} | ${companyName}',
    alertFields: 'Please check the marked fields.',
    separatorText: 'or',
    federatedConnectionButtonText: 'Continue with ${connectionName}',
    emailPlaceholder: 'Email address',
    usernamePlaceholder: 'Username',
    usernameOrEmailPlaceholder: 'Username or email address',
    passwordPlaceholder: 'Password',
    showPasswordText: 'Show password',
    hidePasswordText: 'Hide password',
    capsLockText: 'Caps Lock is on.',
    backToLoginLinkText: 'Back to log in',
    continueText: 'Continue',
    supportText: 'Need help?',
    supportLinkText: 'Contact support',
  },
  login: {
    title: 'Log in to ${companyName}',
    description: 'to continue to ${clientName}',
    buttonText: 'Continue',
    forgotPasswordText: 'Forgot password?',
    signupActionText: 'Don’t have an account?',
    signupActionLinkText: 'Sign up',
    noConnection: 'There is no way to log in to this application yet. Please contact its administrator.',
  },
  signup: {
    title: 'Create your account',
    description: 'Sign up to ${companyName} to continue to ${clientName}',
    descriptionWithoutClient: 'Sign up to ${companyName}',
    buttonText: 'Create account',
    loginActionText: 'Already have an account?',
    loginActionLinkText: 'Log in',
  },
  'reset-password-request': {
    title: 'Forgot your password?',
    descriptionEmail: 'Enter your email address and we’ll send you a link to choose a new one.',
    buttonText: 'Send link',
  },
  'reset-password-email': {
    title: 'Check your email',
    emailDescription: 'If there is an account for ${email}, we’ve sent it a link to choose a new password.',
    hint: 'Nothing there after a few minutes? Look into the spam folder.',
    resendLinkText: 'Try again',
  },
  'reset-password': {
    title: 'Choose a new password',
    description: 'For ${email}',
    passwordPlaceholder: 'New password',
    reEnterPasswordPlaceholder: 'New password, once more',
    buttonText: 'Change password',
  },
  'reset-password-success': {
    title: 'Password changed',
    description: 'From now on, log in with your new password.',
  },
  'reset-password-error': {
    titleExpired: 'This link has expired',
    descriptionExpired: 'Links to choose a password work for a limited time. Ask for a new one from the log-in page.',
    titleUsed: 'This link was already used',
    descriptionUsed: 'A link changes the password once. If that wasn’t you, ask for a new link right away.',
  },
  'email-verification': {
    title: 'Confirm your email address',
    description: 'Is ${email} yours?',
    buttonText: 'Confirm address',
  },
  'email-verification-result': {
    verifiedTitle: 'Email address confirmed',
    verifiedDescription: 'Thank you. You can go on now.',
    expiredTitle: 'This link has expired',
    expiredDescription: 'Confirmation links work for a limited time. Log in again to receive a new one.',
    alreadyVerifiedTitle: 'Already confirmed',
    alreadyVerifiedDescription: 'This link was used before: there is nothing left to do.',
  },
  'brute-force-protection-unblock': {
    title: 'Lift the block',
    description: 'Too many wrong passwords were tried for ${email}. Is it you who wants to log in?',
    buttonText: 'Lift the block',
  },
  'brute-force-protection-unblock-success': {
    title: 'The block is lifted',
    description: 'You can log in again.',
  },
  'brute-force-protection-unblock-failure': {
    title: 'This link is of no use any more',
    description: 'It was used before, or it is too old. A new password lifts a block as well.',
  },
  'mfa-otp-enrollment-code': {
    title: 'Add an authenticator app',
    description: 'Add ${email} at ${companyName} to an authenticator app, then enter the code that it shows.',
    secretText: 'The key to type into the app:',
    appLinkText: 'Open an app on this device',
    placeholder: 'Code of six digits',
    buttonText: 'Confirm',
  },
  'mfa-enroll-result': {
    enrolledTitle: 'All set',
    enrolledDescription: 'The app is now a second step of your login.',
    expiredTicketTitle: 'This link has expired',
    expiredTicketDescription: 'Links to add an app work for a limited time. Ask whoever sent it for a new one.',
    ticketUsedTitle: 'This link was already used',
    ticketUsedDescription: 'A link adds one app. If that wasn’t you, contact support right away.',
    alreadyUsedTitle: 'You have a second step already',
    alreadyUsedDescription: 'This link is for accounts without one. Nothing was changed.',
  },
  setup: {
    title: 'Welcome',
    description: 'Make yourself the first administrator of this installation.',
    buttonText: 'Create administrator',
    invitedDescription: 'You are invited to administer ${companyName}. Choose a password for ${email}.',
    invitedButtonText: 'Create account',
    goneTitle: 'This link is over',
    goneDescription:
      'It was used, has expired, or is not needed: there is an administrator, or a newer link. If you were invited, ask for another invitation; if you are setting up the server, look at its newest lines.',
    dashboardLinkText: 'Open the dashboard',
  },
  scopes: {
    openid: 'Know who you are',
    profile: 'See your profile: name and picture',
    email: 'See your email address',
    address: 'See your postal address',
    phone: 'See your phone number',
    offline_access: 'Keep its access while you are away',
  },
  consent: {
    title: '${clientName} asks for access',
    description: 'It wants to use your ${companyName} account:',
    switchAccountText: 'Not you?',
    scopesTitle: 'It will be able to',
    redirectNotice: 'You will go back to ${host}.',
    acceptButtonText: 'Accept',
    declineButtonText: 'Decline',
  },
  error: {
    codeText: 'Error',
    trackingText: 'Tracking ID',
  },
  logout: {
    title: 'Log out of ${companyName}?',
    message: 'You are logged in as ${account}.',
    messageWithoutAccount: 'This ends your session in this browser.',
    acceptButtonText: 'Log out',
    declineButtonText: 'Stay logged in',
  },
  'logout-complete': {
    title: 'You are logged out',
    description: 'Your session at ${companyName} has ended in this browser.',
    loginLinkText: 'Log in again',
  },
  /** Rules of a password by their code. */
  passwordRules: {
    passwordSecurityText: 'Your password needs:',
    met: 'fulfilled',
    nonEmpty: 'At least one character',
    lengthAtLeast: 'At least ${count} characters',
    shouldContain: 'All of these:',
    containsAtLeast: 'At least ${count} of these:',
    lowerCase: 'Lower-case letters (a–z)',
    upperCase: 'Upper-case letters (A–Z)',
    numbers: 'Numbers (0–9)',
    specialCharacters: 'Special characters (such as !@#$)',
    identicalChars: 'No character more than ${count} times in a row',
  },
  /** What can go wrong in a form, for `error` and `fieldErrors` of a view. */
  errors: {
    'wrong-credentials': 'Wrong username or password.',
    'wrong-email-credentials': 'Wrong email address or password.',
    'user-blocked': 'This account is blocked. Please contact support.',
    'too-many-attempts': 'Too many attempts. Please wait a while before you try again.',
    'session-expired': 'This page was open for too long. Please try again.',
    'no-email': 'Enter your email address.',
    'no-username': 'Enter your username or email address.',
    'no-password': 'Enter your password.',
    'no-new-password': 'Choose a password.',
    'no-re-enter-password': 'Enter the new password once more.',
    'password-mismatch': 'The two passwords are different.',
    'invalid-email-format': 'This is not an email address.',
    'invalid-username': 'A username has ${min} to ${max} letters, numbers or characters of _+-.!#$^`~@’',
    'email-in-use': 'This address can’t be used for a new account. Do you have one already?',
    'username-taken': 'This username is taken.',
    'signup-disabled': 'New accounts can’t be made here.',
    'password-too-weak': 'This password is too weak.',
    'password-too-common': 'This password is too common: it would be guessed soon.',
    'password-contains-user-information': 'The password must not contain your name or address.',
    'password-previously-used': 'You had this password before. Choose a new one.',
    'invalid-code': 'This is not the code that the app shows now.',
    'server-error': 'Something went wrong on our side. Please try again.',
  },
} as const;

type Table<T> = { readonly [Screen in keyof T]: { readonly [Key in keyof T[Screen]]: string } };

/** The texts of one language by screen and key. */
export type Texts = Table<typeof ENGLISH>;

const LANGUAGES: Readonly<Record<string, Texts>> = { en: ENGLISH };

/** Which texts a page has: those of a language, with a tenant's own laid over them. */
export type Words = {
  /** BCP 47, such as `en` or `de-CH`. */
  readonly locale: string;
  /** The screen that is drawn, by the vendor's name: its own texts win over those for every screen. */
  readonly screen?: string;
  readonly own?: OwnTexts | undefined;
};

/** The texts of a screen, the tenant's own among them. */
export type OwnTexts = (screen: string | undefined) => Texts;

/** The texts of a locale alone, or of a view: its language, or English, and over it what the tenant wrote. */
export function texts(words: Words | string, screen?: string): Texts {
  if (typeof words === 'string') return textsOf(words);
  return words.own?.(screen ?? words.screen) ?? textsOf(words.locale);
}

function textsOf(locale: string): Texts {
  return tableOf(locale) ?? ENGLISH;
}

/** Whether there is a table for a language; where there is none, pages are English. */
export function hasTexts(locale: string): boolean {
  return tableOf(locale) !== undefined;
}

function tableOf(locale: string): Texts | undefined {
  return LANGUAGES[locale] ?? LANGUAGES[locale.split('-')[0]!];
}

/** What a tenant wrote: texts by screen and key. */
export type CustomTexts = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Groups that every screen draws on: a tenant words them for one screen, or under `common` for all. */
const SHARED = ['common', 'errors', 'passwordRules'];

/** Lays a tenant's texts over those of a locale. Each screen is laid once. Keys that no page has are left out. */
export function layTexts(locale: string, custom: CustomTexts): OwnTexts {
  const base = Object.entries(textsOf(locale));
  const laid = new Map<string | undefined, Texts>();
  return (screen) => {
    const known = laid.get(screen);
    if (known) return known;
    const groups = base.map(([group, table]) => {
      const sources = SHARED.includes(group) ? ['common', screen ?? ''] : [group];
      return [
        group,
        worded(
          table,
          sources.map((name) => custom[name]).filter((own) => own !== undefined),
        ),
      ];
    });
    // The same groups and keys as in the table that they came from.
    const result = Object.fromEntries(groups) as Texts;
    // The screens that pages ask for are few; what else is asked for is not kept.
    if (laid.size < 50) laid.set(screen, result);
    return result;
  };
}

/** A table with the texts that the last of the sources has for each key. Empty texts count as none. */
function worded(table: Readonly<Record<string, string>>, sources: readonly CustomTexts[string][]) {
  if (sources.length === 0) return table;
  return Object.fromEntries(
    Object.entries(table).map(([key, text]) => [
      key,
      sources.findLast((source) => Object.hasOwn(source, key) && source[key])?.[key] ?? text,
    ]),
  );
}

/** Puts values in the place of `${name}`. A name without a value stays as it is. The result is text, not markup. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\$\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
