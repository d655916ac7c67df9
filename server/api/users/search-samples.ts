/** Varied users and queries over them for tests of the search, with what each query means said a second time. */
import type { StoredUser } from './store.ts';

export type Random = () => number;

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const GIVEN = ['Ada', 'Grace', 'Édith', 'Margaret', 'ada', 'Zoë', 'İpek', 'Anne-Marie', '王', '𝒜da'];
const FAMILY = ['Lovelace', 'Hopper', 'Östlund', 'Hamilton', 'van der Berg', 'O_Neil', '100%', 'Lov*e'];
const PLANS = ['gold', 'Gold', 'free', 'silver', 'go', ''];
const ROLES = ['editor', 'admin', 'Editor', 'ed'];

function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[Math.floor(random() * items.length)]!;
}

function sometimes<Value>(random: Random, share: number, value: () => Value): Value | undefined {
  return random() < share ? value() : undefined;
}

export function sampleUser(random: Random, n: number): StoredUser {
  const connection = pick(random, ['people', 'people', 'staff']);
  const given = pick(random, GIVEN);
  const family = pick(random, FAMILY);
  const email = sometimes(random, 0.8, () => `person${n}@${pick(random, ['a.example', 'b.example', 'sub.a.example'])}`);
  const user = {
    user_id: `auth0|u${n}`,
    connection,
    email,
    email_verified: email && random() < 0.5,
    username: sometimes(random, 0.3, () => `User${n}`),
    phone_number: sometimes(random, 0.3, () => `+1555${String(n).padStart(7, '0')}`),
    name: sometimes(random, 0.9, () => `${given} ${family}`),
    given_name: sometimes(random, 0.5, () => given),
    family_name: sometimes(random, 0.5, () => family),
    nickname: given,
    blocked: sometimes(random, 0.1, () => true),
    user_metadata: sometimes(random, 0.8, () => ({
      plan: pick(random, PLANS),
      age: sometimes(random, 0.8, () => Math.floor(random() * 60) - 10),
      score: pick(random, [0.5, -0, 1e-7, 12345.678, '12', 'none', null]),
      since: sometimes(
        random,
        0.5,
        () => `2026-0${1 + Math.floor(random() * 3)}-1${Math.floor(random() * 9)}T10:00:00.000Z`,
      ),
    })),
    app_metadata: sometimes(random, 0.8, () => ({
      roles: Array.from({ length: Math.floor(random() * 3) }, () => pick(random, ROLES)),
      address: { city: pick(random, ['Paris', 'paris', 'Oslo']), lines: [{ street: pick(random, ['One', 'Two']) }] },
      trial: random() < 0.5,
      'odd key:\u0000': pick(random, ['a\u0000b', '\ud800', 'x'.repeat(300)]),
    })),
    identities: [{ connection, user_id: `u${n}`, provider: 'auth0', isSocial: false }],
    created_at: '',
    updated_at: '',
  };
  return JSON.parse(JSON.stringify(user)) as StoredUser;
}

type Sample = { readonly q: string; readonly matches: (user: StoredUser) => boolean };

const FOLDED = ['email', 'name', 'nickname', 'given_name', 'family_name', 'username'];
const TEXTS = [
  ...FOLDED,
  'user_metadata.plan',
  'user_metadata.since',
  'app_metadata.roles',
  'app_metadata.address.city',
];
const FIELDS = [
  ...TEXTS,
  'user_metadata.score',
  'app_metadata.address.lines.street',
  'app_metadata.trial',
  'phone_number',
  'email_verified',
  'identities.connection',
  'user_id',
];

/** Every scalar at a path; items of arrays each. */
function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object') return path.length === 0 ? [value] : [];
  const [name, ...rest] = path;
  return name === undefined ? [] : valuesAt((value as Record<string, unknown>)[name], rest);
}

function textsAt(user: StoredUser, field: string): string[] {
  const fold = (text: string) => (FOLDED.includes(field) ? text.toLowerCase() : text);
  return valuesAt(user, field.split('.')).map((value) => fold(String(value)));
}

