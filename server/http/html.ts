/**
 * Markup that is safe by construction: the `html` template escapes whatever is put into it. Knows HTML, no pages.
 *
 * Interpolations may stand in element content and in **double-quoted** attribute values, nowhere else: not in a
 * `<script>`, not in a `<style>`, not in an unquoted attribute, and not as a whole attribute or element name.
 * Escaping does not make a URL harmless: links that come from configuration go through `webUrl`.
 */

/** Marks what this file made; a symbol, so that no JSON from outside can pass for markup. */
const MARKUP = Symbol('markup');

/** Finished markup: only `html` and `raw` make it. */
export type Html = { readonly [MARKUP]: string };

/** What an interpolation may be. `null`, `undefined` and booleans print nothing, arrays one after another. */
export type HtmlValue = Html | string | number | boolean | null | undefined | readonly HtmlValue[];

/** Tagged template: escapes every interpolation except markup made by `html` or `raw`. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let text = parts[0]!;
  for (let i = 0; i < values.length; i++) text += print(values[i]) + parts[i + 1]!;
  return { [MARKUP]: text };
}

/** Takes text as markup. Only for constants of our own: never for anything that was configured, stored or received. */
export function raw(markup: string): Html {
  return { [MARKUP]: markup };
}

/** The markup as text, to be sent as `text/html; charset=utf-8`. */
export function renderHtml(markup: Html): string {
  return markup[MARKUP];
}

/** `url` if it is an absolute http(s) URL or a path on this host; otherwise undefined. Keeps `javascript:` out of links. */
export function webUrl(url: string | null | undefined): string | undefined {
  if (!url) return undefined;
  // `//host` and `/\host` are links to another host (WHATWG URL, "relative slash state").
  if (url.startsWith('/')) return /^\/[/\\]/.test(url) ? undefined : url;
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : undefined;
}

function print(value: HtmlValue): string {
  if (value === null || value === undefined || typeof value === 'boolean') return '';
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'number') return String(value);
  if (isArray(value)) return value.map(print).join('');
  const markup = value[MARKUP];
  if (typeof markup !== 'string') throw new TypeError('Only text, numbers and markup can be put into a page.');
  return markup;
}

/** `Array.isArray` does not narrow read-only arrays. */
function isArray(value: Html | readonly HtmlValue[]): value is readonly HtmlValue[] {
  return Array.isArray(value);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
