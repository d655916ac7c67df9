/**
 * Sending an authorization response (RFC 6749 §4.1.2, OAuth 2.0 Form Post Response Mode). `state` goes back if and only
 * if it came. A redirect URI that has a query keeps it.
 */
import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { html, renderHtml } from '../../http/html.ts';
import { redirectTo } from '../../http/redirect.ts';
import { stylesheet } from '../../login/assets.ts';
import { submit } from '../../login/form.ts';
import { heading } from '../../login/layout.ts';

export const RESPONSE_TYPES = ['code'] as const;
export const RESPONSE_MODES = ['query', 'fragment', 'form_post', 'web_message'] as const;
export type ResponseMode = (typeof RESPONSE_MODES)[number];

/** Where and how to answer. */
export type ResponseTarget = {
  readonly redirectUri: string;
  readonly mode: ResponseMode;
  readonly state: string | undefined;
  /** Told to the application, where the tenant wants that. */
  readonly issuer: string | undefined;
};

/**
 * Whether answers name their issuer, so that an application with several of them cannot mix them up (RFC 9207, RFC 9700
 * §4.4.2). Not unless it is set: the vendor's service does not, and an SDK may refuse what it does not expect.
 */
export function namesIssuer(settings: Readonly<Record<string, unknown>>): boolean {
  return settings.authorization_response_iss_parameter_supported === true;
}

type Fields = Readonly<Record<string, string>>;

const SENDERS: Readonly<
  Record<ResponseMode, (reply: FastifyReply, target: ResponseTarget, fields: Fields) => FastifyReply>
> = {
  query: (reply, { redirectUri }, fields) =>
    redirectTo(reply, redirectUri + (redirectUri.includes('?') ? '&' : '?') + encode(fields)),
  fragment: (reply, { redirectUri }, fields) => redirectTo(reply, `${redirectUri}#${encode(fields)}`),
  form_post: formPost,
  web_message: webMessage,
};

/** Sends success or error back to the application. */
export function sendAuthorizationResponse(reply: FastifyReply, target: ResponseTarget, fields: Fields): FastifyReply {
  const all = {
    ...fields,
    ...(target.state === undefined ? {} : { state: target.state }),
    ...(target.issuer === undefined ? {} : { iss: target.issuer }),
  };
  return SENDERS[target.mode](reply.header('cache-control', 'no-store'), target, all);
}

function encode(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}

function page(reply: FastifyReply, nonce: string, policy: string, markup: string): FastifyReply {
  const csp = `default-src 'none'; script-src 'nonce-${nonce}'; base-uri 'none'${policy}`;
  return reply.code(200).type('text/html; charset=utf-8').header('content-security-policy', csp).send(markup);
}

/** A page that posts itself and shows nothing; browsers without scripts get a page with a button. */
function formPost(reply: FastifyReply, { redirectUri }: ResponseTarget, fields: Fields): FastifyReply {
  const nonce = randomBytes(16).toString('base64');
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  const markup = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Continue</title>
<noscript><link rel="stylesheet" href="${stylesheet.path}"></noscript></head>
<body><form method="post" action="${redirectUri}">${inputs}<noscript><main class="card">
${heading('One more step', 'Your browser runs no scripts: press the button to go back to the application.')}
${submit('Continue')}
</main></noscript></form>
<script nonce="${nonce}">document.forms[0].submit()</script></body></html>`;
  return page(reply, nonce, "; style-src 'self'; frame-ancestors 'none'", renderHtml(markup));
}

/** Draft OAuth 2.0 Web Message Response Mode: told to the page that opened this one, at the application's origin only. */
function webMessage(reply: FastifyReply, { redirectUri }: ResponseTarget, fields: Fields): FastifyReply {
  const nonce = randomBytes(16).toString('base64');
  const message = { type: 'authorization_response', response: fields };
  // In a script only `<` can end it: escaped, the JSON is inert text.
  const json = (value: unknown) =>
    JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  const markup = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Authorization response</title></head><body>
<script nonce="${nonce}">(function(){var t=window.opener||window.parent;if(t&&t!==window)t.postMessage(${json(message)},${json(new URL(redirectUri).origin)})})()</script></body></html>`;
  return page(reply, nonce, '', markup);
}
