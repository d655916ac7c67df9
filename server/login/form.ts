/**
 * Parts of the hosted forms: fields with their labels and errors, passwords, the rules of a new password, buttons.
 * Knows markup and texts, no prompt.
 */
import type { PasswordRule } from '../connections/database/password-rules.ts';
import { type Html, type HtmlValue, html, raw } from '../http/html.ts';
import { icon, type PageView } from './layout.ts';
import { fill, texts } from './texts.ts';

/** What every page with a form needs besides the frame. */
export type FormView = PageView & {
  /** The form token, sent back as `_csrf`. */
  readonly csrf: string;
  /** The login transaction, sent back as `state`. Absent for links from e-mails, which carry a ticket instead. */
  readonly state?: string;
  /** Where the form is posted to. */
  readonly action: string;
  /** Other values that are sent back as they are, such as `ticket`. */
  readonly hidden?: Readonly<Record<string, string>>;
  /** What is wrong with the whole form. */
  readonly error?: string;
  /** What is wrong with a field, by its name. */
  readonly fieldErrors?: Readonly<Record<string, string>>;
};

/** The form with its hidden values and, on top, what went wrong. */
export function form(view: FormView, ...content: HtmlValue[]): Html {
  const hidden = { _csrf: view.csrf, ...(view.state === undefined ? {} : { state: view.state }), ...view.hidden };
  return html`${alert(view)}
<form method="post" action="${view.action}">
${Object.entries(hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">\n`)}
${content}
</form>`;
}

function alert(view: FormView): Html | undefined {
  const bad = Object.keys(view.fieldErrors ?? {}).length > 0;
  const text = view.error ?? (bad ? texts(view).common.alertFields : undefined);
  return text ? html`<div class="alert" role="alert">${icon(ALERT)}<p>${text}</p></div>` : undefined;
}

const ALERT = 'M12 8v4.5M12 16v.01M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z';

/** A field in a form. `name` is also its id. */
export type Field = {
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'email' | 'password';
  readonly autocomplete: string;
  readonly value?: string;
  /** Id of what describes the field besides its error. */
  readonly describedBy?: string;
  /** Apple's `passwordrules`. */
  readonly passwordRules?: string;
};

/**
 * Draws the fields in their order. The first bad one takes the focus, else the first that is empty: a person can type
 * at once.
 */
export function fields(view: FormView, described: readonly Field[], after?: Readonly<Record<string, Html>>): Html[] {
  const errors = view.fieldErrors ?? {};
  const focus = described.find((field) => errors[field.name]) ?? described.find((field) => !field.value);
  return described.map((field) => {
    const error = errors[field.name];
    const errorId = error ? `${field.name}-error` : undefined;
    const describedBy = [errorId, field.describedBy].filter(Boolean).join(' ');
    const isSecret = field.type === 'password';
    const input = html`<input${attributes({
      class: 'input',
      id: field.name,
      name: field.name,
      type: field.type,
      autocomplete: field.autocomplete,
      required: true,
      // Passwords are never written back into a page.
      value: isSecret ? undefined : field.value,
      'aria-describedby': describedBy,
      passwordrules: field.passwordRules,
      'aria-invalid': error && 'true',
      autofocus: field === focus,
      autocapitalize: 'none',
      spellcheck: 'false',
      // An address is written from left to right, whatever the language of the page.
      dir: isSecret ? undefined : 'auto',
      inputmode: field.autocomplete === 'one-time-code' ? 'numeric' : undefined,
    })}>`;
    return html`<div class="field">
<label for="${field.name}">${field.label}</label>
${isSecret ? html`<div class="password">${input}${revealButton(view, field.name)}</div>${capsLock(view, field.name)}` : input}
${error && html`<p class="field-error" id="${errorId}">${error}</p>`}
${after?.[field.name]}
</div>
`;
  });
}

/** Attributes by their names, which are constants of ours. What is true stands alone; what is empty is left out. */
function attributes(values: Readonly<Record<string, string | boolean | undefined>>): Html[] {
  return Object.entries(values)
    .filter(([, value]) => value)
    .map(([name, value]) => (value === true ? raw(` ${name}`) : html` ${raw(name)}="${value}"`));
}

/** Shows what was typed. Hidden until the script that makes it work has run. */
function revealButton(view: PageView, id: string): Html {
  const { showPasswordText, hidePasswordText } = texts(view).common;
  return html`<button type="button" class="reveal" data-reveal="${id}" data-show="${showPasswordText}" data-hide="${hidePasswordText}" aria-label="${showPasswordText}" aria-pressed="false" aria-controls="${id}" hidden>${icon(EYE)}</button>`;
}

/** Where the script says that capitals are locked: a password that is not seen looks the same with and without. */
function capsLock(view: PageView, id: string): Html {
  return html`<p class="caps-lock" role="status" data-caps-lock="${id}" data-text="${texts(view).common.capsLockText}"></p>`;
}

const EYE =
  'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.25a2.75 2.75 0 1 0 0 5.5 2.75 2.75 0 0 0 0-5.5z';

/** The main button of a form. */
export function submit(label: string): Html {
  return html`<button type="submit" class="button primary">${label}</button>`;
}

/** A link that looks like a button. `url` must be one of ours or have passed `webUrl`. */
export function linkButton(label: string, url: string, kind: 'primary' | 'secondary' = 'secondary'): Html {
  return html`<a class="button ${kind}" href="${url}">${label}</a>`;
}

/** The rules of a new password for the field `id`: a plain list, checked while typing when scripts run. */
export function rulesList(view: PageView, id: string, rules: readonly PasswordRule[]): Html {
  const t = texts(view).passwordRules;
  return html`<div class="rules" id="${id}-rules"><p>${t.passwordSecurityText}</p>
<ul data-rules="${id}" data-met="${t.met}">${rules.map((rule) => ruleItem(view, rule))}</ul></div>`;
}

function ruleItem(view: PageView, rule: PasswordRule): Html {
  const t: Readonly<Record<string, string>> = texts(view).passwordRules;
  // Of a group of parts either so many or, without a number, all must be there.
  const count = rule.format?.[0] ?? rule.items?.length ?? 0;
  const label = fill(t[rule.code] ?? rule.message, { count });
  return html`<li data-rule="${rule.code}" data-count="${count}"><span>${label} <span class="state"></span></span>${
    rule.items && html`<ul>${rule.items.map((item) => ruleItem(view, item))}</ul>`
  }</li>`;
}

/** Where a new password is chosen. `rulesList` tells the rules below it. */
export function newPasswordField(label: string, rules: readonly PasswordRule[]): Field {
  return {
    name: 'password',
    label,
    type: 'password',
    autocomplete: 'new-password',
    describedBy: 'password-rules',
    passwordRules: passwordRulesAttribute(rules),
  };
}

/** Password managers keep a new password with the name that is beside it. */
export function accountHint(account: string): Html {
  return html`<input type="text" value="${account}" autocomplete="username" aria-hidden="true" tabindex="-1" readonly hidden>`;
}

/**
 * The rules for password generators.
 * @see https://developer.apple.com/password-rules/
 */
export function passwordRulesAttribute(rules: readonly PasswordRule[]): string {
  return rules
    .map((rule) => {
      if (rule.code === 'lengthAtLeast') return `minlength: ${rule.format?.[0]};`;
      if (rule.code === 'identicalChars') return `max-consecutive: ${rule.format?.[0]};`;
      return rule.items ? 'required: lower; required: upper; required: digit;' : '';
    })
    .filter(Boolean)
    .join(' ');
}
