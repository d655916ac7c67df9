/**
 * Makes a tenant with what a fresh one holds, and keeps what depends on the address of the installation in step with
 * it: the identifier of the Management API follows the tenant's domain.
 */
import { isDeepStrictEqual } from 'node:util';
import type { ClientGrant } from '../api/client-grants/schema.ts';
import { newClient } from '../api/clients/defaults.ts';
import type { Client } from '../api/clients/schema.ts';
import { newConnection } from '../api/connections/defaults.ts';
import type { Connection } from '../api/connections/schema.ts';
import type { ResourceServer } from '../api/resource-servers/schema.ts';
import { randomAlphanumeric, randomHex } from '../keys/secrets.ts';
import { addSigningKey, generateSigningKey, generateSigningPair, type NewKey } from '../keys/signing.ts';
import type { Services } from '../services.ts';
import { type Sql, UniqueViolation } from '../storage/database.ts';
import { statement } from '../storage/statement.ts';
import { FRESH_CLIENTS } from './fresh.ts';
import { MANAGEMENT_SCOPES } from './scopes.ts';

export const DATABASE_CONNECTION = 'Username-Password-Authentication';
/** The vendor's name for it: tools that deploy a tenant know by this name what is not theirs to carry or to delete. */
const MANAGEMENT_API = 'Auth0 Management API';

type Row = { domain: string; doc: string };

const findTenant = statement<{ tenant: string }, Row>((q, bind) =>
  q.selectFrom('tenants').select(['domain', 'doc']).where('tenant', '=', bind('tenant')),
);
const insertTenant = statement<{ tenant: string; domain: string; doc: string; now: number }>((q, bind) =>
  q.insertInto('tenants').values({
    tenant: bind('tenant'),
    domain: bind('domain'),
    doc: bind('doc'),
    created_at: bind('now'),
    revision: 1,
  }),
);
const updateTenant = statement<{ tenant: string; domain: string; doc: string }>((q, bind) =>
  q
    .updateTable('tenants')
    .set((e) => ({ domain: bind('domain'), doc: bind('doc'), revision: e('revision', '+', 1) }))
    .where('tenant', '=', bind('tenant')),
);

/** What provisioning needs of the services. */
type Needs = Pick<Services, 'database' | 'vault' | 'clock' | 'stores'>;

/**
 * Makes the tenant if it does not exist, and moves it to the given address if that has changed.
 * @param baseUrl where the Management API is, such as `https://localhost:3443`
 * @param makePair another source of key pairs, for tests
 */
export async function provisionTenant(
  services: Needs,
  tenant: string,
  baseUrl: string,
  makePair = generateSigningPair,
): Promise<void> {
  const { database } = services;
  const existing = await database.read.first(findTenant, { tenant });
  if (existing) return follow(services, tenant, existing, baseUrl);
  const domain = new URL(baseUrl).host;
  const now = services.clock();
  const makeKey = () => generateSigningKey(domain, now, makePair);
  const [current, next] = await Promise.all([makeKey(), makeKey()]);
  try {
    await database.write((sql) => make(services, sql, { tenant, domain, baseUrl, now, current, next }));
  } catch (error) {
    // Two processes started at once on one database: the other one made it.
    if (!(error instanceof UniqueViolation)) throw error;
  }
}

type Fresh = { tenant: string; domain: string; baseUrl: string; now: number; current: NewKey; next: NewKey };

async function make({ stores, vault }: Needs, sql: Sql, fresh: Fresh): Promise<void> {
  const { tenant, domain, baseUrl, now } = fresh;
  const audience = `${baseUrl}/api/v2/`;
  const clients = freshClients(tenant);
  const settings = {
    friendly_name: 'Latchkey',
    session_lifetime: 168,
    idle_session_lifetime: 72,
    enabled_locales: ['en'],
    management_audience: audience,
    dashboard_client_id: clients.dashboard.client_id,
  };
  await sql.run(insertTenant, { tenant, domain, doc: JSON.stringify(settings), now });
  await addSigningKey(sql, vault, tenant, fresh.current, 'current', now);
  await addSigningKey(sql, vault, tenant, fresh.next, 'next', now);
  for (const client of Object.values(clients)) await stores.clients.insert(sql, tenant, client, now);
  await stores.resourceServers.insert(sql, tenant, managementApi(audience), now);
  await stores.clientGrants.insert(sql, tenant, grantAll(clients.explorer.client_id, audience), now);
  const connection = databaseConnection([clients.defaultApp.client_id]);
  await stores.connections.insert(sql, tenant, connection, now);
}

