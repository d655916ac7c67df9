/**
 * Collections of management resources: rows of (tenant, id, JSON document) with the few keys they are looked up by.
 * A collection knows how to keep and find documents; what a property means is said in the resource's `schema.ts`.
 * Secret properties are sealed on the way in and opened on the way out.
 */
import type { Sql } from './database.ts';
import { statement } from './statement.ts';
import type { DocumentKeyTable } from './tables.ts';

type Key = { readonly of: (doc: never) => string | readonly string[] | undefined; readonly unique?: boolean };

export type CollectionOptions<Doc> = {
  readonly kind: string;
  /** The property that is the id. */
  readonly id: keyof Doc & string;
  readonly keys: Readonly<
    Record<string, { of: (doc: Doc) => string | readonly string[] | undefined; unique?: boolean }>
  >;
  /** Properties that are encrypted at rest (dotted paths; a path may end in an object, which is sealed whole). */
  readonly sealed?: readonly string[];
};

/** Encrypts and decrypts one value; the context binds it to its place. */
export type Sealer = {
  seal(plain: string, context: string): string;
  open(sealed: string, context: string): string;
};

/** For collections in which nothing is a secret. */
export const unsealed: Sealer = { seal: (plain) => plain, open: (sealed) => sealed };

export type Page = { readonly offset: number; readonly limit: number };

export type Collection<Doc> = {
  readonly kind: string;
  /** The property that is the id. */
  readonly id: string;
  get(sql: Sql, tenant: string, id: string): Promise<Doc | undefined>;
  /** The document whose unique key has this value. */
  find(sql: Sql, tenant: string, key: string, value: string): Promise<Doc | undefined>;
  /** All documents whose key has this value, in the order of creation. */
  findAll(sql: Sql, tenant: string, key: string, value: string): Promise<Doc[]>;
  /** In the order of creation. */
  list(sql: Sql, tenant: string, page?: Page): Promise<Doc[]>;
  /** The first documents after the given id: checkpoint paging that stays fast at any depth. */
  after(sql: Sql, tenant: string, id: string | undefined, limit: number): Promise<Doc[]>;
  count(sql: Sql, tenant: string): Promise<number>;
  /** @throws UniqueViolation when a unique key is taken. */
  insert(sql: Sql, tenant: string, doc: Doc, now: number): Promise<void>;
  /** Answers whether there was one to replace. @throws UniqueViolation when a unique key is taken. */
  replace(sql: Sql, tenant: string, doc: Doc, now: number): Promise<boolean>;
  /** Answers whether there was one. */
  remove(sql: Sql, tenant: string, id: string): Promise<boolean>;
};

type At = { tenant: string; kind: string; id: string };
type Row = { doc: string };

const getOne = statement<At, Row>(
  (q, bind) =>
    q
      .selectFrom('documents')
      .select('doc')
      .where('tenant', '=', bind('tenant'))
      .where('kind', '=', bind('kind'))
      .where('id', '=', bind('id')),
  { locks: true },
);
const findByKey = statement<{ tenant: string; kind: string; name: string; value: string }, Row>((q, bind) =>
  q
    .selectFrom('document_keys as k')
    .innerJoin('documents as d', (join) =>
      join.onRef('d.tenant', '=', 'k.tenant').onRef('d.kind', '=', 'k.kind').onRef('d.id', '=', 'k.id'),
    )
    .select('d.doc')
    .where('k.tenant', '=', bind('tenant'))
    .where('k.kind', '=', bind('kind'))
    .where('k.name', '=', bind('name'))
    .where('k.value', '=', bind('value'))
    .orderBy('d.seq'),
);
const listPage = statement<{ tenant: string; kind: string; limit: number; offset: number }, Row>((q, bind) =>
  q
    .selectFrom('documents')
    .select('doc')
    .where('tenant', '=', bind('tenant'))
    .where('kind', '=', bind('kind'))
    .orderBy('seq')
    .limit(bind('limit'))
    .offset(bind('offset')),
);
const seqOf = statement<At, { seq: number }>((q, bind) =>
  q
    .selectFrom('documents')
    .select('seq')
    .where('tenant', '=', bind('tenant'))
    .where('kind', '=', bind('kind'))
    .where('id', '=', bind('id')),
);
const listAfter = statement<{ tenant: string; kind: string; seq: number; limit: number }, Row>((q, bind) =>
  q
    .selectFrom('documents')
    .select('doc')
    .where('tenant', '=', bind('tenant'))
    .where('kind', '=', bind('kind'))
    .where('seq', '>', bind('seq'))
    .orderBy('seq')
    .limit(bind('limit')),
);
const countAll = statement<{ tenant: string; kind: string }, { total: number }>((q, bind) =>
  q
    .selectFrom('documents')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('tenant', '=', bind('tenant'))
    .where('kind', '=', bind('kind')),
);
/**
 * Gives the next place in the order of a collection. The row stays locked until the commit, so on every engine places
 * become visible in their order and `after` never passes over a document that was still being written.
 */
