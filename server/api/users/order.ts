/** The orders that lists of users may have: as stretches of an index, and as values of users that are at hand. */
import { sql as text } from 'kysely';
import { invalid } from '../search.ts';
import { compareValues } from './bounds.ts';
import type { Phase } from './candidates.ts';
import { type ColumnName, columnOf, columnValue, type Subject } from './conditions.ts';
import { SINGLE_VALUED } from './terms.ts';

export type Order = {
  readonly descending: boolean;
  /** Whether it is the order in which users were made, which the entries of one term have too. */
  readonly byCreation: boolean;
  /** Stretches of indexes which one after the other have every user in this order; undefined: no index has it. */
  readonly phases: ((tenant: string) => readonly OrderPhase[]) | undefined;
  /** What is compared of users at hand; undefined comes last, whichever way it goes. */
  sortValue(subject: Subject): string | number | undefined;
};

export type OrderPhase = Phase & { readonly keeps?: (subject: Subject) => boolean };

/** What may be sorted by besides columns. Metadata has no types: texts are compared. */
const SORTABLE = /^(user|app)_metadata\..+$/;

/** @throws ApiError 400 for what cannot be sorted by */
export function orderOf(sort: string | undefined): Order {
  const [, field, direction] = /^([^:]+):(-?1)$/.exec(sort || 'created_at:1') ?? [];
  if (field === undefined || !/^[\w.-]{1,200}$/.test(field)) throw badSort();
  const descending = direction === '-1';
  const column = columnOf(field);
  if (column) {
    const sortValue = ({ user }: Subject) => columnValue(user, column);
    return { descending, byCreation: column === 'created_at', phases: COLUMNS[column], sortValue };
  }
  if (!SINGLE_VALUED.has(field) && !SORTABLE.test(field)) throw badSort();
  const sortValue = (subject: Subject) => subject.terms(field).find(({ path }) => path === field)?.value;
  const phases = (tenant: string) => phasesOfTerm(tenant, field);
  return { descending, byCreation: false, phases: SINGLE_VALUED.has(field) ? phases : undefined, sortValue };
}

/** Sorts users at hand: by the order's value, then as they were made. */
export function inOrder<Item extends { created_at: number; user_id: string; value: string | number | undefined }>(
  items: Item[],
  { descending }: Order,
): Item[] {
  const way = descending ? -1 : 1;
  return items.sort((a, b) => {
    if (a.value === undefined || b.value === undefined) {
      if (a.value !== b.value) return a.value === undefined ? 1 : -1;
    } else {
      const difference = compareValues(a.value, b.value);
      if (difference !== 0) return way * difference;
    }
    return way * (a.created_at - b.created_at || compareValues(a.user_id, b.user_id));
  });
}

/** In the order in which users were made, or of another column with an index. */
const COLUMNS: Readonly<Record<ColumnName, ((tenant: string) => readonly Phase[]) | undefined>> = {
  created_at: (tenant) => [{ table: 'users', where: text`tenant = ${tenant}`, keys: ['created_at', 'user_id'] }],
  user_id: (tenant) => [{ table: 'users', where: text`tenant = ${tenant}`, keys: ['user_id'] }],
  updated_at: (tenant) => [{ table: 'users', where: text`tenant = ${tenant}`, keys: ['updated_at', 'user_id'] }],
  logins_count: (tenant) => [{ table: 'users', where: text`tenant = ${tenant}`, keys: ['logins_count', 'user_id'] }],
  last_login: (tenant) => [
    { table: 'users', where: text`tenant = ${tenant} and last_login is not null`, keys: ['last_login', 'user_id'] },
    { table: 'users', where: text`tenant = ${tenant} and last_login is null`, keys: ['user_id'] },
  ],
  connection: undefined,
  last_ip: undefined,
};

function phasesOfTerm(tenant: string, path: string): readonly OrderPhase[] {
  const where = text<boolean>`tenant = ${tenant} and path = ${path}`;
  return [
    { table: 'user_terms', where, keys: ['value', 'created_at', 'user_id'] },
    {
      table: 'users',
      where: text`tenant = ${tenant}`,
      keys: ['created_at', 'user_id'],
      keeps: (subject) => !subject.terms(path).some((term) => term.path === path),
    },
  ];
}

function badSort(): Error {
  return invalid('sort is field:1 or field:-1 with a field that can be sorted by');
}
