/**
 * What a password of a database connection must be like. Knows the connection's options and the facts about the user
 * that are given; stores nothing and hashes nothing, so the comparison with earlier passwords is done elsewhere.
 */
import { createRequire } from 'node:module';
import {
  type CheckedRule,
  check,
  explain,
  identicalChars,
  LETTERS_AND_DIGITS,
  lengthAtLeast,
  NON_EMPTY,
  type PasswordRule,
  policyText,
  type Rule,
  SEQUENTIAL,
  type Test,
  THREE_OF_FOUR,
  TOO_LONG,
  TYPES,
} from './password-rules.ts';

/** The options of a connection (strategy `auth0`) that concern passwords. */
export type PasswordOptions = {
  readonly passwordPolicy?: 'none' | 'None' | 'low' | 'fair' | 'good' | 'excellent' | null;
  readonly password_complexity_options?: { readonly min_length?: number } | null;
  readonly password_history?: { readonly enable: boolean; readonly size?: number } | null;
  readonly password_no_personal_info?: { readonly enable: boolean } | null;
  readonly password_dictionary?: { readonly enable: boolean; readonly dictionary?: readonly string[] } | null;
  readonly password_options?: FlexibleOptions | null;
};

/** The newer form, all in one place. What it says stands in for the options above. */
export type FlexibleOptions = {
  readonly complexity?: {
    readonly min_length?: number | null;
    readonly character_types?: readonly ('uppercase' | 'lowercase' | 'number' | 'special')[] | null;
    readonly character_type_rule?: 'all' | 'three_of_four' | null;
    readonly identical_characters?: 'allow' | 'block' | null;
    readonly sequential_characters?: 'allow' | 'block' | null;
  } | null;
  readonly history?: { readonly active?: boolean | null; readonly size?: number | null } | null;
  readonly dictionary?: {
    readonly active?: boolean | null;
    readonly custom?: readonly string[] | null;
    readonly default?: 'en_10k' | 'en_100k' | null;
  } | null;
  readonly profile_data?: {
    readonly active?: boolean | null;
    readonly blocked_fields?: readonly string[] | null;
  } | null;
};

/** What is known of the user whose password it is to be. */
export type AboutUser = {
  readonly email?: string | null;
  readonly username?: string | null;
  readonly name?: string | null;
  readonly nickname?: string | null;
  readonly given_name?: string | null;
  readonly family_name?: string | null;
  readonly user_metadata?: Readonly<Record<string, unknown>> | null;
};

/** Why a password is refused; `name` and `message` are what `POST /dbconnections/signup` answers. */
export type PasswordProblem = (typeof PROBLEMS)[keyof typeof PROBLEMS];

export const PROBLEMS = {
  strength: { name: 'PasswordStrengthError', message: 'Password is too weak' },
  dictionary: { name: 'PasswordDictionaryError', message: 'Password is too common' },
  personalInfo: { name: 'PasswordNoUserInfoError', message: 'Password contains user information' },
  history: { name: 'PasswordHistoryError', message: 'Password has previously been used' },
} as const;

/** Personal facts shorter than this are in too many good passwords to be forbidden. */
const SHORTEST_FACT = 3;
/** The common passwords that are refused, of a list ordered by frequency. */
const DICTIONARY_SIZE = 10_000;
/** Of `en_100k`; the list that there is ends before. */
const LARGE_DICTIONARY = 100_000;

/**
 * Everything that is wrong with a password, an empty list if it is good. A policy that is not set means `good`, as the
 * vendor's dashboard creates connections.
 */
export function checkPassword(password: string, options: PasswordOptions, about: AboutUser): PasswordProblem[] {
  const problems: PasswordProblem[] = [];
  if (!strengthRules(password, options).every((rule) => rule.test(password))) problems.push(PROBLEMS.strength);
  if (isCommon(password, options)) problems.push(PROBLEMS.dictionary);
  if (tellsOf(password, about, options)) problems.push(PROBLEMS.personalInfo);
  return problems;
}

/** The rules of a connection, in the order in which they are shown; for sign-up pages and Lock. */
export function passwordRules(options: PasswordOptions): PasswordRule[] {
  return rulesOf(options).map(explain);
}

/** The rules with the answer for one password, and the policy as text with one rule a line. */
export type StrengthReport = {
  readonly name: 'PasswordStrengthError';
  readonly message: string;
  readonly code: 'invalid_password';
  readonly description: { readonly rules: readonly CheckedRule[]; readonly verified: boolean };
  readonly policy: string;
  readonly statusCode: 400;
};

/** The body with which a weak password is refused, as Lock and the native SDKs read it. */
export function strengthReport(password: string, options: PasswordOptions): StrengthReport {
  const rules = strengthRules(password, options);
  return {
    ...PROBLEMS.strength,
    code: 'invalid_password',
    description: {
      rules: rules.map((rule) => check(rule, password)),
      verified: rules.every((rule) => rule.test(password)),
    },
    policy: policyText(passwordRules(options)),
    statusCode: 400,
  };
}

