/** Chooses a new password by the link of a mail. It ends every session and every token of the user. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Connection } from '../../api/connections/schema.ts';
import { linkedIdentities, userIdOf } from '../../api/users/linked.ts';
import { endAccess, passwordOptions } from '../../api/users/passwords.ts';
import { getPassword, getUser, replaceUser, type StoredUser, setPassword } from '../../api/users/store.ts';
import { hashPassword, verifyPassword } from '../../connections/database/hash.ts';
import {
  checkPassword,
  historySize,
  type PasswordProblem,
  PROBLEMS,
  passwordRules,
} from '../../connections/database/policy.ts';
import { recordEvent } from '../../logs/events.ts';
import type { Services } from '../../services.ts';
import { clearSessionCookie } from '../../sessions/cookie.ts';
import { findTicket, useTicket } from '../../tenants/tickets.ts';
import { continueUrl, type TicketData } from '../mail-links.ts';
import { passwordError } from '../password-errors.ts';
import { pageView, sendPage } from '../respond.ts';
import { posted, postedPassword } from '../step.ts';
import { texts } from '../texts.ts';
import { browserSecret, checkForm, formToken } from '../transaction.ts';
import { renderResetPassword } from './page.ts';

const KIND = 'change_password';
const PATH = '/u/reset-password';

type Reset = {
  services: Services;
  request: FastifyRequest;
  reply: FastifyReply;
  secret: string;
  user: StoredUser;
  connection: Connection;
  data: TicketData;
};

export function registerResetPassword(app: FastifyInstance, services: Services): void {
  app.get(PATH, async (request, reply) => {
    const secret = String((request.query as { ticket?: unknown }).ticket ?? '');
    const opened = await open(services, request, reply, secret);
    return 'status' in opened ? showResult(services, request, reply, opened.status) : showForm(opened, {});
  });
  app.post(PATH, async (request, reply) => {
    const secret = posted(request, 'ticket');
    checkForm(services.vault, request, secret);
    const opened = await open(services, request, reply, secret);
    return 'status' in opened ? showResult(services, request, reply, opened.status) : change(opened);
  });
}

async function open(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  secret: string,
): Promise<Reset | { status: 'expired' | 'used' }> {
  const { tenant, now } = request.context;
  const { read } = services.database;
  const ticket = await findTicket(read, tenant, KIND, secret);
  const user = ticket?.user_id ? await getUser(read, tenant, ticket.user_id) : undefined;
  if (!ticket || !user || ticket.expires_at <= now) return { status: 'expired' };
  if (ticket.used_at !== null) return { status: 'used' };
  const data = JSON.parse(ticket.data) as TicketData;
  const name = data.linked?.connection ?? user.connection;
  const connection = await services.directory.connection(await services.configurations.of(tenant), name);
  if (!connection || !isStillAbout(user, data)) return { status: 'expired' };
  return { services, request, reply, secret, user, connection, data };
}

/**
 * Whether a link is still about this user: an identity that was unlinked meanwhile is somebody else's matter, and an
 * address that is no longer theirs may be somebody else's too.
 */
function isStillAbout(user: StoredUser, { linked, email }: TicketData): boolean {
  if (linked) return linkedIdentities(user).some((identity) => userIdOf(identity) === linked.password_id);
  return email === undefined || email.toLowerCase() === user.email?.toLowerCase();
}

async function showForm(
  { services, request, reply, secret, user, connection, data }: Reset,
  fieldErrors: Record<string, string>,
): Promise<FastifyReply> {
  const view = await pageView(services, request, await services.configurations.of(request.context.tenant));
  const failed = Object.keys(fieldErrors).length > 0;
  const markup = renderResetPassword({
    ...view,
    status: 'form',
    csrf: formToken(services.vault, browserSecret(request, reply), secret),
    action: PATH,
    hidden: { ticket: secret },
    email: data.email ?? user.email ?? user.username ?? '',
    rules: passwordRules(passwordOptions(connection)),
    ...(failed ? { fieldErrors } : {}),
  });
  return sendPage(reply, view, markup, { status: failed ? 400 : 200 });
}

async function showResult(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  status: 'done' | 'expired' | 'used',
  data: TicketData = {},
): Promise<FastifyReply> {
  const view = await pageView(services, request, await services.configurations.of(request.context.tenant));
  const done = status === 'done';
  const next = done ? continueUrl(data, { success: true, message: CHANGED }) : undefined;
  const markup = renderResetPassword({ ...view, status, ...(next ? { continueUrl: next } : {}) });
  return sendPage(reply, view, markup, { status: done ? 200 : 400 });
}

const CHANGED = 'You can now login to the application with the new password.';

async function change(reset: Reset): Promise<FastifyReply> {
  const { services, request, reply, secret, user, connection, data } = reset;
  const { context } = request;
  const { tenant, now } = context;
  const view = await pageView(services, request, await services.configurations.of(tenant));
  const { errors } = texts(view, 'reset-password');
  const password = postedPassword(request);
  if (!password) return showForm(reset, { password: errors['no-new-password'] });
  if (password !== postedPassword(request, 'password_confirmation')) {
    return showForm(reset, { password_confirmation: errors['password-mismatch'] });
  }
  const problem = await problemOf(reset, password);
  if (problem) return showForm(reset, { password: passwordError(view, 'reset-password', problem) });

  const hash = await hashPassword(password);
  const event = {
    user_id: user.user_id,
    user_name: user.email ?? undefined,
    connection: connection.name,
    connection_id: connection.id,
  };
  const done = await services.database.write(async (sql) => {
    const ticket = await useTicket(sql, tenant, KIND, secret, now);
    // As they are by now: what an administrator changed while the password was hashed stays.
    const current = ticket && (await getUser(sql, tenant, user.user_id));
    if (!current || !isStillAbout(current, data)) return false;
    const passwordId = data.linked?.password_id ?? user.user_id;
    await setPassword(sql, tenant, passwordId, hash, { now, keep: historySize(passwordOptions(connection)) });
    // Whoever read the mail has the address. A link that came another way says whether that is known.
    const changed = {
      ...current,
      last_password_reset: new Date(now).toISOString(),
      ...(current.email && !data.linked && data.mark_email_as_verified !== false ? { email_verified: true } : {}),
    };
    await replaceUser(sql, tenant, changed, now);
    await endAccess(sql, tenant, user.user_id, now);
    await recordEvent(sql, context, { type: 'scp', description: 'Password changed', ...event });
    return true;
  });
  if (done) clearSessionCookie(request, reply);
  return showResult(services, request, reply, done ? 'done' : 'used', data);
}

async function problemOf(
  { services, request, user, connection, data }: Reset,
  password: string,
): Promise<PasswordProblem | undefined> {
  const options = passwordOptions(connection);
  const [problem] = checkPassword(password, options, user);
  const size = historySize(options);
  const stored =
    !problem && size > 0
      ? await getPassword(services.database.read, request.context.tenant, data.linked?.password_id ?? user.user_id)
      : undefined;
  if (!stored) return problem;
  for (const hash of [stored.hash, ...stored.history].slice(0, size)) {
    if ((await verifyPassword(password, hash)).ok) return PROBLEMS.history;
  }
  return undefined;
}
