/**
 * The search language of `q` parameters: a useful part of Lucene's query string syntax, as text in, a tree out. It
 * knows no field and no table; each resource says what its fields are.
 *
 *   email:"a@b.c"  name:jo*  logins_count:[1 TO 5]  created_at:{2026-01-01 TO *]  logins_count:>=5  _exists_:nickname
 *   a AND (b OR NOT c)  -d  +e  field:(x OR y)  free words
 */
import { ApiError } from '../http/errors.ts';

export type Bound = { readonly value: string; readonly inclusive: boolean };

export type Query =
  | { readonly op: 'and' | 'or'; readonly items: readonly Query[] }
  | { readonly op: 'not'; readonly item: Query }
  | { readonly op: 'exists'; readonly field: string }
  | { readonly op: 'term'; readonly field: string | undefined; readonly parts: Pattern }
  | { readonly op: 'range'; readonly field: string; readonly from?: Bound; readonly to?: Bound };

/** Text between wildcards: `jo*n` is `['jo', any, 'n']`. A quoted value is one text and has no wildcards. */
export type Pattern = readonly (string | Wildcard)[];
export type Wildcard = { readonly any: 'one' | 'many' };

/** The value of a pattern without wildcards, or undefined for one that has some. */
export function exactValue(pattern: Pattern): string | undefined {
  if (pattern.length === 0) return '';
  return pattern.length === 1 && typeof pattern[0] === 'string' ? pattern[0] : undefined;
}

/** A pattern as SQL's `LIKE` has it, with backslash as the escape character. */
export function likePattern(pattern: Pattern): string {
  return pattern
    .map((part) => (typeof part === 'string' ? part.replace(/[\\%_]/g, '\\$&') : part.any === 'one' ? '_' : '%'))
    .join('');
}

/**
 * Whether a text is as the pattern says. One pass that goes back to the last `*` only: no pattern makes it take longer
 * than the product of the two lengths.
 */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  const wanted = pattern.flatMap<string | symbol>((part) =>
    typeof part === 'string' ? [...part] : [part.any === 'one' ? ONE : MANY],
  );
  const given = [...text];
  let [at, star, resume] = [0, -1, 0];
  let next = 0;
  while (next < given.length) {
    if (wanted[at] === MANY) {
      star = at++;
      resume = next;
    } else if (at < wanted.length && (wanted[at] === ONE || wanted[at] === given[next])) {
      at++;
      next++;
    } else if (star >= 0) {
      at = star + 1;
      next = ++resume;
    } else return false;
  }
  while (wanted[at] === MANY) at++;
  return at === wanted.length;
}

const ONE = Symbol('one');
const MANY = Symbol('many');

/** Bounds of what one query may ask of the database. */
const MOST_CLAUSES = 100;
const DEEPEST = 20;

type Token =
  | { readonly kind: '(' | ')' | 'AND' | 'OR' | 'NOT' | '+' }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'value'; readonly pattern: Pattern }
  | { readonly kind: 'range'; readonly from?: Bound; readonly to?: Bound };

/** What is read of a query, and how far. */
type Cursor = { readonly tokens: readonly Token[]; at: number; clauses: number };

/** @throws ApiError 400 `invalid_query_string` for what cannot be understood. */
export function parseQuery(text: string): Query {
  const cursor: Cursor = { tokens: tokenize(text), at: 0, clauses: 0 };
  const query = sequence(cursor, undefined, 0);
  if (cursor.at < cursor.tokens.length) throw invalid('a parenthesis is not opened');
  return query;
}

function next({ tokens, at }: Cursor): Token | undefined {
  return tokens[at];
}

/** Whether the next token is of this kind; then it is read. */
function accept(cursor: Cursor, kind: Token['kind']): boolean {
  const fits = next(cursor)?.kind === kind;
  if (fits) cursor.at++;
  return fits;
}

function isAtEnd(cursor: Cursor): boolean {
  const token = next(cursor);
  return token === undefined || token.kind === ')';
}

/** Lucene's sequence of clauses: `+` must, `-` must not, and of the rest one is enough unless something must. */
function sequence(cursor: Cursor, field: string | undefined, depth: number): Query {
  if (depth > DEEPEST) throw invalid('it is nested too deep');
  const alternatives: Query[] = [];
  const must: Query[] = [];
  const mustNot: Query[] = [];
  while (!isAtEnd(cursor)) {
    const isRequired = accept(cursor, '+');
    const item = conjunction(cursor, field, depth);
    // `NOT a OR b` is a choice, not something that must not be.
    const isChoice = next(cursor)?.kind === 'OR';
    if (isRequired) must.push(item);
    else if (item.op === 'not' && !isChoice) mustNot.push(item);
    else alternatives.push(item);
    alternatives.push(...others(cursor, field, depth));
  }
  const required = must.length > 0 ? must : alternatives.length > 0 ? [anyOf(alternatives)] : [];
  if (required.length + mustNot.length === 0) throw invalid('it is empty');
  return allOf([...required, ...mustNot]);
}

/** What follows with `OR`, as often as it does. */
function others(cursor: Cursor, field: string | undefined, depth: number): Query[] {
  const items: Query[] = [];
  while (accept(cursor, 'OR')) {
    if (isAtEnd(cursor)) throw invalid('something must follow OR');
    items.push(conjunction(cursor, field, depth));
  }
  return items;
}

function conjunction(cursor: Cursor, field: string | undefined, depth: number): Query {
  const items = [clause(cursor, field, depth)];
  while (accept(cursor, 'AND')) items.push(clause(cursor, field, depth));
  return allOf(items);
}

