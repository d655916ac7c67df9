/**
 * How each mail provider takes a mail: one request over its HTTP interface. A table of plain functions from credentials
 * and mail to a request; who sends it, and when again, is for `deliver.ts`. SMTP is there as well.
 *
 * Knows nothing of tenants. `custom` has no entry: it is an action that does it.
 */
import { createHash, createHmac } from 'node:crypto';
import type { EgressRequest } from '../http/egress.ts';

export type Provider = {
  readonly name: string;
  readonly default_from_address?: string | null;
  readonly credentials: Readonly<Record<string, unknown>>;
  readonly settings?: Readonly<Record<string, unknown>> | null;
};

export type OutgoingMail = {
  readonly id: string;
  /** An address, or a name and an address in angle brackets. */
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
};

export type ProviderRequest = { readonly url: string; readonly request: EgressRequest };

type Send = (
  mail: OutgoingMail,
  credentials: Record<string, string>,
  settings: Settings,
  now: number,
) => ProviderRequest;
type Settings = { readonly message?: Record<string, unknown>; readonly headers?: Record<string, string> };

/** A provider that answers with less than this has taken the mail. */
export const TAKEN = 300;

const json = (url: string, headers: Record<string, string>, body: unknown): ProviderRequest => ({
  url,
  request: { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) },
});
const bearer = (key: string | undefined) => ({ authorization: `Bearer ${key}` });

const SENDERS: Readonly<Record<string, Send>> = {
  mailgun: (mail, { api_key, domain, region }) => {
    const { from, to, subject, html, text } = mail;
    const form = new URLSearchParams({ from, to, subject, html, text, 'h:Message-Id': `<${mail.id}@${domain}>` });
    const basic = Buffer.from(`api:${api_key}`).toString('base64');
    return {
      url: `https://api.${region === 'eu' ? 'eu.' : ''}mailgun.net/v3/${encodeURIComponent(domain ?? '')}/messages`,
      request: {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: `Basic ${basic}` },
        body: form.toString(),
      },
    };
  },
  mandrill: (mail, { api_key }, { message }) => {
    const { name, email } = addressOf(mail.from);
    const { view_content_link } = message ?? {};
    return json(
      'https://mandrillapp.com/api/1.0/messages/send.json',
      {},
      {
        key: api_key,
        message: {
          from_email: email,
          ...(name ? { from_name: name } : {}),
          to: [{ email: mail.to, type: 'to' }],
          subject: mail.subject,
          html: mail.html,
          text: mail.text,
          ...(view_content_link === undefined ? {} : { view_content_link }),
        },
      },
    );
  },
  sendgrid: (mail, { api_key }) =>
    json('https://api.sendgrid.com/v3/mail/send', bearer(api_key), {
      personalizations: [{ to: [{ email: mail.to }] }],
      from: addressOf(mail.from),
      subject: mail.subject,
      content: [
        { type: 'text/plain', value: mail.text || ' ' },
        { type: 'text/html', value: mail.html },
      ],
    }),
  resend: ({ id, from, to, subject, html, text }, { api_key }) =>
    json(
      'https://api.resend.com/emails',
      { ...bearer(api_key), 'idempotency-key': id },
      {
        from,
        to: [to],
        subject,
        html,
        text,
      },
    ),
  sparkpost: ({ from, to, subject, html, text }, { api_key, region }) =>
    json(
      `https://api.${region === 'eu' ? 'eu.' : ''}sparkpost.com/api/v1/transmissions`,
      { authorization: api_key ?? '' },
      { recipients: [{ address: to }], content: { from, subject, html, text } },
    ),
  ses: sendSes,
  azure_cs: sendAzure,
};

/** The request that gives a mail to a provider; undefined when there is none for it, as for SMTP. */
export function providerRequest(provider: Provider, mail: OutgoingMail, now: number): ProviderRequest | undefined {
  const credentials = provider.credentials as Record<string, string>;
  return SENDERS[provider.name]?.(mail, credentials, (provider.settings ?? {}) as Settings, now);
}

/** The address of an SMTP server as nodemailer takes it. Undefined for other providers. */
export function smtpServer({ name, credentials }: Provider): object | undefined {
  if (name !== 'smtp') return undefined;
  const { smtp_host, smtp_port, smtp_user, smtp_pass } = credentials as Record<string, string & number>;
  const port: number = smtp_port ?? 587;
  return {
    host: smtp_host,
    port,
    secure: port === 465,
    ...(smtp_user ? { auth: { user: smtp_user, pass: smtp_pass ?? '' } } : {}),
  };
}

