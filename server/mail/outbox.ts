/** The outbox: mails wait in a table, so that one is written if and only if what it tells of happened. */
import { randomAlphanumeric } from '../keys/secrets.ts';
import type { Sql } from '../storage/database.ts';
import { bindAll, statement } from '../storage/statement.ts';
import type { MailTable } from '../storage/tables.ts';

export type NewMail = {
  readonly tenant: string;
  /** One address without a name. */
  readonly recipient: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** An address, or a name and an address in angle brackets; the usual sender unless given. */
  readonly sender?: string | undefined;
  readonly now: number;
  /** Whether a mail server is configured; without one the mail is kept for the inbox of the dashboard. */
  readonly deliver: boolean;
};

/** A mail as lists show it. The bodies of a mail that was sent, or given up, are empty: their links are secrets. */
export type Mail = Pick<
  MailTable,
  'id' | 'recipient' | 'subject' | 'html' | 'text' | 'status' | 'attempts' | 'created_at'
>;

const insertMail = statement<MailTable>((q, bind) =>
  q
    .insertInto('mails')
    .values(
      bindAll(bind, [
        'tenant',
        'id',
        'recipient',
        'subject',
        'html',
        'text',
        'status',
        'attempts',
        'next_attempt_at',
        'created_at',
        'sender',
      ]),
    ),
);
const listNewestFirst = statement<{ tenant: string; offset: number; limit: number }, Mail>((q, bind) =>
  q
    .selectFrom('mails')
    .select(['id', 'recipient', 'subject', 'html', 'text', 'status', 'attempts', 'created_at'])
    .where('tenant', '=', bind('tenant'))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(bind('limit'))
    .offset(bind('offset')),
);
const countAll = statement<{ tenant: string }, { total: number }>((q, bind) =>
  q
    .selectFrom('mails')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('tenant', '=', bind('tenant')),
);

/** RFC 5321 §4.5.3.1: 64 for the local part, 255 for the domain. */
const RECIPIENT_LIMIT = 320;

/**
 * Writes a mail into the caller's unit of work; delivery follows the commit. Wake the job `mail` after it.
 * @returns the mail's id
 * @throws when the recipient is not one address.
 */
export async function queueMail(sql: Sql, mail: NewMail): Promise<string> {
  const { tenant, recipient, subject, html, text, now } = mail;
  // White space and angle brackets could begin a second address or a header (CWE-93).
  if (recipient.length > RECIPIENT_LIMIT || !/^[^\s<>@]+@[^\s<>@]+$/.test(recipient)) {
    throw new Error('A mail needs one address to go to.');
  }
  const id = `mail_${randomAlphanumeric(20)}`;
  const state = { status: mail.deliver ? 'pending' : 'kept', attempts: 0, next_attempt_at: now } as const;
  const row = { tenant, id, recipient, subject, html, text, ...state, created_at: now, sender: mail.sender ?? null };
  await sql.run(insertMail, row);
  return id;
}

/** Newest first. */
export function listMails(sql: Sql, tenant: string, page: { offset: number; limit: number }): Promise<Mail[]> {
  return sql.all(listNewestFirst, { tenant, ...page });
}

export async function countMails(sql: Sql, tenant: string): Promise<number> {
  return (await sql.first(countAll, { tenant }))?.total ?? 0;
}
