/**
 * `latchkey setup`: an administrator and a Non Interactive client that is granted every scope of the Management API,
 * for scripts that bring up an installation. Works before the first start and while the server runs; run again it
 * tells the same, because what it made is kept (sealed) in the database.
 */
import { pino } from 'pino';
import { partyKey } from './api/client-grants/store.ts';
import { newClient } from './api/clients/defaults.ts';
import { addUser, newUser } from './api/users/create.ts';
import { findUser, getUser } from './api/users/store.ts';
import { makeServices } from './app.ts';
import type { Config } from './config.ts';
import { hashPassword } from './connections/database/hash.ts';
import { loadMasterKey } from './keys/master-key.ts';
import { randomAlphanumeric } from './keys/secrets.ts';
import { canonicalUrl, DEFAULT_TENANT } from './main.ts';
import type { Services } from './services.ts';
import { openDatabase, type Sql, UniqueViolation } from './storage/database.ts';
import { collection } from './storage/documents.ts';
import { addAdministrator, changeAdministrator, getAdministrator } from './tenants/administrators.ts';
import type { Stores } from './tenants/directory.ts';
import { administratorsConnection, DATABASE_CONNECTION, grantAll, provisionTenant } from './tenants/provision.ts';

export type SetupResult = {
  issuer: string;
  domain: string;
  management_audience: string;
  client_id: string;
  client_secret: string;
  admin_email: string;
  admin_password: string;
};

type Kept = {
  id: 'setup';
  client_id: string;
  admin_id: string;
  admin_email: string;
  secrets: { admin_password: string };
};

const ADMIN_EMAIL = 'admin@latchkey.local';

/** As the command does it: opens the database, which need not be there yet, and closes it again. */
export async function setup(config: Config): Promise<SetupResult> {
  const database = await openDatabase(config);
  try {
    const services = makeServices({
      config,
      database,
      masterKey: await loadMasterKey(config, database.read),
      log: pino({ level: config.logLevel }),
    });
    // A free port (0) is known to the server alone, which brings the tenant's address up to date when it starts.
    const baseUrl = canonicalUrl(config, config.httpPort, config.httpsPort === 'off' ? undefined : config.httpsPort);
    const running = await services.database.read.query(
      services.database.read.build.selectFrom('tenants').select('doc').where('tenant', '=', DEFAULT_TENANT),
    );
    if (running.length === 0) await provisionTenant(services, DEFAULT_TENANT, baseUrl);
    return await ensureSetup(services);
  } finally {
    await database.close();
  }
}

/** Makes what is missing of the administrator and the client, and tells both. */
export async function ensureSetup(services: Services): Promise<SetupResult> {
  try {
    return await completeSetup(services);
  } catch (error) {
    // Of commands that run at once on PostgreSQL one makes what is missing; the others find it when they look again.
    if (!(error instanceof UniqueViolation)) throw error;
    return completeSetup(services);
  }
}

async function completeSetup(services: Services): Promise<SetupResult> {
  const { database, stores, configurations, vault } = services;
  const setups = collection<Kept>({ kind: 'setup', id: 'id', keys: {}, sealed: ['secrets'] }, vault);
  const configuration = await configurations.of(DEFAULT_TENANT);
  const audience = String(configuration.settings.management_audience);
  const now = services.clock();
  const fresh = { client: freshClient(), password: `${randomAlphanumeric(20)}!9a` };
  const hash = await hashPassword(fresh.password);

  const kept = await database.write(async (sql) => {
    const before = await setups.get(sql, DEFAULT_TENANT, 'setup');
    let client = before && (await stores.clients.get(sql, DEFAULT_TENANT, before.client_id));
    if (!client) {
      client = fresh.client;
      await stores.clients.insert(sql, DEFAULT_TENANT, client, now);
    }
    await giveEveryScope(stores, sql, client.client_id, audience, now);
    const connection = await administratorsConnection(services, sql, DEFAULT_TENANT, now);
    let password = before?.secrets.admin_password;
    // By the id that we made: whoever signed up with this address meanwhile is nobody's administrator.
    let user = before && (await getUser(sql, DEFAULT_TENANT, before.admin_id));
    if (!user || password === undefined) {
      password = fresh.password;
      const email = await freeEmail(sql);
      user = newUser(connection, { email, email_verified: true, name: 'Administrator' }, now);
      await addUser(sql, DEFAULT_TENANT, user, hash, now);
    }
    const administrator = await getAdministrator(sql, DEFAULT_TENANT, user.user_id);
    if (!administrator) await addAdministrator(sql, DEFAULT_TENANT, user.user_id, now);
    else if (!administrator.roles.includes('admin'))
      await changeAdministrator(sql, DEFAULT_TENANT, administrator, ['admin'], now);
    const record: Kept = {
      id: 'setup',
      client_id: client.client_id,
      admin_id: user.user_id,
      admin_email: user.email ?? ADMIN_EMAIL,
      secrets: { admin_password: password },
    };
    await (before ? setups.replace(sql, DEFAULT_TENANT, record, now) : setups.insert(sql, DEFAULT_TENANT, record, now));
    await configurations.touch(sql, DEFAULT_TENANT);
    return { client, password, email: record.admin_email };
  });

  const base = audience.replace(/api\/v2\/$/, '');
  return {
    issuer: base,
    domain: configuration.domain,
    management_audience: audience,
    client_id: kept.client.client_id,
    client_secret: kept.client.client_secret!,
    admin_email: kept.email,
    admin_password: kept.password,
  };
}

/** Also those that a later release brought, and those that were taken away. */
async function giveEveryScope(
  stores: Stores,
  sql: Sql,
  clientId: string,
  audience: string,
  now: number,
): Promise<void> {
  const all = grantAll(clientId, audience);
  const grant = await stores.clientGrants.find(sql, DEFAULT_TENANT, 'party', partyKey(all));
  if (!grant) await stores.clientGrants.insert(sql, DEFAULT_TENANT, all, now);
  else if (!all.scope.every((scope) => grant.scope?.includes(scope)))
    await stores.clientGrants.replace(sql, DEFAULT_TENANT, { ...grant, scope: all.scope }, now);
}

/** The administrator's address, or one beside it when somebody has signed up with that. */
async function freeEmail(sql: Sql): Promise<string> {
  const taken = await findUser(sql, DEFAULT_TENANT, DATABASE_CONNECTION, 'email', ADMIN_EMAIL);
  return taken ? ADMIN_EMAIL.replace('@', `-${randomAlphanumeric(8).toLowerCase()}@`) : ADMIN_EMAIL;
}

function freshClient() {
  const body = {
    name: 'Management API client',
    app_type: 'non_interactive',
    token_endpoint_auth_method: 'client_secret_post',
    grant_types: ['client_credentials'],
  };
  return newClient(body, DEFAULT_TENANT);
}