/** How many earlier passwords may not be used again: 0 when history is off, 5 when the size is not given. */
export function historySize(options: PasswordOptions): number {
  const flexible = options.password_options?.history;
  const history = flexible ? { enable: flexible.active, size: flexible.size } : options.password_history;
  return history?.enable ? Math.min(history.size ?? 5, 24) : 0;
}

/** The rules that one password is measured by. */
function strengthRules(password: string, options: PasswordOptions): Rule[] {
  return TOO_LONG.test(password) ? rulesOf(options) : [...rulesOf(options), TOO_LONG];
}

function rulesOf(options: PasswordOptions): Rule[] {
  const complexity = options.password_options?.complexity;
  if (complexity) return flexibleRules(complexity);
  const policy = POLICIES[options.passwordPolicy ?? 'good'];
  const minimum = options.password_complexity_options?.min_length ?? policy.minimum;
  return [
    minimum > 1 ? lengthAtLeast(minimum) : NON_EMPTY,
    ...(policy.classes ? [policy.classes] : []),
    ...(policy.identical ? [identicalChars(policy.identical)] : []),
  ];
}

function flexibleRules(complexity: NonNullable<FlexibleOptions['complexity']>): Rule[] {
  const { min_length, character_types, character_type_rule, identical_characters, sequential_characters } = complexity;
  const minimum = min_length ?? 1;
  const parts = (character_types ?? []).map((type) => TYPES[type]);
  const classes = character_type_rule === 'three_of_four' ? THREE_OF_FOUR : { ...LETTERS_AND_DIGITS, items: parts };
  return [
    minimum > 1 ? lengthAtLeast(minimum) : NON_EMPTY,
    ...(parts.length > 0 ? [{ ...classes, test: testOf(classes) }] : []),
    ...(identical_characters === 'block' ? [identicalChars(2)] : []),
    ...(sequential_characters === 'block' ? [SEQUENTIAL] : []),
  ];
}

/** Three of four is a test of its own; all means each of the parts. */
function testOf({ code, test, items = [] }: Rule): Test {
  return code === THREE_OF_FOUR.code ? test : (password) => items.every((part) => part.test(password));
}

const POLICIES: Record<
  NonNullable<PasswordOptions['passwordPolicy']>,
  { minimum: number; classes?: Rule; identical?: number }
> = {
  none: { minimum: 1 },
  None: { minimum: 1 },
  low: { minimum: 6 },
  fair: { minimum: 8, classes: LETTERS_AND_DIGITS },
  good: { minimum: 8, classes: THREE_OF_FOUR },
  excellent: { minimum: 10, classes: THREE_OF_FOUR, identical: 2 },
};

function isCommon(password: string, options: PasswordOptions): boolean {
  const flexible = options.password_options?.dictionary;
  const { enable, dictionary } = flexible
    ? { enable: flexible.active, dictionary: flexible.custom }
    : (options.password_dictionary ?? { enable: false });
  if (!enable) return false;
  const word = password.toLowerCase();
  const size = flexible?.default === 'en_100k' ? LARGE_DICTIONARY : DICTIONARY_SIZE;
  return (commonPasswords().get(word) ?? size) < size || (dictionary ?? []).some((own) => own.toLowerCase() === word);
}

let common: ReadonlyMap<string, number> | undefined;

/** In lower case, with the place in the list. Loaded when a connection asks for it: it takes some megabytes. */
function commonPasswords(): ReadonlyMap<string, number> {
  if (!common) {
    // Only this file of the package: its index would load keyboards and word lists as well.
    const list: string[] = createRequire(import.meta.url)('@zxcvbn-ts/language-common/dist/passwords.json.cjs');
    common = new Map(list.slice(0, LARGE_DICTIONARY).map((word, index) => [word, index]));
  }
  return common;
}

function tellsOf(password: string, about: AboutUser, options: PasswordOptions): boolean {
  const flexible = options.password_options?.profile_data;
  const enabled = flexible ? flexible.active : options.password_no_personal_info?.enable;
  if (!enabled) return false;
  const text = password.toLowerCase();
  return factsOf(about, flexible?.blocked_fields ?? undefined).some(
    (fact) => typeof fact === 'string' && fact.length >= SHORTEST_FACT && text.includes(fact.toLowerCase()),
  );
}

const FACTS = ['username', 'name', 'nickname', 'given_name', 'family_name'] as const;

/** Facts about a user: those of the named fields, where `user_metadata.name` names one of the metadata, or all. */
function factsOf(about: AboutUser, fields: readonly string[] | undefined): unknown[] {
  const facts = new Map<string, unknown>([
    ...FACTS.map((name) => [name, about[name]] as const),
    ['email', about.email?.split('@')[0]],
    ...Object.entries(about.user_metadata ?? {}).map(([name, value]) => [`user_metadata.${name}`, value] as const),
  ]);
  return fields ? fields.map((field) => facts.get(field)) : [...facts.values()];
}
