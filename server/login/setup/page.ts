/** Makes the first administrator. Markup only; `prompt.ts` decides. */
import type { PasswordRule } from '../../connections/database/policy.ts';
import { html } from '../../http/html.ts';
import { type FormView, fields, form, linkButton, passwordRulesAttribute, rulesList, submit } from '../form.ts';
import { heading, type PageView, renderPage, symbol } from '../layout.ts';
import { texts } from '../texts.ts';

export type SetupView =
  | (FormView & {
      readonly status: 'form';
      /** What was typed; kept on errors. */
      readonly email?: string;
      readonly rules: readonly PasswordRule[];
    })
  | (PageView & { readonly status: 'gone'; readonly dashboardUrl: string });

/** Fields: `email`, `password`. */
export function renderSetup(given: SetupView): string {
  const view = { ...given, screen: 'setup' };
  const { common, setup } = texts(view);
  if (view.status === 'gone') {
    const body = html`${heading(setup.goneTitle, setup.goneDescription)}
${linkButton(setup.dashboardLinkText, view.dashboardUrl)}`;
    return renderPage({ ...view, title: setup.goneTitle, beside: symbol('warning'), body });
  }
  const described = [
    {
      name: 'email',
      label: common.emailPlaceholder,
      type: 'email',
      autocomplete: 'username',
      value: view.email ?? '',
    },
    {
      name: 'password',
      label: common.passwordPlaceholder,
      type: 'password',
      autocomplete: 'new-password',
      describedBy: 'password-rules',
      passwordRules: passwordRulesAttribute(view.rules),
    },
  ] as const;
  const body = html`${heading(setup.title, setup.description)}
${form(view, fields(view, described, { password: rulesList(view, 'password', view.rules) }), submit(setup.buttonText))}`;
  return renderPage({ ...view, title: setup.title, body });
}
