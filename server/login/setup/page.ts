/** Makes an administrator: the first one, or one who was invited. Markup only; `prompt.ts` decides. */
import type { PasswordRule } from '../../connections/database/password-rules.ts';
import { html } from '../../http/html.ts';
import { accountHint, type FormView, fields, form, linkButton, newPasswordField, rulesList, submit } from '../form.ts';
import { heading, type PageView, renderPage, symbol } from '../layout.ts';
import { fill, texts } from '../texts.ts';

export type SetupView =
  | (FormView & {
      readonly status: 'form';
      /** What was typed; kept on errors. */
      readonly email?: string;
      /** The address that was invited: it is not asked for. */
      readonly invited?: string;
      readonly rules: readonly PasswordRule[];
    })
  | (PageView & { readonly status: 'gone'; readonly dashboardUrl: string });

/** Fields: `email`, unless it is known, and `password`. */
export function renderSetup(given: SetupView): string {
  const view = { ...given, screen: 'setup' };
  const { common, setup } = texts(view);
  if (view.status === 'gone') {
    const body = html`${heading(setup.goneTitle, setup.goneDescription)}
${linkButton(setup.dashboardLinkText, view.dashboardUrl)}`;
    return renderPage({ ...view, title: setup.goneTitle, beside: symbol('warning'), body });
  }
  const { invited } = view;
  const email = {
    name: 'email',
    label: common.emailPlaceholder,
    type: 'email',
    autocomplete: 'username',
    value: view.email ?? '',
  } as const;
  const described = [
    ...(invited === undefined ? [email] : []),
    newPasswordField(common.passwordPlaceholder, view.rules),
  ] as const;
  const [description, buttonText] =
    invited === undefined
      ? [setup.description, setup.buttonText]
      : [fill(setup.invitedDescription, { email: invited, companyName: view.brand.name }), setup.invitedButtonText];
  const known = invited === undefined ? undefined : accountHint(invited);
  const body = html`${heading(setup.title, description)}
${form(view, known, fields(view, described, { password: rulesList(view, 'password', view.rules) }), submit(buttonText))}`;
  return renderPage({ ...view, title: setup.title, body });
}
