/**
 * Confirming an e-mail address by the link that was sent to it. Opening the link changes nothing: scanners of mail
 * providers follow links, so a person presses the button. Markup only; `prompt.ts` decides.
 */
import { html } from '../../http/html.ts';
import { type FormView, form, linkButton, submit } from '../form.ts';
import { heading, type PageView, renderPage, symbol } from '../layout.ts';
import { fill, texts } from '../texts.ts';

export type VerifyEmailView =
  | (FormView & { readonly status: 'confirm'; readonly email: string })
  | (PageView & {
      readonly status: 'done' | 'expired' | 'used';
      /** The ticket's `result_url` or the application's log-in page. Absent: no link. */
      readonly continueUrl?: string;
    });

export function renderVerifyEmail(given: VerifyEmailView): string {
  const view = { ...given, screen: given.status === 'confirm' ? 'email-verification' : 'email-verification-result' };
  const t = texts(view);
  if (view.status === 'confirm') {
    const { title, description, buttonText } = t['email-verification'];
    const body = html`${heading(title, fill(description, { email: view.email }))}
${form(view, submit(buttonText))}`;
    return renderPage({ ...view, title, beside: symbol('mail'), body });
  }
  const result = t['email-verification-result'];
  const outcome = {
    done: { icon: 'done', title: result.verifiedTitle, description: result.verifiedDescription },
    expired: { icon: 'clock', title: result.expiredTitle, description: result.expiredDescription },
    used: { icon: 'done', title: result.alreadyVerifiedTitle, description: result.alreadyVerifiedDescription },
  } as const;
  const { icon, title, description } = outcome[view.status];
  const body = html`${heading(title, description)}
${view.continueUrl && linkButton(t.common.continueText, view.continueUrl, 'primary')}`;
  return renderPage({ ...view, title, beside: symbol(icon), body });
}