const nextSeq = statement<{ tenant: string; kind: string }, { last: number }>((q, bind) =>
  q
    .insertInto('document_sequences')
    .values({ tenant: bind('tenant'), kind: bind('kind'), last: 1 })
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'kind']).doUpdateSet((e) => ({ last: e('document_sequences.last', '+', 1) })),
    )
    .returning('last'),
);
const insertDocument = statement<At & { seq: number; doc: string; now: number }>((q, bind) =>
  q.insertInto('documents').values({
    tenant: bind('tenant'),
    kind: bind('kind'),
    id: bind('id'),
    seq: bind('seq'),
    doc: bind('doc'),
    created_at: bind('now'),
    updated_at: bind('now'),
  }),
);
const updateDocument = statement<At & { doc: string; now: number }>((q, bind) =>
  q
    .updateTable('documents')
    .set({ doc: bind('doc'), updated_at: bind('now') })
    .where('tenant', '=', bind('tenant'))
    .where('kind', '=', bind('kind'))
    .where('id', '=', bind('id')),
);
const deleteDocument = statement<At>((q, bind) =>
  q
    .deleteFrom('documents')
    .where('tenant', '=', bind('tenant'))
    .where('kind', '=', bind('kind'))
    .where('id', '=', bind('id')),
);
const deleteKeys = statement<At>((q, bind) =>
  q
    .deleteFrom('document_keys')
    .where('tenant', '=', bind('tenant'))
    .where('kind', '=', bind('kind'))
    .where('id', '=', bind('id')),
);
const insertKey = statement<DocumentKeyTable>((q, bind) =>
  q.insertInto('document_keys').values({
    tenant: bind('tenant'),
    kind: bind('kind'),
    name: bind('name'),
    value: bind('value'),
    id: bind('id'),
    is_unique: bind('is_unique'),
  }),
);

const NO_PAGE: Page = { offset: 0, limit: Number.MAX_SAFE_INTEGER };

/** Describes where one kind of resource is kept. `Doc` is a plain JSON object. */
export function collection<Doc extends object>(options: CollectionOptions<Doc>, sealer: Sealer): Collection<Doc> {
  const { kind, keys } = options;
  const { stored, loaded } = makeForm(options, sealer);
  const idOf = (doc: Doc): string => doc[options.id] as string;
  const load = (row: Row | undefined): Doc | undefined => row && loaded(row);
  const writeKeys = async (sql: Sql, tenant: string, doc: Doc): Promise<void> => {
    for (const [name, key] of Object.entries(keys)) {
      for (const value of valuesOf(key as Key, doc)) {
        await sql.run(insertKey, { tenant, kind, name, value, id: idOf(doc), is_unique: key.unique ? 1 : 0 });
      }
    }
  };

  return {
    kind,
    id: options.id,
    async get(sql, tenant, id) {
      return load(await sql.first(getOne, { tenant, kind, id }));
    },
    async find(sql, tenant, name, value) {
      return load(await sql.first(findByKey, { tenant, kind, name, value }));
    },
    async findAll(sql, tenant, name, value) {
      return (await sql.all(findByKey, { tenant, kind, name, value })).map(loaded);
    },
    async list(sql, tenant, page = NO_PAGE) {
      return (await sql.all(listPage, { tenant, kind, ...page })).map(loaded);
    },
    async after(sql, tenant, id, limit) {
      const seq = id === undefined ? -1 : ((await sql.first(seqOf, { tenant, kind, id }))?.seq ?? -1);
      return (await sql.all(listAfter, { tenant, kind, seq, limit })).map(loaded);
    },
    async count(sql, tenant) {
      return Number((await sql.first(countAll, { tenant, kind }))?.total ?? 0);
    },
    async insert(sql, tenant, doc, now) {
      const seq = (await sql.first(nextSeq, { tenant, kind }))!.last;
      await sql.run(insertDocument, { tenant, kind, id: idOf(doc), seq, doc: stored(doc), now });
      await writeKeys(sql, tenant, doc);
    },
    async replace(sql, tenant, doc, now) {
      const id = idOf(doc);
      const found = await sql.run(updateDocument, { tenant, kind, id, doc: stored(doc), now });
      // Removed meanwhile: keys without a document would hold their unique values for ever.
      if (found === 0) return false;
      await sql.run(deleteKeys, { tenant, kind, id });
      await writeKeys(sql, tenant, doc);
      return true;
    },
    async remove(sql, tenant, id) {
      // The document first, as in `replace`: one order of row locks, so that the two cannot wait for each other.
      const removed = await sql.run(deleteDocument, { tenant, kind, id });
      await sql.run(deleteKeys, { tenant, kind, id });
      return removed > 0;
    },
  };
}

/** The form that documents are kept in: as JSON, with what is secret sealed. */
function makeForm<Doc extends object>({ kind, sealed = [] }: CollectionOptions<Doc>, sealer: Sealer) {
  const paths = sealed.map((path) => path.split('.'));
  return {
    loaded(row: Row): Doc {
      const doc = JSON.parse(row.doc);
      for (const path of paths) mapAt(doc, path, (value) => JSON.parse(sealer.open(value as string, kind)));
      return doc;
    },
    stored(doc: Doc): string {
      if (paths.length === 0) return JSON.stringify(doc);
      const copy = structuredClone(doc);
      for (const path of paths) mapAt(copy, path, (value) => sealer.seal(JSON.stringify(value), kind));
      return JSON.stringify(copy);
    },
  };
}

function valuesOf(key: Key, doc: object): readonly string[] {
  const value = key.of(doc as never);
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : [...new Set(value)];
}

/** Replaces the value at a path, if there is one; arrays on the way are walked item by item. */
function mapAt(target: unknown, path: readonly string[], map: (value: unknown) => unknown): void {
  if (Array.isArray(target)) {
    for (const item of target) mapAt(item, path, map);
    return;
  }
  if (typeof target !== 'object' || target === null) return;
  const holder = target as Record<string, unknown>;
  const [name, ...rest] = path as [string, ...string[]];
  if (holder[name] === undefined || holder[name] === null) return;
  if (rest.length > 0) mapAt(holder[name], rest, map);
  else holder[name] = map(holder[name]);
}
