/** Asks a person whether an application may use APIs in their name. Markup only; `prompt.ts` decides. */
import { type Html, html, webUrl } from '../../http/html.ts';
import { type FormView, form } from '../form.ts';
import { heading, icon, monogram, renderPage } from '../layout.ts';
import { fill, texts } from '../texts.ts';

export type ConsentView = FormView & {
  readonly client: { readonly name: string; readonly logo_url?: string | null };
  /** The person who is logged in: e-mail address, username or name. */
  readonly account: string;
  /** Logs in as somebody else. Absent: no link. */
  readonly switchAccountUrl?: string;
  /** What is asked for, an entry for each API. A scope without a description shows its value. */
  readonly apis: readonly {
    readonly name: string;
    readonly scopes: readonly { readonly value: string; readonly description?: string | null }[];
  }[];
  /** The host that the browser goes back to. Absent: not told. */
  readonly redirectHost?: string;
};

/** The buttons answer `decision=allow` or `decision=deny`. */
export function renderConsent(given: ConsentView): string {
  const view = { ...given, screen: 'consent' };
  const { consent } = texts(view);
  const title = fill(consent.title, { clientName: view.client.name });
  const body = html`${heading(title, fill(consent.description, { companyName: view.brand.name }))}
<p class="account">${monogram(view.account)}<span>${view.account}</span>${
    view.switchAccountUrl && html`<a class="link" href="${view.switchAccountUrl}">${consent.switchAccountText}</a>`
  }</p>
<h2>${consent.scopesTitle}</h2>
${view.apis.map(
  (api) => html`<section class="scopes"><h3>${api.name}</h3>
<ul class="scope-list">${api.scopes.map((scope) => html`<li>${icon(CHECK)}<span>${scope.description || html`<code>${scope.value}</code>`}</span></li>`)}</ul></section>`,
)}
${form(
  view,
  html`<div class="choice"><button type="submit" class="button secondary" name="decision" value="deny">${consent.declineButtonText}</button>
<button type="submit" class="button primary" name="decision" value="allow">${consent.acceptButtonText}</button></div>`,
)}
${view.redirectHost && html`<p class="hint">${fill(consent.redirectNotice, { host: view.redirectHost })}</p>`}`;
  return renderPage({ ...view, title, beside: clientLogo(view), body });
}

function clientLogo({ client }: ConsentView): Html {
  const url = webUrl(client.logo_url);
  return html`<div class="client">${icon(LINK)}${url ? html`<img class="logo" src="${url}" alt="">` : monogram(client.name)}</div>`;
}

const CHECK = 'M6 12.5l4 4 8-9';
const LINK = 'M4 9h15M15.5 5.5L19 9l-3.5 3.5M20 15H5M8.5 11.5L5 15l3.5 3.5';
