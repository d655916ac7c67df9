/**
 * /setup: links that make an administrator, log them in and lead to the dashboard. The one that the server prints while
 * nobody administers the tenant: whoever has it has read the server's output, which is the proof that is asked for. And
 * those of invitations: whoever has one has read the mail, which proves the address.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Connection } from '../../api/connections/schema.ts';
import { addUser, newUser } from '../../api/users/create.ts';
import { passwordOptions } from '../../api/users/passwords.ts';
import { recordLogin, type StoredUser } from '../../api/users/store.ts';
import { hashPassword } from '../../connections/database/hash.ts';
import { checkPassword, passwordRules } from '../../connections/database/policy.ts';
import { recordEvent } from '../../logs/events.ts';
import type { Services } from '../../services.ts';
import { sendSessionCookie } from '../../sessions/cookie.ts';
import { seenBy } from '../../sessions/device.ts';
import { beginSession, sessionPolicy } from '../../sessions/store.ts';
import { UniqueViolation } from '../../storage/database.ts';
import { findInvitation, type Invitation, useInvitation } from '../../tenants/administrator-invitations.ts';
import { addAdministrator, isAdministered } from '../../tenants/administrators.ts';
import { DATABASE_CONNECTION } from '../../tenants/provision.ts';
import { SETUP_TICKET } from '../../tenants/setup.ts';
import { findTicket, useTicket } from '../../tenants/tickets.ts';
import { isEmail } from '../fields.ts';
import { passwordError } from '../password-errors.ts';
import { pageView, sendPage } from '../respond.ts';
import { posted, postedPassword } from '../step.ts';
import { texts } from '../texts.ts';
import { browserSecret, checkForm, formToken } from '../transaction.ts';
import { renderSetup } from './page.ts';

const PATH = '/setup';
const DASHBOARD = '/dashboard/';

type Setup = {
  readonly services: Services;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly secret: string;
  readonly connection: Connection;
  /** What the link is of; undefined for the one that the server prints. */
  readonly invitation: Invitation | undefined;
};

export function registerSetup(app: FastifyInstance, services: Services): void {
  app.get(PATH, async (request, reply) => {
    const secret = String((request.query as { ticket?: unknown }).ticket ?? '');
    const setup = await open(services, request, reply, secret);
    return setup ? showForm(setup, {}) : showGone(services, request, reply);
  });
  app.post(PATH, async (request, reply) => {
    const secret = posted(request, 'ticket');
    checkForm(services.vault, request, secret);
    const setup = await open(services, request, reply, secret);
    return setup ? makeAdministrator(setup) : showGone(services, request, reply);
  });
}

async function open(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  secret: string,
): Promise<Setup | undefined> {
  const { tenant, now } = request.context;
  const { read } = services.database;
  const ticket = await findTicket(read, tenant, SETUP_TICKET, secret);
  // Nobody needs the link any more once there is an administrator, such as one that `latchkey setup` made.
  const printed =
    ticket !== undefined && ticket.used_at === null && ticket.expires_at > now && !(await isAdministered(read, tenant));
  const invitation = printed ? undefined : await findInvitation(read, tenant, secret, now);
  if (!printed && !invitation) return undefined;
  const connection = await services.directory.connection(await services.configurations.of(tenant), DATABASE_CONNECTION);
  return connection && { services, request, reply, secret, connection, invitation };
}

async function showForm(
  { services, request, reply, secret, connection, invitation }: Setup,
  { email, fieldErrors }: { email?: string; fieldErrors?: Record<string, string> },
): Promise<FastifyReply> {
  const view = await pageView(services, request, await services.configurations.of(request.context.tenant));
  const markup = renderSetup({
    ...view,
    status: 'form',
    csrf: formToken(services.vault, browserSecret(request, reply), secret),
    action: PATH,
    hidden: { ticket: secret },
    rules: passwordRules(passwordOptions(connection)),
    ...(email === undefined ? {} : { email }),
    ...(invitation ? { invited: invitation.email } : {}),
    ...(fieldErrors ? { fieldErrors } : {}),
  });
  return sendPage(reply, view, markup, { status: fieldErrors ? 400 : 200 });
}

async function showGone(services: Services, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const view = await pageView(services, request, await services.configurations.of(request.context.tenant));
  const markup = renderSetup({ ...view, status: 'gone', dashboardUrl: DASHBOARD });
  return sendPage(reply, view, markup, { status: 400 });
}

async function makeAdministrator(setup: Setup): Promise<FastifyReply> {
  const { services, request, reply, connection, invitation } = setup;
  const { tenant, now } = request.context;
  const { errors } = texts(await pageView(services, request, await services.configurations.of(tenant)), 'setup');
  const [email, password] = [invitation?.email ?? posted(request, 'email').toLowerCase(), postedPassword(request)];
  const fieldErrors = await problems(setup, email, password);
  if (Object.keys(fieldErrors).length > 0) return showForm(setup, { email, fieldErrors });

  const user = newUser(connection, { email, email_verified: true }, now);
  const hash = await hashPassword(password);
  try {
    const secret = await store(setup, user, hash);
    if (secret === undefined) return showGone(services, request, reply);
    const policy = sessionPolicy((await services.configurations.of(tenant)).settings);
    sendSessionCookie(request, reply, secret, policy);
    return reply.redirect(DASHBOARD, 303);
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
    return showForm(setup, { email, fieldErrors: { [invitation ? 'password' : 'email']: errors['email-in-use'] } });
  }
}

async function problems(
  { services, request, connection }: Setup,
  email: string,
  password: string,
): Promise<Record<string, string>> {
  const view = await pageView(services, request, await services.configurations.of(request.context.tenant));
  const { errors } = texts(view, 'setup');
  const found: Record<string, string> = {};
  if (!email) found.email = errors['no-email'];
  else if (!isEmail(email)) found.email = errors['invalid-email-format'];
  const [problem] = password ? checkPassword(password, passwordOptions(connection), { email }) : [];
  if (!password) found.password = errors['no-new-password'];
  else if (problem) found.password = passwordError(view, 'setup', problem);
  return found;
}

/** The secret of the new session, or undefined when the link ended meanwhile. */
async function store(
  { services, request, secret, connection, invitation }: Setup,
  user: StoredUser,
  hash: string,
): Promise<string | undefined> {
  const { context } = request;
  const { tenant, now, ip } = context;
  const policy = sessionPolicy((await services.configurations.of(tenant)).settings);
  return services.database.write(async (sql) => {
    const used = invitation
      ? await useInvitation(sql, tenant, invitation)
      : !(await isAdministered(sql, tenant)) && (await useTicket(sql, tenant, SETUP_TICKET, secret, now));
    if (!used) return undefined;
    await addUser(sql, tenant, user, hash, now);
    await addAdministrator(sql, tenant, user.user_id, now, invitation?.roles);
    const login = { tenant, userId: user.user_id, connection: connection.name, now, seen: seenBy(context) };
    const session = await beginSession(sql, login, undefined, policy);
    await recordLogin(sql, tenant, user.user_id, ip, now);
    await recordEvent(sql, context, {
      type: 'ss',
      description: invitation ? 'Administrator by invitation' : 'First administrator',
      user_id: user.user_id,
      user_name: user.email ?? undefined,
      connection: connection.name,
      connection_id: connection.id,
      strategy: connection.strategy,
    });
    return session.secret;
  });
}
