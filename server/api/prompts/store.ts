/** Where the texts and markup that a tenant wrote for its pages are kept, and the rendering of its screens. */
import type { CustomTexts } from '../../login/texts.ts';
import type { Sql } from '../../storage/database.ts';
import { type Collection, collection } from '../../storage/documents.ts';
import type { Rendering } from './schema.ts';

const plain = { seal: (text: string) => text, open: (text: string) => text };

/** The texts of a prompt in a language. `id` is `{prompt}/{language}`. */
export type CustomTextDocument = { id: string; prompt: string; language: string; screens: CustomTexts };

export const customTexts: Collection<CustomTextDocument> = collection<CustomTextDocument>(
  { kind: 'custom_text', id: 'id', keys: { language: { of: (doc) => doc.language } } },
  plain,
);

/** All that a tenant wrote in a language, by screen; undefined when that is nothing. */
export async function customTextsOf(sql: Sql, tenant: string, language: string): Promise<CustomTexts | undefined> {
  const found = await customTexts.findAll(sql, tenant, 'language', language);
  return found.length > 0 ? Object.assign({}, ...found.map((doc) => doc.screens)) : undefined;
}

/** Markup of a prompt by screen and place. */
export type PartialsDocument = { prompt: string; screens: Record<string, Record<string, string>> };

export const partials: Collection<PartialsDocument> = collection<PartialsDocument>(
  { kind: 'prompt_partials', id: 'prompt', keys: {} },
  plain,
);

/** How a screen is rendered. `id` is `{prompt}/{screen}`. */
export const renderings: Collection<Rendering & { id: string }> = collection<Rendering & { id: string }>(
  { kind: 'prompt_rendering', id: 'id', keys: {} },
  plain,
);

/** Writes a document whether or not there was one. The caller holds the tenant's row (`configurations.touch`). */
export async function put<Doc extends object>(
  store: Collection<Doc>,
  sql: Sql,
  tenant: string,
  doc: Doc,
  now: number,
): Promise<void> {
  if (!(await store.replace(sql, tenant, doc, now))) await store.insert(sql, tenant, doc, now);
}
