/** What of users can be searched and sorted by. */
import { type RawBuilder, sql } from 'kysely';
import type { Engine } from '../../storage/statement.ts';
import { invalid } from '../search.ts';
import type { Searchable } from '../search-sql.ts';

export const searchableUsers: Searchable = {
  table: 'users',
  columns: {
    user_id: { column: 'user_id', kind: 'text' },
    email: { column: 'email', kind: 'lower' },
    'email.domain': { column: 'email', kind: 'domain' },
    'identities.connection': { column: 'connection', kind: 'text' },
    connection: { column: 'connection', kind: 'text' },
    blocked: { column: 'blocked', kind: 'flag' },
    logins_count: { column: 'logins_count', kind: 'number' },
    last_login: { column: 'last_login', kind: 'instant' },
    last_ip: { column: 'last_ip', kind: 'text' },
    created_at: { column: 'created_at', kind: 'instant' },
    updated_at: { column: 'updated_at', kind: 'instant' },
  },
  words: ['email', 'name', 'nickname', 'username'],
};

/** What lists may be sorted by: columns, and the texts of the profile. */
export function userOrder(engine: Engine, sort: string | undefined): RawBuilder<unknown> {
  const fallback = sql`created_at, user_id`;
  if (sort === undefined || sort === '') return fallback;
  const [, field, direction] = /^([^:]+):(-?1)$/.exec(sort) ?? [];
  if (field === undefined || !/^[\w.-]{1,200}$/.test(field)) throw badSort();
  const known = searchableUsers.columns[field];
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