/** Headers that a mail over SMTP carries for whoever stands behind the server. */
export function smtpHeaders({ settings }: Provider): Record<string, string> {
  const { headers } = (settings ?? {}) as Settings;
  const allowed = ['X-MC-ViewContentLink', 'X-SES-Configuration-Set'];
  return Object.fromEntries(Object.entries(headers ?? {}).filter(([name]) => allowed.includes(name)));
}

/** Microsoft Graph takes two requests: a token (RFC 6749 §4.4), then the mail. */
export function graphToken({ name, credentials }: Provider): ProviderRequest | undefined {
  if (name !== 'ms365') return undefined;
  const { tenantId, clientId, clientSecret } = credentials as Record<string, string>;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId ?? '',
    client_secret: clientSecret ?? '',
    scope: 'https://graph.microsoft.com/.default',
  });
  return {
    url: `https://login.microsoftonline.com/${encodeURIComponent(tenantId ?? '')}/oauth2/v2.0/token`,
    request: {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    },
  };
}

export function graphMail(mail: OutgoingMail, token: string): ProviderRequest {
  const { email } = addressOf(mail.from);
  return json(`https://graph.microsoft.com/v1.0/users/${encodeURIComponent(email)}/sendMail`, bearer(token), {
    message: {
      subject: mail.subject,
      body: { contentType: 'HTML', content: mail.html },
      toRecipients: [{ emailAddress: { address: mail.to } }],
    },
    saveToSentItems: false,
  });
}

function addressOf(from: string): { email: string; name?: string } {
  const [, name = '', email] = /^\s*"?([^"<]*?)"?\s*<([^>]+)>\s*$/.exec(from) ?? [];
  if (email === undefined) return { email: from.trim() };
  return name ? { email, name } : { email };
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html — AWS Signature Version 4 */
function sendSes(
  mail: OutgoingMail,
  { accessKeyId, secretAccessKey, region = 'us-east-1' }: Record<string, string>,
  { message }: Settings,
  now: number,
): ProviderRequest {
  const set = message?.configuration_set_name;
  const body = JSON.stringify({
    FromEmailAddress: mail.from,
    Destination: { ToAddresses: [mail.to] },
    Content: {
      Simple: {
        Subject: { Data: mail.subject, Charset: 'UTF-8' },
        Body: { Html: { Data: mail.html, Charset: 'UTF-8' }, Text: { Data: mail.text, Charset: 'UTF-8' } },
      },
    },
    ...(set === undefined ? {} : { ConfigurationSetName: set }),
  });
  const host = `email.${region}.amazonaws.com`;
  const path = '/v2/email/outbound-emails';
  const date = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${date.slice(0, 8)}/${region}/ses/aws4_request`;
  const signed = 'content-type;host;x-amz-date';
  const canonical = `POST\n${path}\n\ncontent-type:application/json\nhost:${host}\nx-amz-date:${date}\n\n${signed}\n${sha256(body)}`;
  const toSign = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${sha256(canonical)}`;
  const key = scope.split('/').reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${secretAccessKey}`);
  const signature = hmac(key, toSign).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`;
  return {
    url: `https://${host}${path}`,
    request: {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-amz-date': date, authorization },
      body,
    },
  };
}

/** @see https://learn.microsoft.com/azure/communication-services/tutorials/hmac-header-tutorial */
function sendAzure(
  mail: OutgoingMail,
  { connectionString = '' }: Record<string, string>,
  _settings: Settings,
  now: number,
): ProviderRequest {
  const part = (name: string) => new RegExp(`(?:^|;)${name}=([^;]+)`, 'i').exec(connectionString)?.[1] ?? '';
  const endpoint = part('endpoint').replace(/\/$/, '');
  const path = '/emails:send?api-version=2023-03-31';
  const body = JSON.stringify({
    senderAddress: addressOf(mail.from).email,
    recipients: { to: [{ address: mail.to }] },
    content: { subject: mail.subject, html: mail.html, plainText: mail.text },
  });
  const hash = createHash('sha256').update(body).digest('base64');
  const date = new Date(now).toUTCString();
  const host = endpoint.replace(/^https?:\/\//, '');
  const signature = hmac(Buffer.from(part('accesskey'), 'base64'), `POST\n${path}\n${date};${host};${hash}`).toString(
    'base64',
  );
  const authorization = `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`;
  return json(
    `${endpoint}${path}`,
    { 'x-ms-date': date, 'x-ms-content-sha256': hash, authorization },
    JSON.parse(body),
  );
}
