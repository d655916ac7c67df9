/** What the operations of `/organizations/{id}/clients` do. */
import { ApiError } from '../../../http/errors.ts';
import type { Client } from '../../clients/schema.ts';
import { pageAfter } from '../../lists.ts';
import { handle, type Route, type Where } from '../../pipeline.ts';
import { partId } from '../parts.ts';
import { requireOrganization } from '../store.ts';
import {
  addOrganizationClients,
  getOrganizationClient,
  listOrganizationClients,
  removeOrganizationClients,
  updateOrganizationClient,
} from './operations.ts';
import type { OrganizationClient } from './schema.ts';
import { organizationClients } from './store.ts';

/** The vendor's limit. */
const MOST_CLIENTS = 100;

export const organizationClientRoutes: Route[] = [
  handle(listOrganizationClients, async (call) => {
    const { sql, context, query } = call;
    const { id } = await requireOrganization(call, call.params.id);
    // Recorded: the newest first.
    const parts = (await organizationClients.findAll(sql, context.tenant, 'organization', id)).reverse();
    const { page, next } = pageAfter(query, parts, (part) => part.client_id);
    const clients: unknown[] = [];
    for (const part of page) clients.push(await shown(call, part));
    return { clients, ...next };
  }),

  handle(addOrganizationClients, async (call) => {
    const { services, sql, context, body } = call;
    const { tenant, now } = context;
    const { id } = await requireOrganization(call, call.params.id);
    const listed = (await organizationClients.findAll(sql, tenant, 'organization', id)).length;
    if (listed + body.clients.length > MOST_CLIENTS) {
      throw new ApiError(400, `An organization lists ${MOST_CLIENTS} clients at most.`, 'too_many_entities');
    }
    const answer: unknown[] = [];
    for (const { client_id, use_for_member_access = false } of body.clients) {
      const client = await services.stores.clients.get(sql, tenant, client_id);
      if (!client || client.global)
        throw new ApiError(400, `The client does not exist: ${client_id}`, 'inexistent_client');
      const part = { id: partId(id, client_id), organization_id: id, client_id, use_for_member_access };
      if (await organizationClients.get(sql, tenant, part.id)) {
        throw new ApiError(
          409,
          `The client is already listed for this organization: ${client_id}`,
          'organization_client_conflict',
        );
      }
      await organizationClients.insert(sql, tenant, part, now);
      answer.push(answerOf(part, client));
    }
    return answer;
  }),

  handle(removeOrganizationClients, async (call) => {
    const { sql, context, body } = call;
    const { id } = await requireOrganization(call, call.params.id);
    for (const clientId of body.clients) await organizationClients.remove(sql, context.tenant, partId(id, clientId));
  }),

  handle(getOrganizationClient, async (call) => shown(call, await requirePart(call))),

  handle(updateOrganizationClient, async (call) => {
    const { sql, context, body } = call;
    const part = { ...(await requirePart(call)), ...body };
    await organizationClients.replace(sql, context.tenant, part, context.now);
    return shown(call, part);
  }),
];

async function requirePart(call: Where & { params: { id: string; client_id: string } }): Promise<OrganizationClient> {
  const { sql, context, params } = call;
  const { id } = await requireOrganization(call, params.id);
  const part = await organizationClients.get(sql, context.tenant, partId(id, params.client_id));
  if (!part) throw new ApiError(404, 'The client is not listed for this organization.', 'inexistent_client');
  return part;
}

async function shown({ services, sql, context }: Where, part: OrganizationClient): Promise<unknown> {
  // Clients take their places in organizations along when they go.
  return answerOf(part, (await services.stores.clients.get(sql, context.tenant, part.client_id))!);
}

function answerOf({ client_id, use_for_member_access }: OrganizationClient, client: Client): unknown {
  const { name, is_first_party, grant_types } = client;
  return {
    client_id,
    use_for_member_access,
    client: { name, is_first_party: is_first_party ?? true, grant_types: grant_types ?? [] },
  };
}
