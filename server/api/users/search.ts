/**
 * The search of users as SQL: what the fields of a query are, on both engines. Columns are compared as they are, all
 * else inside the JSON document; an array matches when one of its items does. Every value is a bound parameter.
 */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Engine } from '../../storage/statement.ts';
import { type Bound, exactValue, invalid, likePattern, type Pattern, parseQuery, type Query } from '../search.ts';

type Condition = RawBuilder<SqlBool>;
type Kind = 'text' | 'lower' | 'number' | 'instant' | 'flag';

/** What of a user is in a column of its own. `lower` is text that is stored in lower case. */
const COLUMNS: Readonly<Record<string, { column: string; kind: Kind }>> = {
  user_id: { column: 'user_id', kind: 'text' },
  email: { column: 'email', kind: 'lower' },
  'identities.connection': { column: 'connection', kind: 'text' },
  connection: { column: 'connection', kind: 'text' },
  blocked: { column: 'blocked', kind: 'flag' },
  logins_count: { column: 'logins_count', kind: 'number' },
  last_login: { column: 'last_login', kind: 'instant' },
  last_ip: { column: 'last_ip', kind: 'text' },
  created_at: { column: 'created_at', kind: 'instant' },
  updated_at: { column: 'updated_at', kind: 'instant' },
};

/** Where words without a field are looked for. */
const WORD_FIELDS = ['email', 'name', 'nickname', 'username'];

/** The longest name of a field and the deepest path into metadata. */
const LONGEST_FIELD = 200;
const MOST_SEGMENTS = 10;

/**
 * The condition of a `q`.
 * @throws ApiError 400 `invalid_query_string`
 */
export function userCondition(engine: Engine, q: string): Condition {
  return conditionOf(engine, parseQuery(q));
}

function conditionOf(engine: Engine, query: Query): Condition {
  switch (query.op) {
    case 'and':
    case 'or': {
      const items = query.items.map((item) => conditionOf(engine, item));
      return sql`(${sql.join(items, query.op === 'and' ? sql` and ` : sql` or `)})`;
    }
    case 'not':
      // A comparison with nothing is neither true nor false; what it denies is then true.
      return sql`(not coalesce(${conditionOf(engine, query.item)}, false))`;
    case 'exists':
      return existsIn(engine, query.field);
    case 'range':
      return rangeIn(engine, query.field, query.from, query.to);
    default:
      return query.field === undefined ? wordIn(engine, query.parts) : termIn(engine, query.field, query.parts);
  }
}

function wordIn(engine: Engine, parts: Pattern): Condition {
  const around: Pattern = [{ any: 'many' }, ...parts, { any: 'many' }];
  const found = WORD_FIELDS.map((field) => termIn(engine, field, around));
  return sql`(${sql.join(found, sql` or `)})`;
}

function termIn(engine: Engine, field: string, parts: Pattern): Condition {
  if (field === 'email.domain') return termIn(engine, 'email', [{ any: 'many' }, '@', ...parts]);
  const known = COLUMNS[field];
  const value = exactValue(parts);
  if (!known) {
    return anyIn(engine, field, (found) => (value === undefined ? like(found, parts) : equals(found, value)));
  }
  const column = sql.ref(known.column);
  switch (known.kind) {
    case 'flag':
      return sql`${column} = ${flagOf(field, value)}`;
    case 'number':
      return sql`${column} = ${numberOf(field, value)}`;
    case 'instant':
      return sql`${column} between ${startOf(field, value)} and ${endOf(field, value)}`;
    case 'lower':
      return value === undefined ? like(column, parts) : sql`${column} = ${value.toLowerCase()}`;
    default:
      return value === undefined ? like(column, parts) : sql`${column} = ${value}`;
  }
}

function equals(found: RawBuilder<unknown>, value: string): Condition {
  return sql`lower(${found}) = lower(${value})`;
}

function like(found: RawBuilder<unknown>, parts: Pattern): Condition {
  return sql`lower(${found}) like lower(${likePattern(parts)}) escape '\\'`;
}

function existsIn(engine: Engine, field: string): Condition {
  const known = COLUMNS[field];
  if (known) return sql`${sql.ref(known.column)} is not null`;
  return anyIn(engine, field, (found) => sql`${found} is not null`, true);
}

function rangeIn(engine: Engine, field: string, from: Bound | undefined, to: Bound | undefined): Condition {
  const known = COLUMNS[field];
  if (!known) return anyIn(engine, field, (found) => textRange(engine, found, from, to));
  const column = sql.ref(known.column);
  const limit = (bound: Bound, end: boolean): string | number => {
    if (known.kind === 'number') return numberOf(field, bound.value);
    if (known.kind === 'flag') throw invalid(`${field} has no order`);
    if (known.kind !== 'instant') return known.kind === 'lower' ? bound.value.toLowerCase() : bound.value;
    return end ? endOf(field, bound.value) : startOf(field, bound.value);
  };
  // A day is long: after it means after its end, and until it means through its end.
  return ends(
    from && sql`${column} ${from.inclusive ? sql`>=` : sql`>`} ${limit(from, !from.inclusive)}`,
    to && sql`${column} ${to.inclusive ? sql`<=` : sql`<`} ${limit(to, to.inclusive)}`,
  );
}

