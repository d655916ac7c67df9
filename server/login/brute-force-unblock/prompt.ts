/** Lifts a block by the link of a mail. The link shows a button: mail scanners follow links, but press nothing. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { forgetFailures } from '../../connections/database/attempts.ts';
import { recordEvent } from '../../logs/events.ts';
import type { Services } from '../../services.ts';
import { findTicket, useTicket } from '../../tenants/tickets.ts';
import type { TicketData } from '../mail-links.ts';
import { pageView, sendPage } from '../respond.ts';
import { posted } from '../step.ts';
import { browserSecret, checkForm, formToken } from '../transaction.ts';
import { renderUnblock } from './page.ts';

const KIND = 'unblock';
const PATH = '/u/unblock';

export function registerUnblock(app: FastifyInstance, services: Services): void {
  app.get(PATH, async (request, reply) => {
    const { tenant, now } = request.context;
    const secret = String((request.query as { ticket?: unknown }).ticket ?? '');
    const ticket = await findTicket(services.database.read, tenant, KIND, secret);
    if (!ticket || ticket.used_at !== null || ticket.expires_at <= now)
      return showResult(services, request, reply, 'failed');
    const view = await pageView(services, request, await services.configurations.of(tenant));
    const csrf = formToken(services.vault, browserSecret(request, reply), secret);
    const { email = '' } = JSON.parse(ticket.data) as TicketData;
    const markup = renderUnblock({ ...view, status: 'confirm', csrf, action: PATH, hidden: { ticket: secret }, email });
    return sendPage(reply, view, markup);
  });

  app.post(PATH, async (request, reply) => {
    const { context } = request;
    const secret = posted(request, 'ticket');
    checkForm(services.vault, request, secret);
    const done = await services.database.write(async (sql) => {
      const ticket = await useTicket(sql, context.tenant, KIND, secret, context.now);
      const user_id = ticket?.user_id;
      if (!user_id) return false;
      await forgetFailures(sql, context.tenant, { user_id });
      await recordEvent(sql, context, { type: 'ublkdu', description: 'User unblocked by the link of a mail', user_id });
      return true;
    });
    return showResult(services, request, reply, done ? 'done' : 'failed');
  });
}

async function showResult(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  status: 'done' | 'failed',
): Promise<FastifyReply> {
  const view = await pageView(services, request, await services.configurations.of(request.context.tenant));
  return sendPage(reply, view, renderUnblock({ ...view, status }), { status: status === 'done' ? 200 : 400 });
}