function databaseConnection(enabled_clients: string[]): Connection {
  return newConnection({ name: DATABASE_CONNECTION, strategy: 'auth0', enabled_clients });
}

/**
 * The connection that administrators made by us sign in through; the dashboard has it whatever its list of clients says.
 * Whoever deleted it gets it back when administrators are made: there is no other way in.
 */
export async function administratorsConnection(
  { stores }: Pick<Needs, 'stores'>,
  sql: Sql,
  tenant: string,
  now: number,
): Promise<Connection> {
  const found = await stores.connections.find(sql, tenant, 'name', DATABASE_CONNECTION);
  if (found) return found;
  const connection = databaseConnection([]);
  await stores.connections.insert(sql, tenant, connection, now);
  return connection;
}

function freshClients(tenant: string): Record<'defaultApp' | 'global' | 'explorer' | 'dashboard', Client> {
  const rs256 = { alg: 'RS256', lifetime_in_seconds: 36_000, secret_encoded: false };
  const make = (body: Record<string, unknown>): Client =>
    newClient({ jwt_configuration: rs256, oidc_conformant: true, ...body }, tenant);
  const global = make({
    name: FRESH_CLIENTS.global,
    token_endpoint_auth_method: 'client_secret_post',
    grant_types: [],
  });
  global.global = true;
  return {
    global,
    defaultApp: make({ name: FRESH_CLIENTS.defaultApp, callbacks: [] }),
    explorer: make({
      name: FRESH_CLIENTS.explorer,
      app_type: 'non_interactive',
      token_endpoint_auth_method: 'client_secret_post',
      grant_types: ['client_credentials'],
    }),
    dashboard: make({
      name: FRESH_CLIENTS.dashboard,
      app_type: 'spa',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
    }),
  };
}

function managementApi(audience: string): ResourceServer {
  return {
    id: randomHex(24),
    name: MANAGEMENT_API,
    identifier: audience,
    is_system: true,
    scopes: [...MANAGEMENT_SCOPES],
    signing_alg: 'RS256',
    allow_offline_access: false,
    skip_consent_for_verifiable_first_party_clients: true,
    token_lifetime: 86_400,
    token_lifetime_for_web: 7200,
    subject_type_authorization: { client: { policy: 'require_client_grant' }, user: { policy: 'allow_all' } },
  };
}

/** A grant of every scope of the Management API. */
export function grantAll(clientId: string, audience: string): ClientGrant & { scope: string[] } {
  const scope = MANAGEMENT_SCOPES.map(({ value }) => value);
  return { id: `cgr_${randomAlphanumeric(16)}`, client_id: clientId, audience, scope, subject_type: 'client' };
}

/** Brings the Management API's identifier, name and scopes up to date: the address may be another one since the last start. */
async function follow(
  { database, stores, clock }: Needs,
  tenant: string,
  existing: Row,
  baseUrl: string,
): Promise<void> {
  const { read } = database;
  const audience = `${baseUrl}/api/v2/`;
  const api = (await stores.resourceServers.find(read, tenant, 'system', 'true'))!;
  const upToDate =
    api.identifier === audience && api.name === MANAGEMENT_API && isDeepStrictEqual(api.scopes, MANAGEMENT_SCOPES);
  if (upToDate && existing.domain === new URL(baseUrl).host) return;
  const now = clock();
  await database.write(async (sql) => {
    const doc = JSON.stringify({ ...JSON.parse(existing.doc), management_audience: audience });
    await sql.run(updateTenant, { tenant, domain: new URL(baseUrl).host, doc });
    await stores.resourceServers.replace(
      sql,
      tenant,
      { ...api, identifier: audience, name: MANAGEMENT_API, scopes: [...MANAGEMENT_SCOPES] },
      now,
    );
    for (const grant of await stores.clientGrants.findAll(sql, tenant, 'audience', api.identifier)) {
      await stores.clientGrants.replace(sql, tenant, { ...grant, audience }, now);
    }
  });
}
