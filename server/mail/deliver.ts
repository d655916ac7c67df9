/**
 * Delivery of the outbox: at least once, by any number of nodes, each mail by one node at a time. A node claims a mail
 * by moving its next attempt past the time a delivery may take, so a node that dies gives its mails back by itself.
 *
 * Without a mail server the same way leads to `announce`: every new mail is told once, after its commit.
 */
import type { FastifyBaseLogger } from 'fastify';
import type { Transporter } from 'nodemailer';
import { type Egress, publicAddressOf } from '../http/egress.ts';
import type { Database } from '../storage/database.ts';
import { statement } from '../storage/statement.ts';
import type { MailTable } from '../storage/tables.ts';
import {
  graphMail,
  graphToken,
  type Provider,
  type ProviderRequest,
  providerRequest,
  smtpHeaders,
  smtpServer,
  TAKEN,
} from './providers.ts';

export type Mailer = {
  /** Delivers (or announces) what is due. Answers how many mails were dealt with, failed attempts included. */
  deliverDue(): Promise<number>;
};

export type MailerOptions = {
  readonly database: Database;
  /** `smtp://` or `smtps://`; without it mails are announced and kept. */
  readonly smtpUrl?: string | undefined;
  /** The sender: an address, or a name and an address in angle brackets. */
  readonly mailFrom: string;
  readonly clock: () => number;
  readonly log: Pick<FastifyBaseLogger, 'warn' | 'error'>;
  /** The provider of a tenant, where it has one that is in use. */
  readonly providerOf?: (tenant: string) => Promise<Provider | undefined>;
  /** By which providers are asked; needed with `providerOf`. */
  readonly egress?: Egress;
  /** Whether the server of a provider may be in a private network. */
  readonly allowPrivate?: boolean;
  /** Tells of a kept mail; writes to the process log unless given. */
  readonly announce?: (mail: MailTable) => void;
};

/** After this many attempts a mail has failed: with the waits below, a little over two hours after the first. */
const MAX_ATTEMPTS = 8;
/** Before the second attempt; doubles with each further one. */
const FIRST_WAIT = 60_000;
/** How long a claim holds, and how long the mail server may take in all: the first must be longer. */
const CLAIM = 120_000;
const SMTP_LIMIT = 90_000;
const PROVIDER_LIMIT = 30_000;
/** Mails handled at once. */
const BATCH = 4;
/** Kept mails wait for no further attempt. */
const NEVER = Number.MAX_SAFE_INTEGER;

type Due = { status: 'pending' | 'kept'; now: number };
type Claimable = { tenant: string; id: string; next_attempt_at: number };
const findDue = statement<Due & { limit: number }, Claimable>((q, bind) =>
  q
    .selectFrom('mails')
    .select(['tenant', 'id', 'next_attempt_at'])
    .where('status', '=', bind('status'))
    .where('next_attempt_at', '<=', bind('now'))
    .orderBy('next_attempt_at')
    .limit(bind('limit')),
);
type Claim = { tenant: string; id: string; status: 'pending' | 'kept'; seen: number; until: number };
const claimMail = statement<Claim, MailTable>((q, bind) =>
  q
    .updateTable('mails')
    .set((e) => ({ next_attempt_at: bind('until'), attempts: e('attempts', '+', 1) }))
    .where('tenant', '=', bind('tenant'))
    .where('id', '=', bind('id'))
    .where('status', '=', bind('status'))
    .where('next_attempt_at', '=', bind('seen'))
    .returningAll(),
);
const retryLater = statement<{ tenant: string; id: string; at: number }>((q, bind) =>
  q
    .updateTable('mails')
    .set({ next_attempt_at: bind('at') })
    .where('tenant', '=', bind('tenant'))
    .where('id', '=', bind('id'))
    .where('status', '=', 'pending'),
);
const keep = statement<{ tenant: string; id: string }>((q, bind) =>
  q
    .updateTable('mails')
    .set({ status: 'kept' })
    .where('tenant', '=', bind('tenant'))
    .where('id', '=', bind('id'))
    .where('status', '=', 'pending'),
);
/** The bodies go: their links are secrets, and nobody reads them here again. */
const finish = statement<{ tenant: string; id: string; status: 'sent' | 'failed' }>((q, bind) =>
  q
    .updateTable('mails')
    .set({ status: bind('status'), html: '', text: '' })
    .where('tenant', '=', bind('tenant'))
    .where('id', '=', bind('id')),
);

