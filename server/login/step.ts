/**
 * What every page of a login starts with: the transaction, its client, the connection that passwords belong to, and the
 * view. A step ends by handing back to the dispatcher at /authorize/resume.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Client } from '../api/clients/schema.ts';
import type { Connection } from '../api/connections/schema.ts';
import { isStillTheirs, type ProvenPassword, recordLogin, type StoredUser } from '../api/users/store.ts';
import { PageError } from '../http/errors.ts';
import { type LogEvent, recordEvent } from '../logs/events.ts';
import { registeredCallbacks } from '../oidc/authorize/redirect-uri.ts';
import { isText } from '../schema/text.ts';
import type { Services } from '../services.ts';
import { sendSessionCookie, sessionOf } from '../sessions/cookie.ts';
import { seenBy } from '../sessions/device.ts';
import { beginSession, sessionPolicy } from '../sessions/store.ts';
import type { Sql } from '../storage/database.ts';
import type { TenantConfiguration } from '../tenants/configuration.ts';
import type { FormView } from './form.ts';
import { pageView, sendPage } from './respond.ts';
import {
  attachSession,
  browserSecret,
  checkForm,
  formToken,
  requireTransaction,
  type Transaction,
} from './transaction.ts';

export type Step = {
  readonly services: Services;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly configuration: TenantConfiguration;
  readonly transaction: Transaction;
  readonly client: Client;
  /** The database connection of this login; undefined when the client has none. */
  readonly connection: Connection | undefined;
  /** Where the application is answered. */
  readonly target: string | undefined;
  readonly view: FormView;
};

/** Opens a page: GET takes `state` from the address, POST from the form, whose token is checked. */
export async function openStep(services: Services, request: FastifyRequest, reply: FastifyReply): Promise<Step> {
  const posted = request.method === 'POST';
  const source = (posted ? request.body : request.query) as { state?: unknown } | undefined;
  const transaction = await requireTransaction(services.database.read, request, source?.state);
  if (posted) checkForm(services.vault, request, transaction.state);
  const configuration = await services.configurations.of(request.context.tenant);
  const client = await services.directory.client(configuration, transaction.clientId);
  if (!client) throw new PageError('invalid_request', 'Unknown application', 'The application was removed meanwhile.');
  const csrf = formToken(services.vault, browserSecret(request, reply), transaction.state);
  return {
    services,
    request,
    reply,
    configuration,
    transaction,
    client,
    connection: await databaseConnection(services, configuration, client, transaction.params.connection),
    target: transaction.params.redirect_uri ?? registeredCallbacks(configuration, request.context, client)[0],
    view: {
      ...(await pageView(services, request, configuration, transaction.params.ui_locales)),
      csrf,
      state: transaction.state,
      action: request.url.split('?')[0]!,
    },
  };
}

async function databaseConnection(
  services: Services,
  configuration: TenantConfiguration,
  client: Client,
  wanted: string | undefined,
): Promise<Connection | undefined> {
  const enabled = (await services.directory.connectionsOf(configuration, client)).filter(
    ({ strategy }) => strategy === 'auth0',
  );
  return wanted === undefined
    ? enabled[0]
    : enabled.find(({ name, realms }) => name === wanted || realms?.includes(wanted));
}

/** A page of the hosted login with the state of this transaction. */
export function linkTo(step: Step, page: 'login' | 'signup' | 'forgot-password'): string {
  return `/u/${page}?state=${step.transaction.state}`;
}

export function show(step: Step, markup: string, status = 200): FastifyReply {
  return sendPage(step.reply, step.view, markup, { status, target: step.target });
}

/** A text field of the posted form, without surrounding space; empty when it was not sent. */
export function posted(request: FastifyRequest, name: string): string {
  return postedAsIs(request, name).trim();
}

/** A password of the posted form: as it is, space included. */
export function postedPassword(request: FastifyRequest, name = 'password'): string {
  return postedAsIs(request, name);
}

/** @throws PageError for what no person can have typed */
function postedAsIs(request: FastifyRequest, name: string): string {
  const value = (request.body as Record<string, unknown> | undefined)?.[name];
  if (typeof value !== 'string') return '';
  if (!isText(value)) throw new PageError('invalid_request', 'The form could not be read', `${name} is malformed.`);
  return value.slice(0, FIELD_LIMIT);
}

/** The longest value that is looked at, in characters; every field has a limit of its own below this. */
const FIELD_LIMIT = 1000;

/** What log events of this step have in common. */
export function eventOf(step: Step): Omit<LogEvent, 'type'> {
  return {
    client_id: step.client.client_id,
    client_name: step.client.name,
    connection: step.connection?.name,
    connection_id: step.connection?.id,
    strategy: step.connection?.strategy,
    strategy_type: step.connection ? 'database' : undefined,
    audience: step.transaction.params.audience,
    scope: step.transaction.params.scope,
  };
}

/** The password was changed while it was being compared. */
export class PasswordChanged extends Error {}

/**
 * Logs the user in: the session, the count, the event, in one unit of work with what the caller adds; then on to the
 * dispatcher.
 * @param by the password that proved who it is, or what makes the user whose first login this is
 * @throws PasswordChanged
 */
export async function finishLogin(
  step: Step,
  user: StoredUser,
  by: ProvenPassword | ((sql: Sql) => Promise<void>),
): Promise<FastifyReply> {
  const { services, request, reply, configuration, transaction } = step;
  const { tenant, ip, now } = request.context;
  const policy = sessionPolicy(configuration.settings);
  const before = await sessionOf(services.database.read, request);
  const session = await services.database.write(async (sql) => {
    if (typeof by === 'function') await by(sql);
    await recordLogin(sql, tenant, user.user_id, ip, now);
    if (typeof by !== 'function' && !(await isStillTheirs(sql, tenant, by))) throw new PasswordChanged();
    const begun = await beginSession(
      sql,
      {
        tenant,
        userId: user.user_id,
        connection: step.connection?.name ?? user.connection,
        now,
        seen: seenBy(request.context),
      },
      before,
      policy,
    );
    await attachSession(sql, tenant, transaction.state, begun.id);
    await recordEvent(sql, request.context, {
      type: 's',
      ...eventOf(step),
      user_id: user.user_id,
      user_name: user.email ?? user.username ?? undefined,
    });
    return begun;
  });
  sendSessionCookie(request, reply, session.secret, policy);
  return resume(step);
}

/** Hands back to the dispatcher. 303: whatever was posted, the next request is a GET. */
export function resume({ reply, transaction }: Step): FastifyReply {
  return reply.header('cache-control', 'no-store').redirect(`/authorize/resume?state=${transaction.state}`, 303);
}
