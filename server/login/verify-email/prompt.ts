/** Confirms an address by the link of a mail. The link shows a button: mail scanners follow links, but press nothing. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { getUser, replaceUser } from '../../api/users/store.ts';
import { recordEvent } from '../../logs/events.ts';
import type { Services } from '../../services.ts';
import { findTicket, useTicket } from '../../tenants/tickets.ts';
import { continueUrl, prepareMail, type TicketData } from '../mail-links.ts';
import { pageView, sendPage } from '../respond.ts';
import { posted } from '../step.ts';
import { browserSecret, checkForm, formToken } from '../transaction.ts';
import { renderVerifyEmail } from './page.ts';

const KIND = 'verify_email';
const PATH = '/u/email-verification';

export function registerVerifyEmail(app: FastifyInstance, services: Services): void {
  app.get(PATH, async (request, reply) => {
    const { tenant, now } = request.context;
    const secret = String((request.query as { ticket?: unknown }).ticket ?? '');
    const ticket = await findTicket(services.database.read, tenant, KIND, secret);
    if (!ticket || ticket.used_at !== null || ticket.expires_at <= now) {
      return showResult(services, request, reply, ticket?.used_at != null ? 'used' : 'expired', 400);
    }
    const view = await pageView(services, request, await services.configurations.of(tenant));
    const csrf = formToken(services.vault, browserSecret(request, reply), secret);
    const { email } = JSON.parse(ticket.data) as { email: string };
    return sendPage(
      reply,
      view,
      renderVerifyEmail({ ...view, status: 'confirm', csrf, action: PATH, hidden: { ticket: secret }, email }),
    );
  });

  app.post(PATH, async (request, reply) => {
    const secret = posted(request, 'ticket');
    checkForm(services.vault, request, secret);
    const { done, data } = await verify(services, request, secret);
    if (done) services.nudge('mail');
    return showResult(services, request, reply, done ? 'done' : 'used', done ? 200 : 400, data);
  });
}

/** The link is for one address: if the user has another one by now, it confirms nothing. */
async function verify(
  services: Services,
  request: FastifyRequest,
  secret: string,
): Promise<{ done: boolean; data: TicketData }> {
  const { context } = request;
  const { tenant, now } = context;
  const welcome = await prepareWelcome(services, request, secret);
  return services.database.write(async (sql) => {
    const ticket = await useTicket(sql, tenant, KIND, secret, now);
    const user = ticket?.user_id ? await getUser(sql, tenant, ticket.user_id) : undefined;
    const data = JSON.parse(ticket?.data ?? '{}') as TicketData;
    const { email, client_id } = data;
    const event = { client_id, user_id: user?.user_id, user_name: email, connection: user?.connection };
    if (!user || user.email !== email) {
      await recordEvent(sql, context, {
        type: 'fv',
        description: 'The link was used before, has expired, or is for another address.',
        ...event,
      });
      return { done: false, data };
    }
    await replaceUser(sql, tenant, { ...user, email_verified: true }, now);
    await recordEvent(sql, context, { type: 'sv', description: VERIFIED, ...event });
    if (!user.email_verified) await welcome?.(sql);
    return { done: true, data };
  });
}

const VERIFIED = 'Your email was verified.';

/** What greets a user whose address is confirmed for the first time, where the tenant wants that. */
async function prepareWelcome(services: Services, { context }: FastifyRequest, secret: string) {
  const { read } = services.database;
  const ticket = await findTicket(read, context.tenant, KIND, secret);
  const user = ticket?.user_id ? await getUser(read, context.tenant, ticket.user_id) : undefined;
  if (!ticket || !user) return undefined;
  const configuration = await services.configurations.of(context.tenant);
  const { client_id } = JSON.parse(ticket.data) as TicketData;
  const client = client_id ? await services.directory.client(configuration, client_id) : undefined;
  return prepareMail(services, context, configuration, { name: 'welcome_email', user, client });
}

async function showResult(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  status: 'done' | 'expired' | 'used',
  code: number,
  data: TicketData = {},
) {
  const view = await pageView(services, request, await services.configurations.of(request.context.tenant));
  const next = status === 'done' ? continueUrl(data, { success: true, message: VERIFIED }) : undefined;
  const markup = renderVerifyEmail({ ...view, status, ...(next ? { continueUrl: next } : {}) });
  return sendPage(reply, view, markup, { status: code });
}
