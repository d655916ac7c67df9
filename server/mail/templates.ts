/**
 * What mails say. Templates are data in Liquid, the vendor's template language, so that a tenant's own template can
 * take the place of a default one; rendering fills in the variables.
 *
 * This folder owns the texts, the outbox (`outbox.ts`) and the delivery (`deliver.ts`). It knows nothing of what a
 * link does or why a mail is sent.
 */
import type { Liquid } from 'liquidjs';
import { plainTextOf } from './plain-text.ts';

/** Liquid in every part. Without `text` the mail's text is taken from its HTML; without `from` the sender is the usual one. */
export type MailTemplate = {
  readonly subject: string;
  readonly html: string;
  readonly text?: string;
  readonly from?: string;
};

export type RenderedMail = {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** An address, or a name and an address in angle brackets. */
  readonly sender?: string;
};

/** What a template may use. Names are the vendor's; `ttl` is how long the link works, in seconds. */
export type MailVariables = {
  readonly application: { readonly name: string; readonly clientID?: string; readonly callback_domain?: string };
  readonly connection?: { readonly name: string };
  readonly custom_domain?: { readonly domain: string; readonly domain_metadata: Readonly<Record<string, string>> };
  readonly user: Readonly<Record<string, unknown>>;
  /** Of invitations: to what, by whom, and the names of the roles that come with it. */
  readonly organization?: Readonly<Record<string, unknown>>;
  readonly inviter?: { readonly name: string };
  readonly roles?: readonly string[];
  readonly url: string;
  readonly tenant: string;
  readonly friendly_name: string;
  readonly support_email?: string | undefined;
  readonly support_url?: string | undefined;
  readonly ttl: number;
};

type Wording = {
  readonly subject: string;
  readonly heading: string;
  readonly lead: string;
  readonly button: string;
  /** What to know about the link. */
  readonly note: string;
};

const FONT = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

