/**
 * What users can be found by: a user taken apart into terms, each a path and a value. The table `user_terms` holds them,
 * so that a search is a range of an index, and the same terms decide whether a user matches.
 *
 * Rows are taken away again by what is computed here of the user as it was. A change of this file therefore needs a
 * migration that empties the table and lets `fill-terms.ts` write it anew.
 */
import type { StoredUser } from './store.ts';

export type Term = { readonly path: string; readonly value: string };

/** Bounds of what is kept: of one value in characters, of a path in bytes, of nesting, and of terms below one root. */
const LONGEST_VALUE = 200;
export const LONGEST_PATH = 200;
export const DEEPEST_PATH = 10;
const MOST_TERMS = 200;

/** Beside names themselves: what remains of them from each later word on, so that a search may begin with any word. */
export const NAME_WORDS = 'name_words';

/** What is compared without regard to case; with the vendor that is these fields and no others. */
const FOLDED: ReadonlySet<string> = new Set([
  'email',
  'email.domain',
  'name',
  'nickname',
  'given_name',
  'family_name',
  'username',
  NAME_WORDS,
]);

/** Members of an identity that may be looked for. Tokens of a provider never are. */
const IDENTITY = ['connection', 'provider', 'user_id', 'isSocial', 'profileData'] as const;

/** The searched members of a user, and what of each is kept. */
const ROOTS: Readonly<Record<string, (user: StoredUser) => Iterable<readonly [path: string, value: unknown]>>> = {
  email: ({ email }) => [
    ['email', email],
    ['email.domain', email?.slice(email.lastIndexOf('@') + 1)],
  ],
  email_verified: (user) => [['email_verified', user.email_verified]],
  username: (user) => [['username', user.username]],
  phone_number: (user) => [['phone_number', user.phone_number]],
  phone_verified: (user) => [['phone_verified', user.phone_verified]],
  name: (user) => [['name', user.name]],
  given_name: (user) => [['given_name', user.given_name]],
  family_name: (user) => [['family_name', user.family_name]],
  nickname: (user) => [['nickname', user.nickname]],
  [NAME_WORDS]: (user) => [...laterWords(user.name), ...laterWords(user.nickname)].map((rest) => [NAME_WORDS, rest]),
  // Who is not blocked is found as the rest.
  blocked: (user) => [['blocked', user.blocked || undefined]],
  multifactor: (user) => [['multifactor', user.multifactor]],
  last_password_reset: (user) => [['last_password_reset', user.last_password_reset]],
  identities: (user) =>
    user.identities.flatMap((identity) =>
      IDENTITY.map((member) => [`identities.${member}`, (identity as Record<string, unknown>)[member]] as const),
    ),
  user_metadata: (user) => [['user_metadata', user.user_metadata]],
  app_metadata: (user) => [['app_metadata', user.app_metadata]],
};

const ROOT_NAMES = Object.keys(ROOTS);

/** Fields with one value at most, so that an index of their values has each user once. */
export const SINGLE_VALUED: ReadonlySet<string> = new Set([
  'email',
  'email.domain',
  'email_verified',
  'username',
  'phone_number',
  'phone_verified',
  'name',
  'given_name',
  'family_name',
  'nickname',
  'blocked',
  'last_password_reset',
]);

/** All terms of a user, each once. */
export function termsOf(user: StoredUser): Term[] {
  return ROOT_NAMES.flatMap((root) => termsBelow(user, root));
}

/** The root that a path begins with. */
export function rootOf(path: string): string {
  const dot = path.indexOf('.');
  const root = dot < 0 ? path : path.slice(0, dot);
  return root.startsWith(NUMBERS) ? root.slice(NUMBERS.length) : root;
}

/** The terms of a user below one root; none for what is not searched. */
export function termsBelow(user: StoredUser, root: string): Term[] {
  const read = Object.hasOwn(ROOTS, root) ? ROOTS[root] : undefined;
  if (!read) return [];
  const found: Term[] = [];
  for (const [path, value] of read(user)) collect(found, path, value, 1);
  return found;
}

/** An array stands for its items, an object for its members; null is nothing. */
function collect(found: Term[], path: string, value: unknown, depth: number): void {
  if (value === undefined || value === null || depth > DEEPEST_PATH) return;
  if (Array.isArray(value)) {
    for (const item of value) collect(found, path, item, depth + 1);
  } else if (typeof value === 'object') {
    for (const [name, member] of Object.entries(value)) collect(found, `${path}.${name}`, member, depth + 1);
  } else if (found.length < MOST_TERMS && isShort(path)) {
    const text = String(value);
    add(found, { path: cleaned(path), value: keptValue(path, text) });
    if (isNumber(text)) add(found, { path: numberPath(cleaned(path)), value: sortableNumber(Number(text)) });
  }
}

/** Each once. Imports do this for every value of every user: a few comparisons are less work than keys of a map. */
function add(found: Term[], term: Term): void {
  for (const { path, value } of found) if (value === term.value && path === term.path) return;
  found.push(term);
}

/** No character has more than three bytes for each of its units. */
function isShort(path: string): boolean {
  return path.length * 3 <= LONGEST_PATH || Buffer.byteLength(path) <= LONGEST_PATH;
}

/** A value in the form in which it is kept and asked for. */
export function keptValue(path: string, text: string): string {
  const folded = FOLDED.has(path) ? text.toLowerCase() : text;
  return cleaned(folded.slice(0, LONGEST_VALUE));
}

/** PostgreSQL has no NUL in texts, and neither engine half a surrogate pair. */
export function cleaned(text: string): string {
  const whole = text.toWellFormed();
  return whole.includes('\0') ? whole.replaceAll('\0', '\u{fffd}') : whole;
}

/** Numbers are kept a second time, under a path of their own, in a form whose order as text is that of the numbers. */
const NUMBERS = '#';

export function numberPath(path: string): string {
  return NUMBERS + path;
}

export function isNumber(text: string): boolean {
  return /^-?\d{1,15}(\.\d{1,15})?$/.test(text);
}

/** The bits of a double, so turned that negative numbers come first (IEEE 754 is ordered by sign and magnitude). */
export function sortableNumber(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  // Zero has two signs.
  view.setFloat64(0, value + 0);
  const bits = view.getBigUint64(0);
  const SIGN = 1n << 63n;
  return BigInt.asUintN(64, bits & SIGN ? ~bits : bits | SIGN)
    .toString(16)
    .padStart(16, '0');
}

/** Words of a name that count. */
const MOST_WORDS = 6;

/** `Grace Brewster Hopper` gives `Brewster Hopper` and `Hopper`. */
function laterWords(name: string | null | undefined): string[] {
  const words = name?.split(/\s+/).filter((word) => word !== '') ?? [];
  return words.slice(1, MOST_WORDS).map((_, index) => words.slice(index + 1).join(' '));
}
