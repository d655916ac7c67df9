/** What the operations of `/tickets` do: links that work as the ones in mails do, for whoever sends mails themselves. */
import { ApiError } from '../../http/errors.ts';
import { randomSecret } from '../../keys/secrets.ts';
import { type TicketKind, ticketUrl, writeTicket } from '../../login/mail-links.ts';
import type { Client } from '../clients/schema.ts';
import { issuerOfLinks } from '../custom-domains/links.ts';
import { invalidBody } from '../invalid.ts';
import { type Call, handle, type Route } from '../pipeline.ts';
import { requirePowerOverUser } from '../powers.ts';
import { type LinkedLogin, linkedLogin } from '../users/linked.ts';
import { findUser, type StoredUser } from '../users/store.ts';
import { createPasswordTicket, createVerificationTicket } from './operations.ts';
import { namedClient, requireTicketUser } from './users.ts';

/** Five days, in seconds. */
const TTL = 432_000;

export const ticketRoutes: Route[] = [
  handle(createVerificationTicket, async (call) => {
    const { body } = call;
    const user = await requireTicketUser(call, body.user_id, body.identity);
    if (!user.email) throw new ApiError(400, 'The user does not have an email address.', 'invalid_body');
    const client = await namedClient(call, body.client_id);
    return { ticket: await write(call, 'verify_email', user, client) };
  }),

  handle(createPasswordTicket, async (call) => {
    const { body } = call;
    const { user, linked } = await passwordUser(call);
    await requirePowerOverUser(call, user.user_id);
    if (!(linked?.password_id ?? user.user_id).startsWith('auth0|'))
      throw new ApiError(400, 'The user has no password: it is not of a database connection', 'invalid_body');
    const client = await namedClient(call, body.client_id);
    const verified = body.mark_email_as_verified ?? false;
    return { ticket: await write(call, 'change_password', user, client, { verified, linked }) };
  }),
];

type PasswordCall = Call<typeof createPasswordTicket>;

/** By id, or by address within a connection. */
async function passwordUser(call: PasswordCall): Promise<{ user: StoredUser; linked?: LinkedLogin | undefined }> {
  const { services, sql, context, body } = call;
  if (body.user_id !== undefined) {
    if (body.email !== undefined)
      throw new ApiError(400, 'Give user_id, or email and connection_id, but not both', 'invalid_body');
    return { user: await requireTicketUser(call, body.user_id, body.identity) };
  }
  if (body.email === undefined || body.connection_id === undefined) {
    const missing = body.email === undefined ? 'user_id' : 'connection_id';
    throw invalidBody(`Missing required property: ${missing}`);
  }
  const connection = await services.stores.connections.get(sql, context.tenant, body.connection_id);
  if (!connection) throw new ApiError(400, 'The connection does not exist', 'inexistent_connection');
  const user = await findUser(sql, context.tenant, connection.name, 'email', body.email);
  if (!user) throw new ApiError(404, 'The user does not exist.', 'inexistent_user');
  return { user, linked: linkedLogin(user, connection.name, body.email) };
}

type TicketBody = { result_url?: string; client_id?: string; ttl_sec?: number; includeEmailInRedirect?: boolean };

async function write(
  call: Call<typeof createVerificationTicket> | PasswordCall,
  kind: TicketKind,
  user: StoredUser,
  client: Client | undefined,
  { verified, linked }: { verified?: boolean; linked?: LinkedLogin | undefined } = {},
): Promise<string> {
  const { sql, context } = call;
  const { result_url, ttl_sec, includeEmailInRedirect }: TicketBody = call.body;
  if (result_url !== undefined && client)
    throw new ApiError(400, 'result_url cannot be given with client_id', 'invalid_body');
  const issuer = await issuerOfLinks(call);
  const secret = randomSecret(32);
  await writeTicket(sql, context, {
    kind,
    secret,
    userId: user.user_id,
    // Zero is "the usual", as with the vendor.
    ttl: ttl_sec || TTL,
    data: {
      email: user.email ?? undefined,
      client_id: client?.client_id,
      result_url: result_url ?? client?.initiate_login_uri ?? undefined,
      include_email: includeEmailInRedirect ?? true,
      mark_email_as_verified: verified,
      linked,
    },
  });
  return ticketUrl(issuer, kind, secret);
}
