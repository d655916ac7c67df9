/** What the operations of `/connections/{id}/scim-configuration` do. */
import { ApiError } from '../../../http/errors.ts';
import { hashSecret, randomAlphanumeric, randomSecret } from '../../../keys/secrets.ts';
import { listByCheckpoints } from '../../lists.ts';
import { handle, type Route, type Where } from '../../pipeline.ts';
import type { Connection } from '../schema.ts';
import { requireConnection } from '../store.ts';
import { strategyOf } from '../strategies/table.ts';
import { DEFAULT_USER_ID, defaultScimMapping } from './mapping.ts';
import {
  createScimConfiguration,
  createScimToken,
  deleteScimConfiguration,
  deleteScimToken,
  getDefaultScimMapping,
  getScimConfiguration,
  listScimConfigurations,
  listScimTokens,
  updateScimConfiguration,
} from './operations.ts';
import { SCIM_SCOPES, type ScimConfiguration, type ScimToken, scimConfigurationResource } from './schema.ts';
import { removeScimConfigurationOf, scimConfigurations, scimTokens } from './store.ts';

/** Two tokens, so that one can be replaced while the other is in use. */
const MOST_TOKENS = 2;

export const scimConfigurationRoutes: Route[] = [
  handle(listScimConfigurations, async ({ services, sql, context, query }) => {
    const { tenant } = context;
    const connections = new Map((await services.stores.connections.list(sql, tenant)).map((one) => [one.id, one]));
    const show = (configuration: ScimConfiguration) =>
      shown(configuration, connections.get(configuration.connection_id)!, tenant);
    return listByCheckpoints(sql, tenant, scimConfigurations, scimConfigurationResource, query, show);
  }),

  handle(getScimConfiguration, async (call) => {
    const connection = await requireConnection(call);
    return shown(await requireConfiguration(call), connection, call.context.tenant);
  }),

  handle(createScimConfiguration, async (call) => {
    const { sql, context, body } = call;
    const { tenant, now } = context;
    const connection = await requireScim(call);
    if (await scimConfigurations.get(sql, tenant, connection.id))
      throw new ApiError(409, 'SCIM is already configured for this connection', 'scim_configuration_conflict');
    const at = new Date(now).toISOString();
    const configuration: ScimConfiguration = {
      connection_id: connection.id,
      user_id_attribute: body?.user_id_attribute ?? DEFAULT_USER_ID,
      mapping: body?.mapping ?? defaultScimMapping(),
      created_at: at,
      updated_on: at,
    };
    await scimConfigurations.insert(sql, tenant, configuration, now);
    return shown(configuration, connection, tenant);
  }),

  handle(updateScimConfiguration, async (call) => {
    const { sql, context, body } = call;
    const connection = await requireConnection(call);
    const current = await requireConfiguration(call);
    const changed = { ...current, ...body, updated_on: new Date(context.now).toISOString() };
    await scimConfigurations.replace(sql, context.tenant, changed, context.now);
    return shown(changed, connection, context.tenant);
  }),

  handle(deleteScimConfiguration, async (call) => {
    const connection = await requireConnection(call);
    await removeScimConfigurationOf(call.sql, call.context.tenant, connection.id);
  }),

  handle(getDefaultScimMapping, async (call) => {
    await requireScim(call);
    return { mapping: defaultScimMapping() };
  }),

  handle(listScimTokens, async (call) => {
    await requireConnection(call);
    const { connection_id } = await requireConfiguration(call);
    const tokens = await scimTokens.findAll(call.sql, call.context.tenant, 'connection', connection_id);
    return tokens.map(shownToken);
  }),

  handle(createScimToken, async (call) => {
    const { sql, context, body } = call;
    const { tenant, now } = context;
    await requireConnection(call);
    const { connection_id } = await requireConfiguration(call);
    if ((await scimTokens.findAll(sql, tenant, 'connection', connection_id)).length >= MOST_TOKENS)
      throw new ApiError(409, 'Maximum of 2 tokens already issued for this connection', 'scim_token_limit');
    const secret = `tok_${randomSecret()}`;
    const lifetime = body?.token_lifetime ?? undefined;
    const token: ScimToken = {
      token_id: `tok_${randomAlphanumeric(16)}`,
      connection_id,
      hash: hashSecret(secret),
      scopes: body?.scopes ?? SCIM_SCOPES.filter((scope) => scope.endsWith(':users')),
      created_at: new Date(now).toISOString(),
      ...(lifetime === undefined ? {} : { valid_until: new Date(now + lifetime * 1000).toISOString() }),
    };
    await scimTokens.insert(sql, tenant, token, now);
    return { ...shownToken(token), token: secret };
  }),

  handle(deleteScimToken, async (call) => {
    const { sql, context, params } = call;
    const { id } = await requireConnection(call);
    const token = await scimTokens.get(sql, context.tenant, params.tokenId);
    if (token?.connection_id !== id) throw new ApiError(404, 'The SCIM token does not exist', 'inexistent_scim_token');
    await scimTokens.remove(sql, context.tenant, token.token_id);
  }),
];

type About = Where & { readonly params: { readonly id: string } };

/** @throws ApiError 404, without a code, as recorded */
async function requireConfiguration({ sql, context, params }: About): Promise<ScimConfiguration> {
  const configuration = await scimConfigurations.get(sql, context.tenant, params.id);
  if (!configuration) throw new ApiError(404, 'Not Found');
  return configuration;
}

/** @throws ApiError 404 for no connection, and for one that cannot be provisioned by SCIM */
async function requireScim(call: About): Promise<Connection> {
  const connection = await requireConnection(call);
  if (strategyOf(connection.strategy).hasScim) return connection;
  // The vendor's words, without a code (recorded).
  throw new ApiError(
    404,
    'This connection type does not support SCIM. Please see our documentation for the currently supported connection types: https://auth0.com/docs/authenticate/protocols/scim/configure-inbound-scim.',
  );
}

function shown(configuration: ScimConfiguration, connection: Connection, tenant: string) {
  const { connection_id, ...rest } = configuration;
  return {
    tenant_name: tenant,
    connection_id,
    connection_name: connection.name,
    strategy: connection.strategy,
    ...rest,
  };
}

/** Without the hash. */
function shownToken({ hash: _hash, connection_id: _connection, ...token }: ScimToken) {
  return token;
}
