/**
 * What lists of the Management API have in common: `page/per_page/include_totals`, checkpoint paging by `from/take`,
 * and `fields/include_fields`.
 */
import type { SelectQueryBuilder } from 'kysely';
import { type TSchema, Type } from 'typebox';
import { isPlainObject, type Resource } from '../schema/resource.ts';
import { choice, opt } from '../schema/types.ts';
import type { Sql } from '../storage/database.ts';
import type { Collection } from '../storage/documents.ts';

const flag = opt(Type.Boolean());

/** Query parameters by the kind of paging an operation offers. */
export const pageQuery = {
  page: opt(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  per_page: opt(Type.Integer({ minimum: 0, maximum: 100 })),
  include_totals: flag,
};
export const checkpointQuery = {
  from: opt(Type.String({ maxLength: 512 })),
  take: opt(Type.Integer({ minimum: 1, maximum: 100 })),
};
export const fieldsQuery = { fields: opt(Type.String({ maxLength: 2000 })), include_fields: flag };

/** What a list answers: bare items, or an object with the totals of a page or the next checkpoint. */
export function listOf(plural: string, item: TSchema) {
  const count = opt(Type.Integer());
  const envelope = { start: count, limit: count, length: count, total: count, next: opt(Type.String()) };
  return Type.Union([Type.Array(item), Type.Object({ [plural]: Type.Array(item), ...envelope })]);
}

/** What else answers hold, by name: given once or several times. */
export function hydrateQuery<const Names extends readonly string[]>(names: Names) {
  return opt(Type.Union([Type.Array(choice(names)), choice(names)]));
}

export function isHydrated({ hydrate }: { hydrate?: string | readonly string[] | undefined }, name: string): boolean {
  return hydrate !== undefined && [hydrate].flat().includes(name);
}

export type ListQuery = {
  page?: number;
  per_page?: number;
  include_totals?: boolean;
  from?: string;
  take?: number;
  fields?: string;
  include_fields?: boolean;
};

const DEFAULT_PER_PAGE = 50;
/** The same of pages by checkpoints. */
export const DEFAULT_TAKE = 50;

/** Offset and limit of a page. `per_page=0` means the default, as the vendor has it. */
export function pageOf(query: ListQuery): { offset: number; limit: number } {
  const limit = query.per_page || DEFAULT_PER_PAGE;
  return { offset: (query.page ?? 0) * limit, limit };
}

/** The envelope of a page: bare items, or with `start`, `limit`, `length`, `total` when totals are asked for. */
export function pageAnswer(query: ListQuery, plural: string, items: readonly unknown[], total: number): unknown {
  if (!query.include_totals) return items;
  const { offset, limit } = pageOf(query);
  return { total, start: offset, limit, length: items.length, [plural]: items };
}

/** Totals of lists of users are counted up to here: who pages does not get as far, and counting holds others up. */
export const MOST_COUNTED = 10_000;

/** How many rows a query has, counted up to `MOST_COUNTED`. It should select no more than an index has. */
export async function countUpTo<DB, Table extends keyof DB, Row>(
  sql: Sql,
  rows: SelectQueryBuilder<DB, Table, Row>,
): Promise<number> {
  // Whatever it selects from is a table to select from.
  const some = rows.limit(MOST_COUNTED).as('some') as never;
  const [count] = await sql.query<{ total: number }>(
    sql.build.selectFrom(some).select((e) => e.fn.countAll<number>().as('total')),
  );
  return Number(count?.total ?? 0);
}

/**
 * Lists a collection as the query asks. Checkpoint paging wins when `take` is given; otherwise pages.
 * @param filter keeps what it answers true for; the whole collection is read only when there is one
 */
export async function listCollection<Doc extends object>(
  sql: Sql,
  tenant: string,
  collection: Collection<Doc>,
  resource: Resource,
  query: ListQuery,
  show: (doc: Doc) => unknown = (doc) => doc,
  filter?: (doc: Doc) => boolean,
): Promise<unknown> {
  const { plural } = resource;
  const id = (doc: Doc) => String((doc as Record<string, unknown>)[collection.id]);
  if (query.take !== undefined) {
    const found = filter
      ? afterId((await collection.list(sql, tenant)).filter(filter), query.from, id)
      : await collection.after(sql, tenant, query.from, query.take + 1);
    const { page, next } = firstPage(found, query.take, id);
    return { [plural]: page.map(show), ...next };
  }
  const page = pageOf(query);
  if (!filter) {
    const docs = await collection.list(sql, tenant, page);
    return pageAnswer(query, plural, docs.map(show), query.include_totals ? await collection.count(sql, tenant) : 0);
  }
  const all = (await collection.list(sql, tenant)).filter(filter);
  return pageAnswer(query, plural, all.slice(page.offset, page.offset + page.limit).map(show), all.length);
}

/** The same for lists that know checkpoints only: without `take` they are at the first. */
export function listByCheckpoints<Doc extends object>(
  sql: Sql,
  tenant: string,
  collection: Collection<Doc>,
  resource: Resource,
  query: Pick<ListQuery, 'from' | 'take'>,
  show?: (doc: Doc) => unknown,
  filter?: (doc: Doc) => boolean,
): Promise<unknown> {
  const { from, take = DEFAULT_TAKE } = query;
  return listCollection(
    sql,
    tenant,
    collection,
    resource,
    { ...(from === undefined ? {} : { from }), take },
    show,
    filter,
  );
}

/** Keeps what has the values that a query names, of the properties that it may name; undefined where it names none. */
export function filterOf<Name extends string>(
  names: readonly Name[],
  query: { readonly [N in Name]?: unknown },
): ((doc: { readonly [N in Name]?: unknown }) => boolean) | undefined {
  const given = names.filter((name) => query[name] !== undefined);
  return given.length > 0 ? (doc) => given.every((name) => doc[name] === query[name]) : undefined;
}

/** A page with the checkpoint of the one after it, if there is one. */
type Piece<Item> = { readonly page: Item[]; readonly next: { readonly next?: string } };

/** The first of what was found. Who reads no more than a page asks for one member more, to know whether there is more. */
export function firstPage<Item>(found: readonly Item[], take: number, id: (item: Item) => string): Piece<Item> {
  const page = found.slice(0, take);
  return { page, next: found.length > take ? { next: id(page.at(-1)!) } : {} };
}

function afterId<Item>(items: readonly Item[], from: string | undefined, id: (item: Item) => string): readonly Item[] {
  return from === undefined ? items : items.slice(items.findIndex((item) => id(item) === from) + 1);
}

/** The page of a list that is in memory, in the order that it has. Checkpoints name the last member before the page. */
export function pageAfter<Item>(
  { from, take = DEFAULT_TAKE }: Pick<ListQuery, 'from' | 'take'>,
  items: readonly Item[],
  id: (item: Item) => string,
): Piece<Item> {
  return firstPage(afterId(items, from, id), take, id);
}

/** The same in the order of the ids. */
export function checkpointAnswer<Item>(
  { from, take = DEFAULT_TAKE }: Pick<ListQuery, 'from' | 'take'>,
  items: readonly Item[],
  id: (item: Item) => string,
): Piece<Item> {
  const inOrder = [...items].sort((a, b) => (id(a) < id(b) ? -1 : 1));
  const rest = from === undefined ? inOrder : inOrder.filter((item) => id(item) > from);
  return firstPage(rest, take, id);
}

/** Keeps (or leaves out, with `include_fields=false`) the named properties; dotted names reach into objects. */
export function pickFields<Doc>(doc: Doc, query: Pick<ListQuery, 'fields' | 'include_fields'>): Doc | Partial<Doc> {
  if (!query.fields || !isPlainObject(doc)) return doc;
  const names = query.fields.split(',').map((name) => name.trim());
  const wanted = new Set(names.map((name) => name.split('.')[0]!));
  const keep = query.include_fields !== false;
  return Object.fromEntries(Object.entries(doc).filter(([key]) => wanted.has(key) === keep)) as Partial<Doc>;
}
