/** What the operations of `/organizations/{id}/connections` and `/organizations/{id}/enabled_connections` do. */
import { ApiError } from '../../../http/errors.ts';
import { withChanges } from '../../../schema/resource.ts';
import { type ListQuery, pageAnswer, pageOf } from '../../lists.ts';
import { handle, type Route, type Where } from '../../pipeline.ts';
import { partId } from '../parts.ts';
import { requireOrganization } from '../store.ts';
import {
  addEnabledConnection,
  addOrganizationConnection,
  getConnection,
  getEnabledConnection,
  listConnections,
  listEnabledConnections,
  removeConnection,
  removeEnabledConnection,
  updateConnection,
  updateEnabledConnection,
} from './operations.ts';
import { organizationConnectionResource } from './schema.ts';
import {
  addConnection,
  connectionsOfOrganization,
  organizationConnections,
  type Shown,
  settled,
  shownConnection,
  shownInFull,
} from './store.ts';

export const organizationConnectionRoutes: Route[] = [
  handle(listConnections, async (call) => {
    const { id } = await requireOrganization(call, call.params.id);
    const { is_enabled: wanted } = call.query;
    const all = await connectionsOfOrganization(call, id);
    const found = wanted === undefined ? all : all.filter(({ part }) => part.is_enabled === wanted);
    return page(call.query, 'connections', found, shownInFull);
  }),

  handle(addOrganizationConnection, async (call) => {
    const { id } = await requireOrganization(call, call.params.id);
    return shownInFull(await addConnection(call, id, call.body as { connection_id: string }));
  }),

  handle(getConnection, async (call) => shownInFull(await requirePart(call, call.params.connection_id))),

  handle(updateConnection, async (call) => shownInFull(await change(call, call.params.connection_id))),

  handle(removeConnection, (call) => remove(call, call.params.connection_id)),

  handle(listEnabledConnections, async (call) => {
    const { id } = await requireOrganization(call, call.params.id);
    const enabled = (await connectionsOfOrganization(call, id)).filter(({ part }) => part.is_enabled);
    return page(call.query, 'enabled_connections', enabled, shownEnabled);
  }),

  handle(addEnabledConnection, async (call) => {
    const { id } = await requireOrganization(call, call.params.id);
    return shownEnabled(await addConnection(call, id, call.body));
  }),

  handle(getEnabledConnection, async (call) => shownEnabled(await requireEnabled(call, call.params.connectionId))),

  handle(updateEnabledConnection, async (call) => {
    await requireEnabled(call, call.params.connectionId);
    return shownEnabled(await change(call, call.params.connectionId));
  }),

  handle(removeEnabledConnection, (call) => remove(call, call.params.connectionId)),
];

type About = Where & { readonly params: { readonly id: string } };

function page(query: ListQuery, plural: string, all: readonly Shown[], show: (one: Shown) => unknown): unknown {
  const { offset, limit } = pageOf(query);
  return pageAnswer(query, plural, all.slice(offset, offset + limit).map(show), all.length);
}

function shownEnabled({ part, connection }: Shown): unknown {
  return shownConnection(part, connection);
}

async function requirePart(call: About, connectionId: string): Promise<Shown> {
  const { services, sql, context, params } = call;
  const { id } = await requireOrganization(call, params.id);
  const part = await organizationConnections.get(sql, context.tenant, partId(id, connectionId));
  const connection = part && (await services.stores.connections.get(sql, context.tenant, connectionId));
  if (connection) return { part, connection };
  throw new ApiError(404, 'The connection does not exist in this organization.', 'inexistent_connection');
}

/** To the older operations a connection that is not enabled is not there. */
async function requireEnabled(call: About, connectionId: string): Promise<Shown> {
  const found = await requirePart(call, connectionId);
  if (found.part.is_enabled) return found;
  throw new ApiError(404, 'The connection is not enabled for this organization.', 'inexistent_connection');
}

async function change(call: About & { readonly body: Record<string, unknown> }, connectionId: string): Promise<Shown> {
  const { part: current, connection } = await requirePart(call, connectionId);
  const changed = withChanges(organizationConnectionResource, current, call.body);
  const part = settled({ ...changed, id: current.id, organization_id: current.organization_id }, connection);
  await organizationConnections.replace(call.sql, call.context.tenant, part, call.context.now);
  return { part, connection };
}

/** Recorded: one that is not there any more is no error. */
async function remove(call: About, connectionId: string): Promise<void> {
  const { id } = await requireOrganization(call, call.params.id);
  await organizationConnections.remove(call.sql, call.context.tenant, partId(id, connectionId));
}