/** Metadata has no types: bounds that are numbers compare numbers, all others compare text. */
function textRange(
  engine: Engine,
  found: RawBuilder<unknown>,
  from: Bound | undefined,
  to: Bound | undefined,
): Condition {
  const numeric = [from, to].every((bound) => bound === undefined || isNumber(bound.value));
  const side = numeric ? asNumber(engine, found) : found;
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

function asNumber(engine: Engine, found: RawBuilder<unknown>): RawBuilder<unknown> {
  // The text is looked at first: PostgreSQL fails on a cast of anything else.
  return engine === 'sqlite'
    ? sql`case when ${found} glob '[-0-9]*' then cast(${found} as real) end`
    : sql`case when ${found} ~ '^-?[0-9]{1,15}([.][0-9]{1,15})?$' then (${found})::double precision end`;
}

/**
 * True when one of the values at a path of the document is what `test` says. A value that is an array stands for its
 * items; `identities` is an array of objects, and the rest of the path is looked up in each.
 * @param whole also objects count as a value
 */
function anyIn(
  engine: Engine,
  field: string,
  test: (found: RawBuilder<unknown>) => Condition,
  whole = false,
): Condition {
  const segments = field.split('.');
  if (
    field.length > LONGEST_FIELD ||
    segments.length > MOST_SEGMENTS ||
    segments.some((name) => !/^[^"\\]+$/.test(name))
  )
    throw invalid('it names a field that cannot exist');
  const nested = segments[0] === 'identities' && segments.length > 1;
  const path = nested ? segments.slice(1) : segments;
  return (engine === 'sqlite' ? inSqlite : inPostgres)(path, nested, test, whole);
}

function inSqlite(
  path: readonly string[],
  nested: boolean,
  test: (found: RawBuilder<unknown>) => Condition,
  whole: boolean,
): Condition {
  const at = `$${path.map((name) => `."${name}"`).join('')}`;
  const source = sql.ref(nested ? 'i.value' : 'users.doc');
  const outer = nested ? sql`json_each(users.doc, '$.identities') as i, ` : sql``;
  const text = sql`(case e.type when 'true' then 'true' when 'false' then 'false' else cast(e.value as text) end)`;
  const members = whole ? sql`` : sql` and json_type(${source}, ${at}) <> 'object'`;
  return sql`exists (select 1 from ${outer}json_each(${source}, ${at}) as e where ${test(text)}${members})`;
}

function inPostgres(
  path: readonly string[],
  nested: boolean,
  test: (found: RawBuilder<unknown>) => Condition,
  whole: boolean,
): Condition {
  const at = `{${path.map((name) => `"${name}"`).join(',')}}`;
  const outer = nested ? sql`jsonb_array_elements(users.doc::jsonb -> 'identities') as i(value), ` : sql``;
  const json = nested ? sql`i.value` : sql`(users.doc::jsonb)`;
  const found = sql`(${json} #> ${at}::text[])`;
  const items = sql`case jsonb_typeof(${found}) when 'array' then ${found} else jsonb_build_array(${found}) end`;
  const members = whole ? sql`` : sql` and jsonb_typeof(${found}) <> 'object'`;
  return sql`exists (select 1 from ${outer}lateral jsonb_array_elements_text(${items}) as e(value) where ${test(sql`e.value`)}${members})`;
}

function flagOf(field: string, value: string | undefined): number {
  if (value === 'true') return 1;
  if (value === 'false') return 0;
  throw invalid(`${field} is true or false`);
}

function isNumber(text: string): boolean {
  return /^-?\d{1,15}(\.\d{1,15})?$/.test(text);
}

function numberOf(field: string, value: string | undefined): number {
  if (value !== undefined && /^-?\d{1,15}$/.test(value)) return Number(value);
  throw invalid(`${field} is a whole number`);
}

const DAY = 86_400_000;

function startOf(field: string, value: string | undefined): number {
  const instant = value !== undefined && /^\d{4}-\d\d(-\d\d)?/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(instant)) throw invalid(`${field} is a date`);
  return instant;
}

/** The last millisecond that a date means: a day without a time is all of it. */
function endOf(field: string, value: string | undefined): number {
  const start = startOf(field, value);
  return /^\d{4}-\d\d-\d\d$/.test(value!) ? start + DAY - 1 : start;
}

/** What lists may be sorted by: columns, and the texts of the profile. */
export function userOrder(engine: Engine, sort: string | undefined): RawBuilder<unknown> {
  const fallback = sql`created_at, user_id`;
  if (sort === undefined || sort === '') return fallback;
  const [, field, direction] = /^([^:]+):(-?1)$/.exec(sort) ?? [];
  if (field === undefined || !/^[\w.-]{1,200}$/.test(field)) throw badSort();
  const known = COLUMNS[field];
  if (!known && !SORTABLE.test(field)) throw badSort();
  const path = field.split('.');
  const inDocument =
    engine === 'sqlite'
      ? sql`json_extract(doc, ${`$${path.map((name) => `."${name}"`).join('')}`})`
      : sql`(doc::jsonb #>> ${`{${path.map((name) => `"${name}"`).join(',')}}`}::text[])`;
  const way = direction === '-1' ? sql`desc` : sql`asc`;
  return sql`${known ? sql.ref(known.column) : inDocument} ${way} nulls last, user_id ${way}`;
}

const SORTABLE =
  /^(name|nickname|username|given_name|family_name|email_verified|phone_number|(user|app)_metadata\..+)$/;

function badSort(): Error {
  return invalid('sort is field:1 or field:-1 with a field that can be sorted by');
}
