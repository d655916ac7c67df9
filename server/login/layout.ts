/**
 * The frame of every hosted page and what all of them share. Pages are pure functions of a typed view, work without
 * scripts, and carry no inline style attribute: they are sent with a policy that allows only what has the nonce.
 *
 * Knows no request, no storage and no prompt's logic.
 */
import { type Html, html, raw, renderHtml, webUrl } from '../http/html.ts';
import { script, stylesheet } from './assets.ts';
import { type Background, brandStyle } from './colors.ts';
import { fill, texts, type Words } from './texts.ts';

/** How a tenant looks: theme, branding, and the support data of the tenant settings. */
export type Brand = {
  readonly name: string;
  readonly logo_url?: string | null;
  readonly hide_logo?: boolean;
  readonly favicon_url?: string | null;
  readonly support_url?: string | null;
  readonly support_email?: string | null;
  readonly primary_color?: string | null;
  readonly page_background?: Background | null;
};

/** What every page needs. `nonce` is that of the Content-Security-Policy header. */
export type PageView = Words & { readonly brand: Brand; readonly nonce: string };

const RIGHT_TO_LEFT = /^(ar|fa|he|ur)\b/;

/** The whole document. `body` is what stands in the card below the logo, `beside` what stands in line with it. */
export function renderPage(
  page: PageView & {
    readonly title: string;
    readonly body: Html;
    readonly beside?: Html;
    readonly clientName?: string;
  },
): string {
  const { brand, nonce, locale } = page;
  const style = brandStyle(brand);
  const names = { title: page.title, companyName: brand.name, clientName: page.clientName ?? brand.name };
  const title = fill(texts(page).common.pageTitle, names);
  return renderHtml(html`<!doctype html>
<html lang="${locale}" dir="${RIGHT_TO_LEFT.test(locale) ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="${webUrl(brand.favicon_url) ?? FAVICON}">
<link rel="stylesheet" href="${stylesheet.path}">
${style && html`<style nonce="${nonce}">${raw(style)}</style>`}
</head>
<body>
<main class="card">
<div class="top">${logo(brand)}${page.beside}</div>
${page.body}
</main>
${footer(page)}
<script nonce="${nonce}">${raw(script)}</script>
</body>
</html>
`);
}

/** The heading of a page, and a line below it. */
export function heading(title: string, description?: Html | string): Html {
  return html`<header class="head"><h1>${title}</h1>${description && html`<p class="lead">${description}</p>`}</header>`;
}

/** The first letter of a name on a tile, for what has no picture. Decoration: the name stands beside it. */
export function monogram(name: string): Html {
  const letter = [...name.trim()][0]?.toLocaleUpperCase() ?? '?';
  return html`<span class="monogram" aria-hidden="true">${letter}</span>`;
}

/** The sign beside the logo of a page that tells an outcome. */
export function symbol(kind: keyof typeof SYMBOLS): Html {
  return html`<span class="symbol ${kind}" aria-hidden="true">${icon(SYMBOLS[kind])}</span>`;
}

const SYMBOLS = {
  done: 'M5 12.5l4.5 4.5L19 7.5',
  mail: 'M3.5 6.5h17v11h-17zM4 7l8 6.5L20 7',
  warning: 'M12 4.25l9 15.25H3zM12 10v4M12 16.75v.01',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2',
} as const;

/** A line drawing of 24 by 24 in the colour of the text. `path` is a constant of ours. */
export function icon(path: string): Html {
  return html`<svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="${path}"/></svg>`;
}

/** Our mark, a key on a tile: what stands where a tenant has neither a logo nor a name of its own. */
const MARK = html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="48" height="48" role="img" aria-label="Latchkey"><rect width="32" height="32" rx="8" fill="#0d1b19"/><path fill="#dcae52" fill-rule="evenodd" d="M11 6.5a6.5 6.5 0 0 1 6.2 8.4l9.3 9.3v3.3h-3.6v-2.6h-2.7v-2.7h-2.6l-2.8-2.8A6.5 6.5 0 1 1 11 6.5zm-1.7 3.2a2.1 2.1 0 1 0 0 4.2 2.1 2.1 0 0 0 0-4.2z"/></svg>`;
const FAVICON = `data:image/svg+xml,${encodeURIComponent(renderHtml(MARK))}`;

/** The tenant's logo, its monogram, or our mark. Nothing when its theme says so. */
export function logo(brand: Brand): Html | undefined {
  if (brand.hide_logo) return undefined;
  const url = webUrl(brand.logo_url);
  if (url) return html`<img class="logo" src="${url}" alt="${brand.name}">`;
  return brand.name === '' || brand.name === 'Latchkey' ? MARK : monogram(brand.name);
}

function footer(page: PageView): Html | undefined {
  const { brand } = page;
  const { supportText, supportLinkText } = texts(page).common;
  const url = webUrl(brand.support_url) ?? (brand.support_email ? `mailto:${brand.support_email}` : undefined);
  return url ? html`<footer>${supportText} <a class="link" href="${url}">${supportLinkText}</a></footer>` : undefined;
}
