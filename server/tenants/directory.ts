/**
 * A tenant's configuration by the names that protocols use: client by id, API by audience, connection by name. Each is
 * read once per configuration revision; requests after that touch memory only.
 */
import type { ClientGrant } from '../api/client-grants/schema.ts';
import { clientGrantStore, partyKey } from '../api/client-grants/store.ts';
import type { Client } from '../api/clients/schema.ts';
import { clientStore } from '../api/clients/store.ts';
import type { Connection } from '../api/connections/schema.ts';
import { connectionStore } from '../api/connections/store.ts';
import { groupStore } from '../api/groups/store.ts';
import { organizationStore } from '../api/organizations/store.ts';
import type { ResourceServer } from '../api/resource-servers/schema.ts';
import { resourceServerStore } from '../api/resource-servers/store.ts';
import { roleStore } from '../api/roles/store.ts';
import { type KeySet, loadKeySet } from '../keys/signing.ts';
import type { Database } from '../storage/database.ts';
import type { Sealer } from '../storage/documents.ts';
import type { TenantConfiguration } from './configuration.ts';
import { DATABASE_CONNECTION } from './provision.ts';
import { singletonStore } from './singletons.ts';

export type Stores = ReturnType<typeof makeStores>;

export function makeStores(sealer: Sealer) {
  return {
    clients: clientStore(sealer),
    resourceServers: resourceServerStore(sealer),
    clientGrants: clientGrantStore(sealer),
    connections: connectionStore(sealer),
    roles: roleStore(sealer),
    groups: groupStore(sealer),
    organizations: organizationStore(sealer),
    singletons: singletonStore(sealer),
  };
}

export type Directory = {
  client(configuration: TenantConfiguration, clientId: string): Promise<Client | undefined>;
  resourceServer(configuration: TenantConfiguration, identifier: string): Promise<ResourceServer | undefined>;
  /** The grant of a client at an API, for itself (`client`) or for its users (`user`). */
  clientGrant(
    configuration: TenantConfiguration,
    client: Client,
    audience: string,
    subjectType: 'client' | 'user',
  ): Promise<ClientGrant | undefined>;
  connection(configuration: TenantConfiguration, name: string): Promise<Connection | undefined>;
  /** The connections that a client's users may come from, in the order they were made. */
  connectionsOf(configuration: TenantConfiguration, client: Client): Promise<readonly Connection[]>;
  keys(configuration: TenantConfiguration): Promise<KeySet>;
};

/** The longest identifier that is looked up: nothing longer can exist. */
const ID_LIMIT = 600;
const NOTHING = Promise.resolve(undefined);

export function makeDirectory(database: Database, stores: Stores, sealer: Sealer): Directory {
  const { read } = database;
  const connections = (configuration: TenantConfiguration) =>
    configuration.memo('connections', () => stores.connections.list(read, configuration.tenant));
  return {
    client(configuration, clientId) {
      if (clientId.length > ID_LIMIT) return NOTHING;
      return configuration.memo(`client ${clientId}`, () => stores.clients.get(read, configuration.tenant, clientId));
    },
    resourceServer(configuration, identifier) {
      if (identifier.length > ID_LIMIT) return NOTHING;
      return configuration.memo(`api ${identifier}`, () =>
        stores.resourceServers.find(read, configuration.tenant, 'identifier', identifier),
      );
    },
    async clientGrant(configuration, client, audience, subjectType) {
      const find = (party: { client_id: string } | { default_for: 'third_party_clients' }, who: string) =>
        configuration.memo(`grant ${subjectType} ${who} ${audience}`, () => {
          const key = partyKey({ ...party, audience, subject_type: subjectType });
          return stores.clientGrants.find(read, configuration.tenant, 'party', key);
        });
      const own = await find({ client_id: client.client_id }, client.client_id);
      if (own || client.is_first_party !== false) return own;
      return find({ default_for: 'third_party_clients' }, 'third parties');
    },
    async connection(configuration, name) {
      return (await connections(configuration)).find((connection) => connection.name === name);
    },
    async connectionsOf(configuration, client) {
      const all = await connections(configuration);
      // Administrators can always sign in: what is deployed to a tenant does not know of the dashboard.
      const always = client.client_id === configuration.settings.dashboard_client_id ? DATABASE_CONNECTION : undefined;
      return all.filter(
        (connection) =>
          connection.enabled_clients?.includes(client.client_id) ||
          connection.name === always ||
          (connection.is_domain_connection === true && client.is_first_party === false),
      );
    },
    keys(configuration) {
      const { tenant, settings } = configuration;
      const flags = settings.flags as { remove_alg_from_jwks?: boolean } | undefined;
      return configuration.memo('keys', () => loadKeySet(read, sealer, tenant, !flags?.remove_alg_from_jwks));
    },
  };
}
