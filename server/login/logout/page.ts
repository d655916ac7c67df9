/** Asks before a session ends when nothing proves who wants it, and tells when it has ended. Markup only. */
import { html } from '../../http/html.ts';
import { type FormView, form, linkButton, submit } from '../form.ts';
import { heading, type PageView, renderPage, symbol } from '../layout.ts';
import { fill, texts } from '../texts.ts';

export type LogoutView =
  | (FormView & {
      readonly status: 'confirm';
      /** Who is logged in: e-mail address, username or name. */
      readonly account?: string;
      /** Where "Stay logged in" leads. Absent: no link. */
      readonly cancelUrl?: string;
    })
  | (PageView & { readonly status: 'done'; readonly loginUrl?: string });

/** @see https://openid.net/specs/openid-connect-rpinitiated-1_0.html §2: the person may be asked. */
export function renderLogout(given: LogoutView): string {
  const view = { ...given, screen: given.status === 'done' ? 'logout-complete' : 'logout' };
  const t = texts(view);
  const names = { companyName: view.brand.name };
  if (view.status === 'done') {
    const { title, description, loginLinkText } = t['logout-complete'];
    const body = html`${heading(title, fill(description, names))}
${view.loginUrl && linkButton(loginLinkText, view.loginUrl)}`;
    return renderPage({ ...view, title, beside: symbol('done'), body });
  }
  const title = fill(t.logout.title, names);
  const message = view.account ? fill(t.logout.message, { account: view.account }) : t.logout.messageWithoutAccount;
  const body = html`${heading(title, message)}
<div class="stack">${form(view, submit(t.logout.acceptButtonText))}
${view.cancelUrl && linkButton(t.logout.declineButtonText, view.cancelUrl)}</div>`;
  return renderPage({ ...view, title, body });
}
