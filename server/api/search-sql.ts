/**
 * Searches as SQL, on both engines: a query of the search language over a table whose rows have columns and a JSON
 * document. Columns are compared as they are, all else inside the document; an array matches when one of its items
 * does. Every value is a bound parameter.
 */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Engine } from '../storage/statement.ts';
import { type Bound, exactValue, invalid, likePattern, type Pattern, type Query } from './search.ts';
import { endOf, startOf } from './search-dates.ts';

export type Condition = RawBuilder<SqlBool>;

type Kind = 'text' | 'instant';

/** What can be searched. */
export type Searchable = {
  /** What the rows are called in the statement. */
  readonly rows: string;
  /** Fields that are columns; every other one is looked up in the document. */
  readonly columns: Readonly<Record<string, { column: string; kind: Kind }>>;
  /** Fields in which words without a field are looked for. */
  readonly words: readonly string[];
};

export type Place = Searchable & { readonly engine: Engine };

/** The longest name of a field and the deepest path into metadata. */
const LONGEST_FIELD = 200;
const MOST_SEGMENTS = 10;

/**
 * A query as a condition on the rows of its table.
 * @throws ApiError 400 `invalid_query_string`
 */
export function conditionOf(on: Place, query: Query): Condition {
  switch (query.op) {
    case 'and':
    case 'or': {
      const items = query.items.map((item) => conditionOf(on, item));
      return sql`(${sql.join(items, query.op === 'and' ? sql` and ` : sql` or `)})`;
    }
    case 'not':
      // A comparison with nothing is neither true nor false; what it denies is then true.
      return sql`(not coalesce(${conditionOf(on, query.item)}, false))`;
    case 'exists':
      return existsIn(on, query.field);
    case 'range':
      return rangeIn(on, query.field, query.from, query.to);
    default:
      return query.field === undefined ? wordIn(on, query.parts) : termIn(on, query.field, query.parts);
  }
}

function wordIn(on: Place, parts: Pattern): Condition {
  const around: Pattern = [{ any: 'many' }, ...parts, { any: 'many' }];
  const found = on.words.map((field) => termIn(on, field, around));
  return sql`(${sql.join(found, sql` or `)})`;
}

function termIn(on: Place, field: string, parts: Pattern): Condition {
  const known = on.columns[field];
  const value = exactValue(parts);
  if (!known) {
    return anyIn(on, field, (found) => (value === undefined ? like(found, parts) : equals(found, value)));
  }
  const column = sql.ref(known.column);
  if (known.kind === 'instant') return sql`${column} between ${startOf(field, value)} and ${endOf(field, value)}`;
  return value === undefined ? like(column, parts) : sql`${column} = ${value}`;
}

function equals(found: RawBuilder<unknown>, value: string): Condition {
  return sql`lower(${found}) = lower(${value})`;
}

function like(found: RawBuilder<unknown>, parts: Pattern): Condition {
  return sql`lower(${found}) like lower(${likePattern(parts)}) escape '\\'`;
}

function existsIn(on: Place, field: string): Condition {
  const known = on.columns[field];
  if (known) return sql`${sql.ref(known.column)} is not null`;
  return anyIn(on, field, (found) => sql`${found} is not null`, true);
}

function rangeIn(on: Place, field: string, from: Bound | undefined, to: Bound | undefined): Condition {
  const known = on.columns[field];
  if (!known) return anyIn(on, field, (found) => textRange(on, found, from, to));
  const column = sql.ref(known.column);
  const limit = (bound: Bound, end: boolean): string | number => {
    if (known.kind === 'text') return bound.value;
    return end ? endOf(field, bound.value) : startOf(field, bound.value);
  };
  // A day is long: after it means after its end, and until it means through its end.
  return ends(
    from && sql`${column} ${from.inclusive ? sql`>=` : sql`>`} ${limit(from, !from.inclusive)}`,
    to && sql`${column} ${to.inclusive ? sql`<=` : sql`<`} ${limit(to, to.inclusive)}`,
  );
}

/** Metadata has no types: bounds that are numbers compare numbers, all others compare text. */
function textRange(on: Place, found: RawBuilder<unknown>, from: Bound | undefined, to: Bound | undefined): Condition {
  const numeric = [from, to].every((bound) => bound === undefined || isNumber(bound.value));
  const side = numeric ? asNumber(on, found) : found;
  const limit = (bound: Bound) => (numeric ? Number(bound.value) : bound.value);
  return ends(
    from && sql`${side} ${from.inclusive ? sql`>=` : sql`>`} ${limit(from)}`,
    to && sql`${side} ${to.inclusive ? sql`<=` : sql`<`} ${limit(to)}`,
  );
}

function ends(from: Condition | undefined, to: Condition | undefined): Condition {
  const both = [from, to].filter((end) => end !== undefined);
  return both.length === 0 ? sql`true` : sql`(${sql.join(both, sql` and `)})`;
}

function asNumber(on: Place, found: RawBuilder<unknown>): RawBuilder<unknown> {
  // The text is looked at first: PostgreSQL fails on a cast of anything else.
  return on.engine === 'sqlite'
    ? sql`case when ${found} glob '[-0-9]*' then cast(${found} as real) end`
    : sql`case when ${found} ~ '^-?[0-9]{1,15}([.][0-9]{1,15})?$' then (${found})::double precision end`;
}

/**
 * True when one of the values at a path of the document is what `test` says. A value that is an array stands for its
 * items.
 * @param whole also objects count as a value
 */
function anyIn(on: Place, field: string, test: (found: RawBuilder<unknown>) => Condition, whole = false): Condition {
  const segments = field.split('.');
  if (
    field.length > LONGEST_FIELD ||
    segments.length > MOST_SEGMENTS ||
    segments.some((name) => !/^[^"\\]+$/.test(name))
  )
    throw invalid('it names a field that cannot exist');
  return (on.engine === 'sqlite' ? inSqlite : inPostgres)(on, segments, test, whole);
}

function inSqlite(
  on: Place,
  path: readonly string[],
  test: (found: RawBuilder<unknown>) => Condition,
  whole: boolean,
): Condition {
  const at = `$${path.map((name) => `."${name}"`).join('')}`;
  const source = document(on);
  const text = sql`(case e.type when 'true' then 'true' when 'false' then 'false' else cast(e.value as text) end)`;
  const members = whole ? sql`` : sql` and json_type(${source}, ${at}) <> 'object'`;
  return sql`exists (select 1 from json_each(${source}, ${at}) as e where ${test(text)}${members})`;
}

function inPostgres(
  on: Place,
  path: readonly string[],
  test: (found: RawBuilder<unknown>) => Condition,
  whole: boolean,
): Condition {
  const at = `{${path.map((name) => `"${name}"`).join(',')}}`;
  const found = sql`(${document(on)}::jsonb #> ${at}::text[])`;
  const items = sql`case jsonb_typeof(${found}) when 'array' then ${found} else jsonb_build_array(${found}) end`;
  const members = whole ? sql`` : sql` and jsonb_typeof(${found}) <> 'object'`;
  return sql`exists (select 1 from jsonb_array_elements_text(${items}) as e(value) where ${test(sql`e.value`)}${members})`;
}

function isNumber(text: string): boolean {
  return /^-?\d{1,15}(\.\d{1,15})?$/.test(text);
}

function document(on: Place): RawBuilder<unknown> {
  return sql.ref(`${on.rows}.doc`);
}
