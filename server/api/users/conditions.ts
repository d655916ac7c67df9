/**
 * A `q` over users as conditions: where an index has what a condition asks for, and whether a given user meets it. Which
 * way a search then goes is decided in `search.ts`.
 *
 * Fields that change with every login are columns; everything else is a range of terms (`terms.ts`).
 */
import { type Bound, exactValue, invalid, matchesPattern, type Pattern, type Query } from '../search.ts';
import { endOf, startOf } from '../search-dates.ts';
import { after, type Bounds, isExact, isWithin, type Limit, limit, only, prefixed } from './bounds.ts';
import type { StoredUser } from './store.ts';
import {
  cleaned,
  DEEPEST_PATH,
  isNumber,
  keptValue,
  LONGEST_PATH,
  NAME_WORDS,
  numberPath,
  rootOf,
  SINGLE_VALUED,
  sortableNumber,
  type Term,
  termsBelow,
} from './terms.ts';

type TermRange = Bounds & {
  readonly in: 'terms';
  /** The path, or with `below` every path that continues it. */
  readonly path: string;
  readonly below?: true;
  /** Whether it has each user once. */
  readonly unique: boolean;
};
export type ColumnName =
  | 'user_id'
  | 'created_at'
  | 'updated_at'
  | 'last_login'
  | 'logins_count'
  | 'connection'
  | 'last_ip';
type ColumnRange = Bounds & { readonly in: 'column'; readonly column: ColumnName; readonly unique: true };
export type Range = TermRange | ColumnRange;

export type Leaf = {
  readonly op: 'leaf';
  /** Every user that meets the condition is in one of these; none: no index has them. */
  readonly ranges: readonly Range[];
  /** Whether nobody else is in them. */
  readonly complete: boolean;
  meets(subject: Subject): boolean;
};
export type Condition =
  | Leaf
  | { readonly op: 'and' | 'or'; readonly items: readonly Condition[] }
  | { readonly op: 'not'; readonly item: Condition };

/** A user as conditions look at it. */
export type Subject = { readonly user: StoredUser; terms(path: string): readonly Term[] };

/** A user whose terms are made when first asked for, each root once. */
export function subjectOf(user: StoredUser): Subject {
  const known = new Map<string, readonly Term[]>();
  return {
    user,
    terms(path) {
      const root = rootOf(path);
      let terms = known.get(root);
      if (!terms) {
        terms = termsBelow(user, root);
        known.set(root, terms);
      }
      return terms;
    },
  };
}

/** Whether a user is one of those that are searched for. */
export function meets(condition: Condition, subject: Subject): boolean {
  switch (condition.op) {
    case 'and':
      return condition.items.every((item) => meets(item, subject));
    case 'or':
      return condition.items.some((item) => meets(item, subject));
    case 'not':
      return !meets(condition.item, subject);
    default:
      return condition.meets(subject);
  }
}

/** @throws ApiError 400 `invalid_query_string` */
export function conditionOf(query: Query): Condition {
  switch (query.op) {
    case 'and':
    case 'or':
      return { op: query.op, items: query.items.map(conditionOf) };
    case 'not':
      return { op: 'not', item: conditionOf(query.item) };
    case 'exists':
      return existing(query.field);
    case 'range':
      return between(query.field, query.from, query.to);
    default:
      return query.field === undefined ? beginning(query.parts) : matching(query.field, query.parts);
  }
}

/** Where words without a field are looked for: at the beginning of each of these. */
const WORDS = ['email', 'name', NAME_WORDS, 'nickname', 'username', 'given_name', 'family_name'];

function beginning(parts: Pattern): Condition {
  const open: Pattern = [...parts, { any: 'many' }];
  return { op: 'or', items: WORDS.map((field) => matching(field, open)) };
}

type Kind = 'text' | 'number' | 'instant';
const COLUMNS: Readonly<Record<ColumnName, { kind: Kind; indexed: boolean }>> = {
  user_id: { kind: 'text', indexed: true },
  connection: { kind: 'text', indexed: true },
  created_at: { kind: 'instant', indexed: true },
  updated_at: { kind: 'instant', indexed: true },
  last_login: { kind: 'instant', indexed: true },
  logins_count: { kind: 'number', indexed: true },
  last_ip: { kind: 'text', indexed: false },
};

/** The column that a field is; undefined for one that is looked up by its terms. */
export function columnOf(field: string): ColumnName | undefined {
  return Object.hasOwn(COLUMNS, field) ? (field as ColumnName) : undefined;
}

/** The value of a column, as the column has it. */
export function columnValue(user: StoredUser, column: ColumnName): string | number | undefined {
  const value = user[column];
  if (column === 'logins_count') return Number(value ?? 0);
  return COLUMNS[column].kind === 'instant' && value !== undefined ? Date.parse(String(value)) : (value as string);
}

function matching(field: string, parts: Pattern): Condition {
  const column = columnOf(field);
  const value = exactValue(parts);
  if (field === 'blocked') return blocked(value);
  if (column === undefined)
    return value === undefined ? patternOf(field, parts) : termsIn(field, only(keptValue(field, value)));
  if (COLUMNS[column].kind === 'instant') {
    return columnIn(column, { low: limit(startOf(column, value)), high: limit(endOf(column, value)) });
  }
  if (COLUMNS[column].kind === 'number') return columnIn(column, only(wholeNumber(column, value)));
  return value === undefined ? columnLike(column, parts) : columnIn(column, only(cleaned(value)));
}

function blocked(value: string | undefined): Condition {
  if (value !== 'true' && value !== 'false') throw invalid('blocked is true or false');
  const yes = termsIn('blocked', only('true'));
  return value === 'true' ? yes : { op: 'not', item: yes };
}

