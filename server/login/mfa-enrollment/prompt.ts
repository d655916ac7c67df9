/**
 * Adds an authenticator app by the link of an enrollment ticket. The secret is derived from the link, so that nothing is
 * kept before a code has proved that an app has it.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { getUser, type StoredUser } from '../../api/users/store.ts';
import { recordEvent } from '../../logs/events.ts';
import { addTotp, isEnrolled } from '../../mfa/enrollments.ts';
import { base32, isTotp, SECRET_BYTES, totpUri } from '../../mfa/totp.ts';
import type { Services } from '../../services.ts';
import type { Sql } from '../../storage/database.ts';
import { findTicket, useTicket } from '../../tenants/tickets.ts';
import type { TicketData } from '../mail-links.ts';
import { pageView, sendPage } from '../respond.ts';
import { posted } from '../step.ts';
import { texts } from '../texts.ts';
import { browserSecret, checkForm, formToken } from '../transaction.ts';
import { renderMfaEnrollment } from './page.ts';

const KIND = 'mfa_enrollment';
const PATH = '/u/mfa-enrollment';

type Outcome = 'done' | 'expired' | 'used' | 'enrolled';
type Enrolling = { services: Services; request: FastifyRequest; reply: FastifyReply; ticket: string; user: StoredUser };

export function registerMfaEnrollment(app: FastifyInstance, services: Services): void {
  app.get(PATH, async (request, reply) => {
    const ticket = String((request.query as { ticket?: unknown }).ticket ?? '');
    const opened = await open(services, request, reply, ticket);
    return typeof opened === 'string' ? showResult(services, request, reply, opened) : showForm(opened);
  });
  app.post(PATH, async (request, reply) => {
    const ticket = posted(request, 'ticket');
    checkForm(services.vault, request, ticket);
    const opened = await open(services, request, reply, ticket);
    return typeof opened === 'string' ? showResult(services, request, reply, opened) : enroll(opened);
  });
}

async function open(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  ticket: string,
): Promise<Enrolling | Exclude<Outcome, 'done'>> {
  const { tenant, now } = request.context;
  const { read } = services.database;
  const found = await findTicket(read, tenant, KIND, ticket);
  const user = found?.user_id ? await getUser(read, tenant, found.user_id) : undefined;
  if (!found || !user || found.expires_at <= now) return 'expired';
  if (found.used_at !== null) return 'used';
  if (!(await mayAdd(read, tenant, user, found.data))) return 'enrolled';
  return { services, request, reply, ticket, user };
}

/** Who read a link must not add a second way in beside the first, unless the ticket was made for that. */
async function mayAdd(sql: Sql, tenant: string, user: StoredUser, data: string): Promise<boolean> {
  const { allow_multiple_enrollments } = JSON.parse(data) as TicketData;
  return allow_multiple_enrollments === true || !(await isEnrolled(sql, tenant, user.user_id));
}

function secretOf({ services, ticket }: Enrolling): Buffer {
  return Buffer.from(services.vault.digest('totp enrollment', ticket), 'base64url').subarray(0, SECRET_BYTES);
}

async function showForm(enrolling: Enrolling, error?: string): Promise<FastifyReply> {
  const { services, request, reply, ticket, user } = enrolling;
  const view = await pageView(services, request, await services.configurations.of(request.context.tenant));
  const secret = secretOf(enrolling);
  const account = user.email ?? user.username ?? user.user_id;
  const markup = renderMfaEnrollment({
    ...view,
    status: 'form',
    csrf: formToken(services.vault, browserSecret(request, reply), ticket),
    action: PATH,
    hidden: { ticket },
    secret: base32(secret),
    uri: totpUri(view.brand.name, account, secret),
    account,
    ...(error === undefined ? {} : { fieldErrors: { code: error } }),
  });
  return sendPage(reply, view, markup, { status: error === undefined ? 200 : 400 });
}

async function enroll(enrolling: Enrolling): Promise<FastifyReply> {
  const { services, request, reply, ticket, user } = enrolling;
  const { context } = request;
  const { tenant, now } = context;
  const secret = secretOf(enrolling);
  if (!isTotp(secret, posted(request, 'code'), now)) {
    const view = await pageView(services, request, await services.configurations.of(tenant));
    return showForm(enrolling, texts(view, 'mfa-otp-enrollment-code').errors['invalid-code']);
  }
  const outcome = await services.database.write(async (sql): Promise<Outcome> => {
    const used = await useTicket(sql, tenant, KIND, ticket, now);
    if (!used) return 'used';
    if (!(await mayAdd(sql, tenant, user, used.data))) return 'enrolled';
    const id = await addTotp(sql, services.vault, tenant, { userId: user.user_id, secret: base32(secret) }, now);
    await recordEvent(sql, context, {
      type: 'gd_enrollment_complete',
      description: 'Guardian - Enrollment complete (otp)',
      user_id: user.user_id,
      user_name: user.email ?? undefined,
      connection: user.connection,
      details: { enrollment_id: id },
    });
    return 'done';
  });
  return showResult(services, request, reply, outcome);
}

async function showResult(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  status: Outcome,
): Promise<FastifyReply> {
  const view = await pageView(services, request, await services.configurations.of(request.context.tenant));
  return sendPage(reply, view, renderMfaEnrollment({ ...view, status }), { status: status === 'done' ? 200 : 400 });
}
