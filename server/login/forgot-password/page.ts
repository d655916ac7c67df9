/**
 * Asking for a link to choose a new password. The answer is the same whether or not there is such an account.
 * Markup only; `prompt.ts` decides.
 */
import { html } from '../../http/html.ts';
import { type FormView, fields, form, submit } from '../form.ts';
import { heading, type PageView, renderPage, symbol } from '../layout.ts';
import { fill, texts } from '../texts.ts';

export type ForgotPasswordView =
  | (FormView & { readonly status: 'form'; readonly email?: string; readonly loginUrl?: string })
  | (PageView & {
      readonly status: 'sent';
      /** The address as it was typed. */
      readonly email: string;
      readonly loginUrl?: string;
      /** Back to the form. */
      readonly retryUrl?: string;
    });

/** Field: `email`. */
export function renderForgotPassword(given: ForgotPasswordView): string {
  const view = { ...given, screen: given.status === 'sent' ? 'reset-password-email' : 'reset-password-request' };
  const t = texts(view);
  const back =
    view.loginUrl &&
    html`<p class="switch"><a class="link" href="${view.loginUrl}">${t.common.backToLoginLinkText}</a></p>`;
  if (view.status === 'sent') {
    const sent = t['reset-password-email'];
    const body = html`${heading(sent.title, fill(sent.emailDescription, { email: view.email }))}
<p class="hint">${sent.hint}${view.retryUrl && html` <a href="${view.retryUrl}">${sent.resendLinkText}</a>`}</p>
${back}`;
    return renderPage({ ...view, title: sent.title, beside: symbol('mail'), body });
  }
  const { title, descriptionEmail, buttonText } = t['reset-password-request'];
  const email = {
    name: 'email',
    label: t.common.emailPlaceholder,
    type: 'email',
    autocomplete: 'username',
    value: view.email ?? '',
  } as const;
  const body = html`${heading(title, descriptionEmail)}
${form(view, fields(view, [email]), submit(buttonText))}
${back}`;
  return renderPage({ ...view, title, body });
}