function existing(field: string): Condition {
  const column = columnOf(field);
  if (field === 'blocked') return { op: 'leaf', ranges: [], complete: false, meets: () => true };
  if (column) return columnIn(column, {});
  const path = checkedPath(field);
  return {
    op: 'leaf',
    ranges: [
      { in: 'terms', path, unique: SINGLE_VALUED.has(path) },
      { in: 'terms', path, below: true, unique: false },
    ],
    complete: true,
    meets: (subject) => subject.terms(path).some((term) => term.path === path || term.path.startsWith(`${path}.`)),
  };
}

function between(field: string, from: Bound | undefined, to: Bound | undefined): Condition {
  if (field === 'blocked') throw invalid('blocked has no order');
  const column = columnOf(field);
  if (!column) return termsBetween(field, from, to);
  // A day is long: after it means after its end, and until it means through its end.
  const value = ({ value }: Bound, end: boolean): string | number => {
    const { kind } = COLUMNS[column];
    if (kind === 'instant') return end ? endOf(column, value) : startOf(column, value);
    return kind === 'number' ? wholeNumber(column, value) : cleaned(value);
  };
  return columnIn(column, {
    low: from && { value: value(from, !from.inclusive), inclusive: from.inclusive },
    high: to && { value: value(to, to.inclusive), inclusive: to.inclusive },
  });
}

/** Limits that are numbers compare numbers; all others compare text, a day through its end. */
function termsBetween(field: string, from: Bound | undefined, to: Bound | undefined): Condition {
  const given = [from, to].filter((bound) => bound !== undefined);
  if (given.length > 0 && given.every(({ value }) => isNumber(value))) {
    const number = (bound: Bound | undefined) =>
      bound && { value: sortableNumber(Number(bound.value)), inclusive: bound.inclusive };
    return termsIn(numberPath(checkedPath(field)), { low: number(from), high: number(to) });
  }
  const text = (bound: Bound | undefined, whole: boolean): Limit | undefined => {
    if (!bound) return undefined;
    const value = keptValue(field, bound.value);
    return whole && /^\d{4}-\d\d-\d\d$/.test(value) ? after(value, !bound.inclusive) : { ...bound, value };
  };
  return termsIn(field, { low: text(from, !from?.inclusive), high: text(to, to?.inclusive ?? false) });
}

function patternOf(field: string, parts: Pattern): Condition {
  const path = checkedPath(field);
  const [head, tail] = parts;
  const prefix = typeof head === 'string' ? keptValue(path, head) : '';
  const begins = prefix === '' ? {} : { low: limit(prefix), high: after(prefix, false) };
  // The rest of the pattern is for whoever looks at the value.
  const simple = typeof head === 'string' ? parts.length === 2 && isMany(tail) : parts.length === 1 && isMany(head);
  const wanted = parts.map((part) => (typeof part === 'string' ? keptValue(path, part) : part));
  return termsIn(path, begins, simple ? undefined : (value) => matchesPattern(wanted, value));
}

/** An id is its provider and the id there, which are terms both: they lead to where the id begins as it is asked for. */
function columnLike(column: ColumnName, parts: Pattern): Condition {
  const meets = ({ user }: Subject) => matchesPattern(parts, String(columnValue(user, column) ?? ''));
  const [head] = parts;
  if (typeof head !== 'string') return { op: 'leaf', ranges: [], complete: false, meets };
  if (column === 'connection') return { ...termsIn('identities.connection', prefixed(head)), complete: false, meets };
  if (column !== 'user_id') return { op: 'leaf', ranges: [], complete: false, meets };
  const bar = head.indexOf('|');
  const [path, start] = bar < 0 ? ['identities.provider', head] : ['identities.user_id', head.slice(bar + 1)];
  const around =
    bar >= 0 && start === ''
      ? termsIn('identities.provider', only(head.slice(0, bar)))
      : termsIn(path, prefixed(start));
  return { ...around, complete: false, meets };
}

function columnIn(column: ColumnName, bounds: Bounds): Leaf {
  const { indexed, kind } = COLUMNS[column];
  // PostgreSQL keeps these texts in the order of a language: only the very value is a place in its index.
  const found = indexed && (kind !== 'text' || isExact(bounds));
  return {
    op: 'leaf',
    ranges: found ? [{ in: 'column', column, unique: true, ...bounds }] : [],
    complete: found,
    meets({ user }) {
      const value = columnValue(user, column);
      return value !== undefined && isWithin(value, bounds);
    },
  };
}

function termsIn(field: string, bounds: Bounds, accepts?: (value: string) => boolean): Leaf {
  const path = checkedPath(field);
  const unique = SINGLE_VALUED.has(path) || isExact(bounds);
  return {
    op: 'leaf',
    ranges: [{ in: 'terms', path, unique, ...bounds }],
    complete: accepts === undefined,
    meets: (subject) =>
      subject
        .terms(path)
        .some((term) => term.path === path && isWithin(term.value, bounds) && (accepts?.(term.value) ?? true)),
  };
}

function checkedPath(field: string): string {
  const tooDeep = field.split('.').length > DEEPEST_PATH + 1;
  if (tooDeep || Buffer.byteLength(field) > LONGEST_PATH + 1) throw invalid('it names a field that cannot exist');
  return cleaned(field);
}

function isMany(part: Pattern[number] | undefined): boolean {
  return typeof part === 'object' && part.any === 'many';
}

function wholeNumber(field: string, value: string | undefined): number {
  if (value !== undefined && /^-?\d{1,15}$/.test(value)) return Number(value);
  throw invalid(`${field} is a whole number`);
}