/** How a mail of a tenant goes out: its own provider, the server of the installation, or not now, for a reason. */
type Way = { readonly provider: Provider } | { readonly url: string } | { readonly trouble: unknown };

/** What sends mails that are due, of all tenants; safe beside others of other processes, since each claims a mail first. */
export function makeMailer(options: MailerOptions): Mailer {
  const { database, smtpUrl, clock } = options;
  // With a server of its own an installation keeps nothing; what was kept before it had one stays as it is.
  const statuses = smtpUrl ? (['pending'] as const) : (['pending', 'kept'] as const);
  return {
    async deliverDue() {
      let handled = 0;
      for (const status of statuses) {
        for (;;) {
          const due = await database.read.all(findDue, { status, now: clock(), limit: BATCH });
          if (due.length === 0) break;
          // A claim moves a mail out of what is due, here or on another node, so this comes to an end.
          const outcomes = await Promise.all(due.map((mail) => handle(options, status, mail)));
          handled += outcomes.filter((taken) => taken).length;
        }
      }
      return handled;
    },
  };
}

/** Whether the mail was dealt with here; another node may have it. */
async function handle(options: MailerOptions, status: 'pending' | 'kept', due: Claimable): Promise<boolean> {
  const { database, clock, announce = (mail: MailTable) => tellLog(options.log, mail) } = options;
  const { tenant, id, next_attempt_at: seen } = due;
  const way = status === 'pending' ? await wayOf(options, tenant) : undefined;
  const until = way ? clock() + CLAIM : NEVER;
  const mail = await database.write((sql) => sql.first(claimMail, { tenant, id, status, seen, until }));
  if (!mail) return false;
  if (way) await attempt(options, mail, way);
  else announce(mail);
  // The provider it waited for was taken away.
  if (!way && status === 'pending') await database.write((sql) => sql.run(keep, { tenant, id }));
  return true;
}

async function wayOf({ providerOf, smtpUrl }: MailerOptions, tenant: string): Promise<Way | undefined> {
  try {
    const provider = await providerOf?.(tenant);
    if (provider) return { provider };
  } catch (error) {
    // Settings that cannot be read are a failed attempt at this mail, as is a provider that does not answer.
    return { trouble: error };
  }
  return smtpUrl ? { url: smtpUrl } : undefined;
}

async function attempt(options: MailerOptions, mail: MailTable, way: Way): Promise<void> {
  const { database, clock, log } = options;
  const { tenant, id, attempts } = mail;
  try {
    if ('trouble' in way) throw way.trouble;
    if ('url' in way) await sendBySmtp({ url: way.url }, mail.sender ?? options.mailFrom, mail, {});
    else await sendByProvider(options, way.provider, mail);
    await database.write((sql) => sql.run(finish, { tenant, id, status: 'sent' }));
  } catch (error) {
    const final = attempts >= MAX_ATTEMPTS || isRefusal(error);
    log.error({ err: error, tenant, mail: id, attempts, final }, 'A mail could not be delivered.');
    await database.write((sql) =>
      final
        ? sql.run(finish, { tenant, id, status: 'failed' })
        : sql.run(retryLater, { tenant, id, at: clock() + FIRST_WAIT * 2 ** (attempts - 1) }),
    );
  }
}

/** What the provider says about a mail that it will never take. */
class ProviderRefusal extends Error {}