/** One layout for all defaults: a card, a button, the plain link for clients that show none. */
function template({ subject, heading, lead, button, note }: Wording): MailTemplate & { readonly text: string } {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light">
<title>${subject}</title>
</head>
<body style="margin:0;padding:0;background:#f4f1ea;color:#101a18;font:16px/1.5 ${FONT}">
<div style="max-width:520px;margin:0 auto;padding:40px 16px">
<p style="margin:0 0 16px;font-size:14px;font-weight:600;color:#4a5753">{{ friendly_name }}</p>
<div style="background:#ffffff;border:1px solid #e4e0d6;border-radius:12px;padding:32px">
<h1 style="margin:0 0 12px;font-size:22px;line-height:1.3;color:#101a18">${heading}</h1>
<p style="margin:0 0 24px">${lead}</p>
<p style="margin:0 0 24px"><a href="{{ url }}" style="display:inline-block;padding:12px 24px;border-radius:8px;\
background:#0f4a40;color:#ffffff;font-weight:600;text-decoration:none">${button}</a></p>
<p style="margin:0 0 4px;font-size:14px;color:#4a5753">If the button does not work, open this link:</p>
<p style="margin:0 0 24px;font-size:14px;word-break:break-all"><a href="{{ url }}" style="color:#0f5e50">{{ url }}</a></p>
<p style="margin:0;font-size:14px;color:#4a5753">${note}</p>
</div>
<p style="margin:16px 0 0;font-size:13px;color:#56635f">Sent to {{ user.email }} by {{ friendly_name }}.\
{% if support_url %} <a href="{{ support_url }}" style="color:#4a5753">Get help</a>{% endif %}\
{% if support_email %} <a href="mailto:{{ support_email }}" style="color:#4a5753">{{ support_email }}</a>{% endif %}</p>
</div>
</body>
</html>
`;
  const text = `${heading}

${lead}

{{ url }}

${note}

--
Sent to {{ user.email }} by {{ friendly_name }}.
{% if support_url %}{{ support_url }}
{% endif %}{% if support_email %}{{ support_email }}
{% endif %}`;
  return { subject, html, text };
}

const ORGANIZATION = '{{ organization.display_name | default: organization.name }}';

/** The defaults. `welcome_email` is sent only where a tenant turns it on. */
export const mailTemplates = {
  verify_email: template({
    subject: 'Confirm your e-mail address for {{ application.name }}',
    heading: 'Confirm your e-mail address',
    lead: 'Please confirm that this address is yours, so that {{ application.name }} can rely on it.',
    button: 'Confirm address',
    note: 'The link works once, for {{ ttl | duration }}. If you did not sign up, you need not do anything.',
  }),
  reset_email: template({
    subject: 'Choose a new password for {{ friendly_name }}',
    heading: 'Choose a new password',
    lead: 'Someone asked for a new password for your account. If that was you, choose it here.',
    button: 'Choose a new password',
    note: 'The link works once, for {{ ttl | duration }}. If it was not you, your password stays as it is.',
  }),
  enrollment_email: template({
    subject: 'Add a second step to your {{ friendly_name }} login',
    heading: 'Add a second step to your login',
    lead: 'With an authenticator app on your phone, a stolen password alone opens nothing. It takes a minute.',
    button: 'Set up the app',
    note: 'The link works once, for {{ ttl | duration }}. Do not pass it on: whoever has it can add an app to your account.',
  }),
  blocked_account: template({
    subject: 'Your account at {{ friendly_name }} was blocked',
    heading: 'Your account was blocked',
    lead: 'Too many wrong passwords were tried for your account in a row, so logins from that address are refused. If it was you, lift the block here.',
    button: 'Lift the block',
    note: 'The link works once, for {{ ttl | duration }}. If it was not you, your password still protects your account; think of choosing a new one.',
  }),
  welcome_email: template({
    subject: 'Welcome to {{ application.name }}',
    heading: 'Welcome to {{ application.name }}',
    lead: 'Your account is ready.',
    button: 'Open {{ application.name }}',
    note: 'You get this mail because an account was made with this address.',
  }),
  user_invitation: template({
    subject: `{{ inviter.name }} invites you to ${ORGANIZATION}`,
    heading: `Join ${ORGANIZATION}`,
    lead: `{{ inviter.name }} invites you to use {{ application.name }} with ${ORGANIZATION}.`,
    button: 'Accept the invitation',
    note: 'The link works once, for {{ ttl | duration }}. If you do not know who sent it, you need not do anything.',
  }),
} as const satisfies Record<string, MailTemplate>;

/** An invitation to administer. No tenant has a template of its own for it: it is about us, not their application. */
export const administratorInvitation: MailTemplate = template({
  subject: 'You are invited to administer {{ friendly_name }}',
  heading: 'Administer {{ friendly_name }}',
  lead: '{% if inviter %}{{ inviter.name }} invites you{% else %}You are invited{% endif %} to administer {{ friendly_name }}. Choose a password, and you are in.',
  button: 'Accept the invitation',
  note: 'The link works once, for {{ ttl | duration }}. If you do not know who sent it, you need not do anything.',
});

/** The longest subject. RFC 5322 §2.1.1 allows longer lines; mail programs do not show them. */
const SUBJECT_LIMIT = 200;

/**
 * Fills a template. Values are escaped in HTML; a subject is one line whatever the values hold (CWE-93).
 * @throws when the template is not valid Liquid, or works longer than a mail may.
 */
export async function renderMail(template: MailTemplate, variables: MailVariables): Promise<RenderedMail> {
  const { html, plain } = await engines();
  const [subject, body, text, from] = await Promise.all([
    plain.parseAndRender(template.subject, variables),
    html.parseAndRender(template.html, variables),
    plain.parseAndRender(template.text ?? '', variables),
    plain.parseAndRender(template.from ?? '', variables),
  ]);
  const sender = oneLine(from);
  return {
    subject: oneLine(subject),
    html: body,
    text: template.text === undefined ? plainTextOf(body) : text,
    ...(sender ? { sender } : {}),
  };
}

/**
 * Fills a text that is no HTML, such as an address to go to.
 * @throws as `renderMail`
 */
export async function renderPlain(text: string, variables: MailVariables): Promise<string> {
  return oneLine(await (await engines()).plain.parseAndRender(text, variables), Number.POSITIVE_INFINITY);
}

/**
 * Fills a text of several lines that is no HTML, such as a message to a phone.
 * @throws as `renderMail`
 */
export async function renderText(text: string, variables: Readonly<Record<string, unknown>>): Promise<string> {
  return (await engines()).plain.parseAndRender(text, variables);
}

/** What is wrong with a text as a template; undefined when nothing is. */
export async function templateProblem(text: string): Promise<string | undefined> {
  try {
    (await engines()).plain.parse(text);
    return undefined;
  } catch (error) {
    return oneLine((error as Error).message);
  }
}

type Engines = { readonly html: Liquid; readonly plain: Liquid };
let loading: Promise<Engines> | undefined;

/** Loaded with the first mail: most processes start long before they send one. */
function engines(): Promise<Engines> {
  loading ??= import('liquidjs').then(({ Liquid }) => {
    // A tenant's template is not trusted: no files (`templates` takes their place), own properties only, bounded work.
    const bounds = { templates: {}, ownPropertyOnly: true, parseLimit: 1e6, renderLimit: 1000, memoryLimit: 1e7 };
    const html = new Liquid({ ...bounds, outputEscape: 'escape' });
    const plain = new Liquid(bounds);
    for (const engine of [html, plain]) engine.registerFilter('duration', durationText);
    // Every value is escaped already: templates that ask for it must not get it twice.
    for (const name of ['escape', 'escape_once', 'h']) html.registerFilter(name, (value: unknown) => value);
    return { html, plain };
  });
  return loading;
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** Seconds in words: the largest unit in which they are at least one, rounded down. */
function durationText(seconds: unknown): string {
  for (const [name, size] of UNITS) {
    const count = Math.floor(Number(seconds) / size);
    if (count >= 1) return `${count} ${name}${count === 1 ? '' : 's'}`;
  }
  return 'less than a minute';
}

function oneLine(text: string, limit = SUBJECT_LIMIT): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  const line = text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  return [...line].slice(0, limit).join('');
}
