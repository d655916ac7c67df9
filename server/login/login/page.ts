/** The log-in page: identifier and password, and the other ways in. Markup only; `prompt.ts` decides. */
import { html } from '../../http/html.ts';
import { type FormView, fields, form, submit } from '../form.ts';
import { heading, monogram, renderPage } from '../layout.ts';
import { fill, texts, type Words } from '../texts.ts';

/** A social or enterprise connection. `label` is what people know it by; `url` starts it and is ours. */
export type ConnectionLink = { readonly name: string; readonly label: string; readonly url: string };

export type LoginView = FormView & {
  /** The application that asked; undefined when there is none to name. */
  readonly clientName?: string;
  /** False when no database connection is enabled: then only `connections` are offered. Default true. */
  readonly passwordForm?: boolean;
  /** The connection's `requires_username`: the identifier may then be a username. */
  readonly requiresUsername: boolean;
  /** What was typed or hinted (`login_hint`); kept on errors. */
  readonly username?: string;
  /** Absent: no link. */
  readonly forgotPasswordUrl?: string;
  /** Absent when sign-ups are disabled. */
  readonly signupUrl?: string;
  readonly connections: readonly ConnectionLink[];
};

/** Fields: `username`, `password`. */
export function renderLogin(given: LoginView): string {
  const view = { ...given, screen: 'login' };
  const t = texts(view);
  const names = { companyName: view.brand.name, clientName: view.clientName ?? '' };
  const withForm = view.passwordForm !== false;
  const title = fill(t.login.title, names);
  const body = html`${heading(title, view.clientName && fill(t.login.description, names))}
${withForm ? passwordForm(view) : view.connections.length === 0 && html`<p>${t.login.noConnection}</p>`}
${withForm && view.connections.length > 0 && html`<div class="divider"><span>${t.common.separatorText}</span></div>`}
${connectionList(view)}
${
  withForm &&
  view.signupUrl &&
  html`<p class="switch">${t.login.signupActionText} <a class="link" href="${view.signupUrl}">${t.login.signupActionLinkText}</a></p>`
}`;
  return renderPage({ ...view, title, body });
}

function passwordForm(view: LoginView) {
  const { common, login } = texts(view);
  const identifier = {
    name: 'username',
    label: view.requiresUsername ? common.usernameOrEmailPlaceholder : common.emailPlaceholder,
    type: view.requiresUsername ? 'text' : 'email',
    autocomplete: 'username',
    value: view.username ?? '',
  } as const;
  const password = {
    name: 'password',
    label: common.passwordPlaceholder,
    type: 'password',
    autocomplete: 'current-password',
  } as const;
  const forgot =
    view.forgotPasswordUrl &&
    html`<p class="below"><a class="link" href="${view.forgotPasswordUrl}">${login.forgotPasswordText}</a></p>`;
  return form(view, fields(view, [identifier, password]), forgot, submit(login.buttonText));
}

/** Links, one a connection, with the first letter of its name as the sign. */
export function connectionList(view: Words & { readonly connections: readonly ConnectionLink[] }) {
  const { federatedConnectionButtonText } = texts(view).common;
  if (view.connections.length === 0) return undefined;
  return html`<ul class="connections">${view.connections.map(
    ({ name, label, url }) =>
      html`<li><a class="button secondary" href="${url}" data-connection="${name}">${monogram(label)}<span>${fill(federatedConnectionButtonText, { connectionName: label })}</span></a></li>`,
  )}</ul>`;
}