async function sendByProvider(options: MailerOptions, provider: Provider, mail: MailTable): Promise<void> {
  const from = mail.sender ?? (provider.default_from_address || options.mailFrom);
  const smtp = smtpServer(provider);
  if (smtp) return sendBySmtp(await checked(smtp, options.allowPrivate), from, mail, smtpHeaders(provider));
  const { id, recipient: to, subject, html, text } = mail;
  const outgoing = { id, from, to, subject, html, text };
  const token = graphToken(provider);
  const request = token
    ? graphMail(outgoing, await accessToken(options, token))
    : providerRequest(provider, outgoing, options.clock());
  if (!request) throw new Error(`There is no way to send by ${provider.name}.`);
  const answer = await ask(options, request);
  // Mandrill takes the request and says in the answer what became of the mail.
  if (provider.name === 'mandrill' && /"status":\s*"(rejected|invalid)"/.test(answer))
    throw new ProviderRefusal(answer);
}

/** @throws ProviderRefusal for what will be no better later; others for what may be */
async function ask({ egress }: MailerOptions, { url, request }: ProviderRequest): Promise<string> {
  const { status, body } = await egress!.send(url, { ...request, timeoutMs: PROVIDER_LIMIT });
  const text = body.toString('utf8').slice(0, 2000);
  if (status < TAKEN) return text;
  const message = `${new URL(url).host} answered ${status}: ${text.slice(0, 300)}`;
  throw [400, 413, 422].includes(status) ? new ProviderRefusal(message) : new Error(message);
}

async function accessToken(options: MailerOptions, request: ProviderRequest): Promise<string> {
  const { access_token } = JSON.parse(await askWhole(options, request)) as { access_token?: string };
  if (!access_token) throw new Error('The provider gave no access token.');
  return access_token;
}

async function askWhole({ egress }: MailerOptions, { url, request }: ProviderRequest): Promise<string> {
  const { status, body } = await egress!.send(url, { ...request, timeoutMs: PROVIDER_LIMIT });
  if (status >= TAKEN) throw new Error(`${new URL(url).host} answered ${status}.`);
  return body.toString('utf8');
}

/** A tenant chooses the server, so it is connected to by an address that was checked (CWE-918). */
async function checked(server: { host?: string }, allowPrivate = false): Promise<object> {
  if (allowPrivate || server.host === undefined) return server;
  return { ...server, host: await publicAddressOf(server.host), tls: { servername: server.host } };
}

/** One connection for one mail: mails are rare, and a connection that is kept must be watched. */
async function sendBySmtp(
  server: object,
  from: string,
  mail: MailTable,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    ...server,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 30_000,
    // Text that looks like a path or an address to fetch stays text.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const { subject, html, text } = mail;
  await within(SMTP_LIMIT, transport, {
    from,
    // An object is one address; text would be read as a list of them.
    to: { name: '', address: mail.recipient },
    subject,
    html,
    text,
    // The same on every attempt, so that a mail which arrives twice is recognised (RFC 5322 §3.6.4).
    messageId: `<${mail.id}@${/@([^>\s]+)/.exec(from)?.[1] ?? 'localhost'}>`,
    // RFC 3834 §5: no out-of-office notes in return.
    headers: { ...headers, 'Auto-Submitted': 'auto-generated' },
  });
}

/** Bounds the whole conversation: the timeouts of the connection only bound its silences. */
async function within(limit: number, transport: Transporter, message: Parameters<Transporter['sendMail']>[0]) {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The mail server took too long.')), limit);
  });
  try {
    await Promise.race([transport.sendMail(message), late]);
  } finally {
    clearTimeout(timer);
    transport.close();
  }
}

/**
 * RFC 5321 §4.2.1: a 5yz reply will not change. That holds for the recipient and the content; one to the login or the
 * sender is about our own settings, which may be mended while the mail waits.
 */
function isRefusal(error: unknown): boolean {
  if (error instanceof ProviderRefusal) return true;
  const { command, responseCode = 0 } = error as { command?: string; responseCode?: number };
  return responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA');
}

/** For development: the links of a mail can be followed from the terminal. */
function tellLog(log: MailerOptions['log'], mail: MailTable): void {
  const links = mail.text.match(/https?:\/\/[^\s"<>]+/g) ?? [];
  log.warn(
    { recipient: mail.recipient, subject: mail.subject, links },
    'No mail server is configured: the mail is in the inbox of the dashboard.',
  );
}
