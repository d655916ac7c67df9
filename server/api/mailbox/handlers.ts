/** What the operation of `/mailbox` does. */
import { countMails, listMails } from '../../mail/outbox.ts';
import { pageOf } from '../lists.ts';
import { handle, type Route } from '../pipeline.ts';
import { listMailbox } from './operations.ts';

export const mailboxRoutes: Route[] = [
  handle(listMailbox, async ({ sql, context, query }) => {
    const page = pageOf(query);
    const mails = await listMails(sql, context.tenant, page);
    return {
      messages: mails.map(({ id, recipient, subject, text, html, created_at }) => ({
        id,
        to: recipient,
        subject,
        text,
        html,
        created_at: new Date(created_at).toISOString(),
      })),
      total: await countMails(sql, context.tenant),
      start: page.offset,
      limit: page.limit,
    };
  }),
];
