/** Which connections an organization has. What shows one looks up the connection itself. */
import { ApiError } from '../../../http/errors.ts';
import { withDefaults } from '../../../schema/resource.ts';
import type { Sql } from '../../../storage/database.ts';
import type { Connection } from '../../connections/schema.ts';
import { strategyOf } from '../../connections/strategies/table.ts';
import { invalidBody } from '../../invalid.ts';
import type { Where } from '../../pipeline.ts';
import { partCollection, partId, removeAllOf } from '../parts.ts';
import { type OrganizationConnection, organizationConnectionResource } from './schema.ts';

export const organizationConnections = partCollection<OrganizationConnection>(
  'organization_connection',
  'connection_id',
);

export type Shown = { readonly part: OrganizationConnection; readonly connection: Connection };

/**
 * Adds a connection to an organization.
 * @throws ApiError 400 when there is no such connection or the settings do not fit it, 409 when it is there already
 */
export async function addConnection(
  { services, sql, context }: Where,
  organizationId: string,
  body: Record<string, unknown> & { connection_id: string },
): Promise<Shown> {
  const { tenant, now } = context;
  const connection = await services.stores.connections.get(sql, tenant, body.connection_id);
  if (!connection) throw new ApiError(400, 'The specified connection does not exist.', 'inexistent_connection');
  const id = partId(organizationId, connection.id);
  if (await organizationConnections.get(sql, tenant, id)) {
    throw new ApiError(
      409,
      'The connection has already been added to this organization.',
      'organization_connection_conflict',
    );
  }
  const part = settled({ id, organization_id: organizationId, ...body }, connection);
  await organizationConnections.insert(sql, tenant, part, now);
  return { part, connection };
}

/**
 * The settings with what was not said, which null says too. Recorded: sign-up is spoken of for database connections only.
 * @throws ApiError 400 for sign-up where it cannot be
 */
export function settled(settings: Record<string, unknown>, connection: Connection): OrganizationConnection {
  const said = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null));
  const part = withDefaults(organizationConnectionResource, said) as unknown as OrganizationConnection;
  const database = strategyOf(connection.strategy).family === 'database';
  if (!part.is_signup_enabled) {
    const { is_signup_enabled: _, ...rest } = part;
    return database ? { ...rest, is_signup_enabled: false } : rest;
  }
  if (!database) throw invalidBody('Sign-up is for database connections only', 'is_signup_enabled');
  if (!part.assign_membership_on_login) {
    throw invalidBody('Sign-up needs assign_membership_on_login', 'is_signup_enabled');
  }
  return part;
}

/** All of an organization in the order in which they were added. */
export async function connectionsOfOrganization(
  { services, sql, context }: Where,
  organizationId: string,
): Promise<Shown[]> {
  const { tenant } = context;
  const found: Shown[] = [];
  for (const part of await organizationConnections.findAll(sql, tenant, 'organization', organizationId)) {
    const connection = await services.stores.connections.get(sql, tenant, part.connection_id);
    if (connection) found.push({ part, connection });
  }
  return found;
}

/** Everything that is known of it. */
export function shownInFull({ part, connection }: Shown): unknown {
  const { id: _, organization_id: __, ...settings } = part;
  return { ...settings, connection: { name: connection.name, strategy: connection.strategy } };
}

/** What the older operations show. */
export function shownConnection(part: OrganizationConnection, connection: Connection): unknown {
  const { connection_id, assign_membership_on_login, show_as_button, is_signup_enabled } = part;
  return {
    connection_id,
    assign_membership_on_login,
    show_as_button,
    ...(is_signup_enabled === undefined ? {} : { is_signup_enabled }),
    connection: { name: connection.name, strategy: connection.strategy },
  };
}

/** A connection that is gone is gone from every organization. */
export function removeConnectionFromOrganizations(sql: Sql, tenant: string, connectionId: string): Promise<void> {
  return removeAllOf(sql, tenant, organizationConnections, 'connection_id', connectionId);
}
