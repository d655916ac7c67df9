/** What the operations of `/organizations/{id}/invitations` do. */
import { ApiError } from '../../../http/errors.ts';
import { randomAlphanumeric } from '../../../keys/secrets.ts';
import { prepareInvitation } from '../../../login/mail-links.ts';
import type { Sql } from '../../../storage/database.ts';
import type { Client } from '../../clients/schema.ts';
import type { Connection } from '../../connections/schema.ts';
import { strategyOf } from '../../connections/strategies/table.ts';
import { invalidBody } from '../../invalid.ts';
import { pageAnswer, pageOf, pickFields } from '../../lists.ts';
import { type Call, handle, type Route, type Where } from '../../pipeline.ts';
import { rolesWithIds } from '../../roles/lookup.ts';
import { assignableRoles } from '../roles/store.ts';
import type { Organization } from '../schema.ts';
import { requireOrganization } from '../store.ts';
import { createInvitation, deleteInvitation, getInvitation, listInvitations } from './operations.ts';
import type { Invitation } from './schema.ts';
import { invitationStore } from './store.ts';

/** Seven days, in seconds. */
const TTL = 604_800;

export const invitationRoutes: Route[] = [
  handle(listInvitations, async (call) => {
    const { services, sql, context, query } = call;
    const { id } = await requireOrganization(call, call.params.id);
    const all = await invitationStore(services.vault).findAll(sql, context.tenant, 'organization', id);
    const [name, direction] = (query.sort ?? 'created_at:-1').split(':') as [
      'id' | 'created_at' | 'expires_at',
      string,
    ];
    // Times of the same length in text sort as times; equal ones stay in the order of creation.
    all.sort((a, b) => (a[name] < b[name] ? -1 : a[name] > b[name] ? 1 : 0));
    if (direction === '-1') all.reverse();
    const { offset, limit } = pageOf(query);
    const page = all.slice(offset, offset + limit).map((invitation) => pickFields(invitation, query));
    return pageAnswer(query, 'invitations', page, all.length);
  }),

  handle(
    createInvitation,
    async (call) => {
      const { services, sql, context, prepared } = call;
      // It may have gone while the mail was written.
      await requireOrganization(call, call.params.id);
      await invitationStore(services.vault).insert(sql, context.tenant, prepared.invitation, context.now);
      await prepared.sendMail?.(sql);
      sql.afterCommit(() => services.nudge('mail'));
      return prepared.invitation;
    },
    prepare,
  ),

  handle(getInvitation, async (call) => pickFields(await requireInvitation(call), call.query)),

  handle(deleteInvitation, async (call) => {
    const { id } = await requireInvitation(call);
    await invitationStore(call.services.vault).remove(call.sql, call.context.tenant, id);
  }),
];

async function requireInvitation(call: Where & { params: { id: string; invitation_id: string } }): Promise<Invitation> {
  const { services, sql, context, params } = call;
  const { id } = await requireOrganization(call, params.id);
  const invitation = await invitationStore(services.vault).get(sql, context.tenant, params.invitation_id);
  if (invitation?.organization_id === id) return invitation;
  throw new ApiError(404, 'The invitation does not exist.', 'inexistent_invitation');
}

type Prepared = { readonly invitation: Invitation; readonly sendMail: ((sql: Sql) => Promise<void>) | undefined };

/** Checks what the invitation leads to, makes its link, and writes the mail. */
async function prepare(call: Call<typeof createInvitation>): Promise<Prepared> {
  const { services, context, configuration } = call;
  const { ttl_sec, send_invitation_email, ...body } = call.body as Invitation & {
    ttl_sec?: number;
    send_invitation_email?: boolean;
  };
  const organization = await requireOrganization(call, call.params.id);
  const client = await requireClient(call, body.client_id);
  const connection = body.connection_id ? await requireConnection(call, body.connection_id) : undefined;
  if (body.roles) await assignableRoles(call, organization.id, body.roles);
  const ttl = ttl_sec || TTL;
  const ticket_id = randomAlphanumeric(32);
  const url = invitationUrl(client, configuration.settings.default_redirection_uri, organization, ticket_id);
  const invitation: Invitation = {
    ...body,
    id: `uinv_${randomAlphanumeric(16)}`,
    organization_id: organization.id,
    invitation_url: url,
    ticket_id,
    created_at: new Date(context.now).toISOString(),
    expires_at: new Date(context.now + ttl * 1000).toISOString(),
  };
  if (send_invitation_email === false) return { invitation, sendMail: undefined };
  const roles = (await rolesWithIds(call, body.roles ?? [])).map((role) => role.name);
  const sendMail = await prepareInvitation(services, context, configuration, {
    email: body.invitee.email,
    client,
    connection: connection?.name,
    url,
    ttl,
    organization,
    inviter: body.inviter,
    roles,
  });
  return { invitation, sendMail };
}

async function requireClient({ services, sql, context }: Where, id: string): Promise<Client> {
  const client = await services.stores.clients.get(sql, context.tenant, id);
  if (!client || client.global) throw invalidBody('The specified client_id does not exist', 'client_id');
  if (client.organization_usage !== 'allow' && client.organization_usage !== 'require') {
    throw invalidBody(`The specified client_id (${id}) does not allow organizations`, 'client_id');
  }
  return client;
}

async function requireConnection({ services, sql, context }: Where, id: string): Promise<Connection> {
  const connection = await services.stores.connections.get(sql, context.tenant, id);
  if (!connection) throw invalidBody('The specified connection does not exist', 'connection_id');
  if (strategyOf(connection.strategy).family === 'passwordless') {
    throw invalidBody('Passwordless connections are not supported', 'connection_id');
  }
  return connection;
}

/**
 * The login page of the client, or that of the tenant, with what it needs to start a login that accepts the invitation.
 * @throws ApiError 400 when neither has one
 */
function invitationUrl(client: Client, fallback: unknown, organization: Organization, ticket: string): string {
  const page = [client.initiate_login_uri, fallback]
    .filter((text): text is string => typeof text === 'string')
    .map((text) => text.replaceAll('{organization_name}', organization.name))
    .find((text) => /^https?:\/\//i.test(text) && URL.canParse(text));
  if (page === undefined) throw invalidBody('A default login route is required to generate the invitation url');
  const url = new URL(page);
  url.searchParams.set('invitation', ticket);
  url.searchParams.set('organization', organization.id);
  url.searchParams.set('organization_name', organization.name);
  return url.href;
}
