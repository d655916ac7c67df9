/** Choosing a new password by a link from an e-mail, and what came of it. Markup only; `prompt.ts` decides. */
import type { PasswordRule } from '../../connections/database/password-rules.ts';
import { html } from '../../http/html.ts';
import {
  accountHint,
  type Field,
  type FormView,
  fields,
  form,
  linkButton,
  newPasswordField,
  passwordRulesAttribute,
  rulesList,
  submit,
} from '../form.ts';
import { heading, type PageView, renderPage, symbol } from '../layout.ts';
import { fill, texts, type Words } from '../texts.ts';

export type ResetPasswordView =
  | (FormView & {
      readonly status: 'form';
      /** Whose password it is; also tells password managers which entry to update. */
      readonly email: string;
      readonly rules: readonly PasswordRule[];
    })
  | (PageView & {
      readonly status: 'done' | 'expired' | 'used';
      /** Where to go on: the ticket's `result_url` or the log-in page. Absent: no link. */
      readonly continueUrl?: string;
    });

const SCREENS = {
  form: 'reset-password',
  done: 'reset-password-success',
  expired: 'reset-password-error',
  used: 'reset-password-error',
};

/** Fields: `password`, `password_confirmation`. */
export function renderResetPassword(given: ResetPasswordView): string {
  const view = { ...given, screen: SCREENS[given.status] };
  const t = texts(view);
  if (view.status === 'form') {
    const { title, description, buttonText } = t['reset-password'];
    const rules = { password: rulesList(view, 'password', view.rules) };
    const body = html`${heading(title, fill(description, { email: view.email }))}
${form(view, accountHint(view.email), fields(view, passwordFields(view), rules), submit(buttonText))}`;
    return renderPage({ ...view, title, body });
  }
  const failed = t['reset-password-error'];
  const outcome = {
    done: { icon: 'done', ...t['reset-password-success'] },
    expired: { icon: 'clock', title: failed.titleExpired, description: failed.descriptionExpired },
    used: { icon: 'warning', title: failed.titleUsed, description: failed.descriptionUsed },
  } as const;
  const { icon, title, description } = outcome[view.status];
  const body = html`${heading(title, description)}
${view.continueUrl && linkButton(t.common.continueText, view.continueUrl, 'primary')}`;
  return renderPage({ ...view, title, beside: symbol(icon), body });
}

function passwordFields(view: Words & { readonly rules: readonly PasswordRule[] }): Field[] {
  const t = texts(view)['reset-password'];
  return [
    newPasswordField(t.passwordPlaceholder, view.rules),
    {
      name: 'password_confirmation',
      label: t.reEnterPasswordPlaceholder,
      type: 'password',
      autocomplete: 'new-password',
      passwordRules: passwordRulesAttribute(view.rules),
    },
  ];
}
