/** Adding an authenticator app by a link, and what came of it. Markup only; `prompt.ts` decides. */
import { html } from '../../http/html.ts';
import { type FormView, fields, form, submit } from '../form.ts';
import { heading, type PageView, renderPage, symbol } from '../layout.ts';
import { fill, texts } from '../texts.ts';

export type MfaEnrollmentView =
  | (FormView & {
      readonly status: 'form';
      /** The secret as a person types it: base32. */
      readonly secret: string;
      /** The link that opens an app on this device. */
      readonly uri: string;
      readonly account: string;
    })
  | (PageView & { readonly status: 'done' | 'expired' | 'used' | 'enrolled' });

/** Field: `code`. */
export function renderMfaEnrollment(given: MfaEnrollmentView): string {
  if (given.status === 'form') {
    const view = { ...given, screen: 'mfa-otp-enrollment-code' };
    const t = texts(view)['mfa-otp-enrollment-code'];
    const code = { name: 'code', label: t.placeholder, type: 'text', autocomplete: 'one-time-code' } as const;
    const spaced = view.secret.replace(/.{4}(?=.)/g, '$& ');
    const key = html`<dl class="facts"><div><dt>${t.secretText}</dt><dd dir="ltr">${spaced}</dd></div></dl>
<p class="beneath"><a class="link" href="${view.uri}">${t.appLinkText}</a></p>`;
    const body = html`${heading(t.title, fill(t.description, { companyName: view.brand.name, email: view.account }))}
${form(view, key, fields(view, [code]), submit(t.buttonText))}`;
    return renderPage({ ...view, title: t.title, body });
  }
  const view = { ...given, screen: 'mfa-enroll-result' };
  const t = texts(view)['mfa-enroll-result'];
  const outcome = {
    done: { icon: 'done', title: t.enrolledTitle, description: t.enrolledDescription },
    expired: { icon: 'clock', title: t.expiredTicketTitle, description: t.expiredTicketDescription },
    used: { icon: 'warning', title: t.ticketUsedTitle, description: t.ticketUsedDescription },
    enrolled: { icon: 'warning', title: t.alreadyUsedTitle, description: t.alreadyUsedDescription },
  } as const;
  const { icon, title, description } = outcome[view.status];
  return renderPage({ ...view, title, beside: symbol(icon), body: heading(title, description) });
}