function clause(cursor: Cursor, field: string | undefined, depth: number): Query {
  if (++cursor.clauses > MOST_CLAUSES) throw invalid(`it has more than ${MOST_CLAUSES} clauses`);
  const token = next(cursor);
  cursor.at++;
  switch (token?.kind) {
    case 'NOT':
      if (depth > DEEPEST) throw invalid('it is nested too deep');
      return { op: 'not', item: clause(cursor, field, depth + 1) };
    case '+':
      return clause(cursor, field, depth + 1);
    case '(': {
      const inner = sequence(cursor, field, depth + 1);
      if (!accept(cursor, ')')) throw invalid('a parenthesis is not closed');
      return inner;
    }
    case 'field':
      return clauseOf(cursor, token.name, depth);
    case 'value':
      return { op: 'term', field, parts: token.pattern };
    case 'range':
      if (field === undefined) throw invalid('a range needs a field');
      return rangeOf(field, token);
    default:
      throw invalid('something is missing');
  }
}

/** The clause after the name of a field. */
function clauseOf(cursor: Cursor, name: string, depth: number): Query {
  const value = next(cursor);
  if (name === '_exists_' || name === '_missing_') {
    const field = value?.kind === 'value' ? exactValue(value.pattern) : undefined;
    if (!field) throw invalid(`${name} needs the name of a field`);
    cursor.at++;
    const exists = { op: 'exists', field } as const;
    return name === '_exists_' ? exists : { op: 'not', item: exists };
  }
  if (value?.kind !== 'value' && value?.kind !== 'range' && value?.kind !== '(') throw invalid('a field has no value');
  return clause(cursor, name, depth);
}

function rangeOf(field: string, { from, to }: { from?: Bound; to?: Bound }): Query {
  return { op: 'range', field, ...(from ? { from } : {}), ...(to ? { to } : {}) };
}

function anyOf(items: Query[]): Query {
  return items.length === 1 ? items[0]! : { op: 'or', items };
}

function allOf(items: Query[]): Query {
  return items.length === 1 ? items[0]! : { op: 'and', items };
}

const QUOTED = /"((?:[^"\\]|\\.)*)"/y;
const FIELD = /((?:[\p{L}\p{N}_.\-@/#$]|\\.)+):/uy;
const RANGE = /([[{])\s*("(?:[^"\\]|\\.)*"|[^\s\]}]+)\s+TO\s+("(?:[^"\\]|\\.)*"|[^\s\]}]+)\s*([\]}])/y;
const COMPARISON = /(>=|<=|>|<)\s*("(?:[^"\\]|\\.)*"|[^\s()]+)/y;
const WORD = /(?:[^\s()"[\]{}\\]|\\.)+/y;
const OPERATORS: Readonly<Record<string, Token['kind']>> = {
  AND: 'AND',
  '&&': 'AND',
  OR: 'OR',
  '||': 'OR',
  NOT: 'NOT',
};

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text) ?? undefined;
    if (found) at = pattern.lastIndex;
    return found;
  };
  while (at < text.length) {
    const character = text[at]!;
    const afterField = tokens.at(-1)?.kind === 'field';
    if (/\s/.test(character)) at++;
    else if (character === '(' || character === ')') {
      tokens.push({ kind: character });
      at++;
    } else if (!afterField && /[-!+]/.test(character)) {
      tokens.push({ kind: character === '+' ? '+' : 'NOT' });
      at++;
    } else tokens.push(readToken(take, afterField) ?? refuse(text, at));
  }
  return tokens;
}

function readToken(take: (pattern: RegExp) => RegExpExecArray | undefined, afterField: boolean): Token | undefined {
  const quoted = take(QUOTED);
  if (quoted) return { kind: 'value', pattern: [unescaped(quoted[1]!)] };
  const field = afterField ? undefined : take(FIELD);
  if (field) return { kind: 'field', name: unescaped(field[1]!) };
  const range = take(RANGE);
  if (range) {
    const from = bound(range[2]!, range[1] === '[');
    const to = bound(range[3]!, range[4] === ']');
    return { kind: 'range', ...(from ? { from } : {}), ...(to ? { to } : {}) };
  }
  const comparison = afterField ? take(COMPARISON) : undefined;
  if (comparison) {
    const limit = bound(comparison[2]!, comparison[1]!.endsWith('='));
    return comparison[1]!.startsWith('>') ? { kind: 'range', from: limit! } : { kind: 'range', to: limit! };
  }
  const word = take(WORD)?.[0];
  if (word === undefined) return undefined;
  const operator = afterField ? undefined : OPERATORS[word];
  return operator ? ({ kind: operator } as Token) : { kind: 'value', pattern: patternOf(word) };
}

function refuse(text: string, at: number): never {
  throw invalid(`character ${at + 1} ('${text[at]!}') is unexpected`);
}

/** One end of a range; `*` leaves it open. */
function bound(text: string, inclusive: boolean): Bound | undefined {
  if (text === '*') return undefined;
  return { value: unescaped(text.startsWith('"') ? text.slice(1, -1) : text), inclusive };
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/gsu, '$1');
}

function patternOf(word: string): Pattern {
  const parts: (string | Wildcard)[] = [];
  for (const [piece] of word.matchAll(/\\.|[*?]|[^\\*?]+/gsu)) {
    const text = piece === '*' || piece === '?' ? undefined : unescaped(piece);
    if (text === undefined) parts.push({ any: piece === '?' ? 'one' : 'many' });
    else if (typeof parts.at(-1) === 'string') parts.push((parts.pop() as string) + text);
    else parts.push(text);
  }
  return parts;
}

/** A `q` that cannot be answered. */
export function invalid(reason: string): ApiError {
  return new ApiError(400, `Query validation error: 'The search query is not valid: ${reason}' on property q.`, CODE);
}

const CODE = 'invalid_query_string';