function escaped(text: string): string {
  return text.replace(/["\\]/g, '\\$&');
}

/** A word without quotes: everything that could mean something is escaped. */
function word(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '\\$&');
}

function givenText(random: Random, users: readonly StoredUser[], field: string): string {
  for (;;) {
    const [text] = textsAt(pick(random, users), field);
    if (text !== undefined) return text;
  }
}

const SIMPLE: readonly ((random: Random, users: readonly StoredUser[]) => Sample)[] = [
  function exact(random, users) {
    const field = pick(random, FIELDS);
    const text = givenText(random, users, field);
    return { q: `${field}:"${escaped(text)}"`, matches: (user) => textsAt(user, field).includes(text) };
  },
  function prefix(random, users) {
    const field = pick(random, [...TEXTS, 'user_id', 'phone_number']);
    const start = [...givenText(random, users, field)].slice(0, 1 + Math.floor(random() * 8)).join('') || 'g';
    return {
      q: `${field}:${word(start)}*`,
      matches: (user) => textsAt(user, field).some((text) => text.startsWith(start)),
    };
  },
  function middle(random, users) {
    const field = pick(random, TEXTS);
    const text = [...givenText(random, users, field)];
    const [first, last] = [text.slice(0, 1).join(''), text.slice(-1).join('')];
    const form = pick(random, ['ends', 'has', 'both', 'one'] as const);
    const rest = text.slice(1).join('');
    const test = {
      ends: { q: `*${word(last)}`, is: (value: string) => value.endsWith(last) },
      has: { q: `*${word(last)}*`, is: (value: string) => value.includes(last) },
      both: {
        q: `${word(first)}*${word(last)}`,
        is: (value: string) =>
          [...value].length >= [...first, ...last].length && value.startsWith(first) && value.endsWith(last),
      },
      one: { q: `?${word(rest)}`, is: (value: string) => value !== '' && [...value].slice(1).join('') === rest },
    }[form];
    return { q: `${field}:${test.q}`, matches: (user) => textsAt(user, field).some(test.is) };
  },
  function numbers(random) {
    const field = pick(random, ['user_metadata.age', 'user_metadata.score', 'logins_count']);
    const low = Math.floor(random() * 40) - 10;
    const high = low + Math.floor(random() * 20);
    const within = (value: unknown) =>
      /^-?\d+(\.\d+)?$/.test(String(value)) && Number(value) >= low && Number(value) < high;
    const values = (user: StoredUser) =>
      field === 'logins_count' ? [user.logins_count ?? 0] : valuesAt(user, field.split('.'));
    return { q: `${field}:[${low} TO ${high}}`, matches: (user) => values(user).some(within) };
  },
  function days(random) {
    const [from, to] = ['2026-01-13', pick(random, ['2026-02-11', '2026-03-02'])];
    const field = pick(random, ['user_metadata.since', 'last_login', 'created_at']);
    const within = (text: string) => text.slice(0, 10) >= from && text.slice(0, 10) <= to!;
    return { q: `${field}:[${from} TO ${to}]`, matches: (user) => textsAt(user, field).some(within) };
  },
  function texts(random, users) {
    const field = pick(random, ['name', 'user_metadata.plan', 'app_metadata.roles']);
    const from = givenText(random, users, field);
    if (from === '') return { q: `${field}:*`, matches: (user) => textsAt(user, field).length > 0 };
    const after = (text: string) => Buffer.compare(Buffer.from(text), Buffer.from(from)) > 0;
    return { q: `${field}:{"${escaped(from)}" TO *]`, matches: (user) => textsAt(user, field).some(after) };
  },
  function existing(random) {
    const field = pick(random, [...FIELDS, 'user_metadata.age', 'last_login', 'app_metadata.address.lines']);
    const leaf = field === 'app_metadata.address.lines' ? `${field}.street` : field;
    return { q: `_exists_:${field}`, matches: (user) => textsAt(user, leaf).length > 0 };
  },
  function blocked(random) {
    const yes = random() < 0.5;
    return { q: `blocked:${yes}`, matches: (user) => (user.blocked ?? false) === yes };
  },
  function words(random) {
    const start = pick(random, ['grace', 'HOP', 'der b', 'person1', 'User2', 'é']);
    const is = (text: string) => text === start.toLowerCase() || text.startsWith(start.toLowerCase());
    const laterWords = (text: string) => text.split(/\s+/).map((_, n, all) => all.slice(n).join(' '));
    return {
      q: `"${start}"`,
      matches: (user) =>
        FOLDED.some((field) =>
          textsAt(user, field)
            .flatMap(field === 'name' || field === 'nickname' ? laterWords : (text) => [text])
            .some(is),
        ),
    };
  },
];

/** A query of a few conditions, and the users it means. */
export function generateQuery(random: Random, users: readonly StoredUser[], depth = 0): Sample {
  if (depth >= 2 || random() < 0.4) return pick(random, SIMPLE)(random, users);
  const [a, b] = [generateQuery(random, users, depth + 1), generateQuery(random, users, depth + 1)];
  return pick(random, [
    { q: `(${a.q} AND ${b.q})`, matches: (user: StoredUser) => a.matches(user) && b.matches(user) },
    { q: `(${a.q} OR ${b.q})`, matches: (user: StoredUser) => a.matches(user) || b.matches(user) },
    { q: `(${a.q} AND NOT ${b.q})`, matches: (user: StoredUser) => a.matches(user) && !b.matches(user) },
    { q: `(NOT ${a.q})`, matches: (user: StoredUser) => !a.matches(user) },
  ]);
}
