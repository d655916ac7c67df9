/** What the operations of `/client-grants` do. */
import { ApiError } from '../../http/errors.ts';
import { randomAlphanumeric } from '../../keys/secrets.ts';
import { withChanges } from '../../schema/resource.ts';
import { invalidBody } from '../invalid.ts';
import { checkpointAnswer, filterOf, listCollection, pageAnswer, pageOf } from '../lists.ts';
import { organizationsOfGrant } from '../organizations/client-grants/store.ts';
import { organizationsWithIds } from '../organizations/store.ts';
import { type Call, handle, type Route } from '../pipeline.ts';
import {
  createClientGrant,
  deleteClientGrant,
  getClientGrant,
  listClientGrants,
  listGrantOrganizations,
  updateClientGrant,
} from './operations.ts';
import { type ClientGrant, clientGrantResource } from './schema.ts';
import { partyKey, removeClientGrant } from './store.ts';

const FILTERS = ['audience', 'client_id', 'allow_any_organization', 'subject_type', 'default_for'] as const;

export const clientGrantRoutes: Route[] = [
  handle(listClientGrants, (call) => {
    const { query, services, context } = call;
    const { clientGrants } = services.stores;
    const filter = filterOf(FILTERS, query);
    return listCollection(call.sql, context.tenant, clientGrants, clientGrantResource, query, undefined, filter);
  }),

  handle(createClientGrant, async (call) => {
    const { services, context, sql } = call;
    const { clientGrants, clients } = services.stores;
    const grant = {
      ...call.body,
      id: `cgr_${randomAlphanumeric(16)}`,
      subject_type: call.body.subject_type ?? 'client',
    } as ClientGrant;
    if (!grant.client_id === !grant.default_for) {
      throw invalidBody('Missing required property: client_id');
    }
    if (grant.client_id && !(await clients.get(sql, context.tenant, grant.client_id))) {
      throw new ApiError(404, 'The client does not exist', 'inexistent_client');
    }
    await checkScopes(call, grant);
    if (await clientGrants.find(sql, context.tenant, 'party', partyKey(grant))) {
      throw new ApiError(409, 'A resource with the same id already exists', 'resource_conflict');
    }
    await clientGrants.insert(sql, context.tenant, grant, context.now);
    await services.configurations.touch(sql, context.tenant);
    return grant;
  }),

  handle(getClientGrant, (call) => requireGrant(call)),

  handle(updateClientGrant, async (call) => {
    const { services, context, sql, body } = call;
    const grant = withChanges(clientGrantResource, await requireGrant(call), body) as ClientGrant;
    await checkScopes(call, grant);
    await services.stores.clientGrants.replace(sql, context.tenant, grant, context.now);
    await services.configurations.touch(sql, context.tenant);
    return grant;
  }),

  handle(deleteClientGrant, async (call) => {
    const { services, context, sql, params } = call;
    const grant = await services.stores.clientGrants.get(sql, context.tenant, params.id);
    if (grant?.is_system) throw new ApiError(400, 'A system grant cannot be deleted', 'operation_not_supported');
    await removeClientGrant(sql, context.tenant, services.stores.clientGrants, params.id);
    await services.configurations.touch(sql, context.tenant);
  }),

  handle(listGrantOrganizations, async (call) => {
    const { services, sql, context, query } = call;
    const { tenant } = context;
    const { organizations } = services.stores;
    const ids = await organizationsOfGrant(sql, tenant, (await requireGrant(call)).id);
    if (query.take !== undefined) {
      const { page, next } = checkpointAnswer(query, ids, (id) => id);
      return { organizations: await organizationsWithIds(sql, tenant, organizations, page), ...next };
    }
    const { offset, limit } = pageOf(query);
    const page = await organizationsWithIds(sql, tenant, organizations, ids.slice(offset, offset + limit));
    return pageAnswer(query, 'organizations', page, ids.length);
  }),
];

async function requireGrant(call: Call): Promise<ClientGrant> {
  const { id } = call.params as { id: string };
  const grant = await call.services.stores.clientGrants.get(call.sql, call.context.tenant, id);
  if (!grant) throw new ApiError(404, 'The client grant does not exist', 'inexistent_client_grant');
  return grant;
}

/** A grant names scopes that its API knows. */
async function checkScopes(call: Call, grant: ClientGrant): Promise<void> {
  const { resourceServers } = call.services.stores;
  const api = await resourceServers.find(call.sql, call.context.tenant, 'identifier', grant.audience);
  if (!api) throw new ApiError(404, `The resource server does not exist`, 'inexistent_resource_server');
  // Recorded: an API that names no scope takes any.
  if (!api.scopes?.length) return;
  const known = new Set(api.scopes.map((scope) => scope.value));
  const unknown = grant.scope?.filter((scope) => !known.has(scope)) ?? [];
  if (unknown.length > 0) {
    throw new ApiError(
      400,
      `The following scopes are not allowed: ${JSON.stringify(unknown.slice(0, 10))}`,
      'invalid_body',
    );
  }
}
