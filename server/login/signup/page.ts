/** The sign-up page of a database connection. Markup only; `prompt.ts` decides. */
import type { PasswordRule } from '../../connections/database/password-rules.ts';
import { html } from '../../http/html.ts';
import { type Field, type FormView, fields, form, newPasswordField, rulesList, submit } from '../form.ts';
import { heading, renderPage } from '../layout.ts';
import { type ConnectionLink, connectionList } from '../login/page.ts';
import { fill, texts } from '../texts.ts';

export type SignupView = FormView & {
  readonly clientName?: string;
  /** The connection's `requires_username`: asks for a username as well. */
  readonly requiresUsername: boolean;
  /** What was typed; kept on errors. */
  readonly email?: string;
  readonly username?: string;
  /** From `passwordRules(options)`. */
  readonly rules: readonly PasswordRule[];
  readonly loginUrl: string;
  readonly connections: readonly ConnectionLink[];
};

/** Fields: `email`, `username` when required, `password`. */
export function renderSignup(given: SignupView): string {
  const view = { ...given, screen: 'signup' };
  const { common, signup } = texts(view);
  const names = { companyName: view.brand.name, clientName: view.clientName ?? '' };
  const description = fill(view.clientName ? signup.description : signup.descriptionWithoutClient, names);
  const body = html`${heading(signup.title, description)}
${form(view, fields(view, signupFields(view), { password: rulesList(view, 'password', view.rules) }), submit(signup.buttonText))}
${view.connections.length > 0 && html`<div class="divider"><span>${common.separatorText}</span></div>`}
${connectionList(view)}
<p class="switch">${signup.loginActionText} <a class="link" href="${view.loginUrl}">${signup.loginActionLinkText}</a></p>`;
  return renderPage({ ...view, title: signup.title, body });
}

function signupFields(view: SignupView): Field[] {
  const { common } = texts(view);
  return [
    {
      name: 'email',
      label: common.emailPlaceholder,
      type: 'email',
      // Password managers keep one name for an account: the one it is found by.
      autocomplete: view.requiresUsername ? 'email' : 'username',
      value: view.email ?? '',
    },
    ...(view.requiresUsername
      ? [
          {
            name: 'username',
            label: common.usernamePlaceholder,
            type: 'text',
            autocomplete: 'username',
            value: view.username ?? '',
          } as const,
        ]
      : []),
    newPasswordField(common.passwordPlaceholder, view.rules),
  ];
}
