/**
 * What a new connection is when the request leaves it open, what does not go together, and what of its options stays
 * when they are replaced: as the vendor's service answers (recorded), so that a Terraform plan sees no difference.
 */
import { ApiError } from '../../http/errors.ts';
import { randomAlphanumeric } from '../../keys/secrets.ts';
import { inOrderOf, isPlainObject, withChanges, withDefaults } from '../../schema/resource.ts';
import type { Sealer } from '../../storage/documents.ts';
import { type Connection, connectionResource } from './schema.ts';
import type { Options, Strategy } from './strategies/strategy.ts';
import { checkStrategyOptions, strategyOf } from './strategies/table.ts';

const METHODS = {
  password: { enabled: true, api_behavior: 'required', signup_behavior: 'allow' },
  passkey: { enabled: false },
};
/** What a new connection has besides. An update adds it to none (both recorded). */
const NEW_METHODS = { ...METHODS, email_otp: { enabled: false }, phone_otp: { enabled: false } };

/** What the server knows besides the request. */
export type Surroundings = {
  /** The tenant's issuer, with the slash at its end. */
  readonly issuer: string;
  /** Options that the provider's own documents give. */
  readonly learnt: Options;
};

const NOWHERE: Surroundings = { issuer: 'https://localhost/', learnt: {} };

/** The document of a new connection. @throws ApiError 400 for options that the strategy does not take */
export function newConnection(body: Record<string, unknown>, surroundings = NOWHERE): Connection {
  const made = withDefaults(connectionResource, body) as Connection;
  const strategy = strategyOf(made.strategy);
  const given = (made.options ?? {}) as Options;
  checkStrategyOptions(made.strategy, given);
  const { issuer } = surroundings;
  const connection: Connection = {
    ...made,
    id: `con_${randomAlphanumeric(16)}`,
    realms: made.realms?.length ? made.realms : [made.name],
    options: finished(strategy, { ...strategy.initial, ...surroundings.learnt }, given, surroundings),
    ...metadataOf(made),
    ...(strategy.hasTicket ? { provisioning_ticket_url: `${issuer}p/${made.strategy}/${randomAlphanumeric(32)}` } : {}),
    ...(strategy.isNamed ? { display_name: made.display_name ?? made.name } : {}),
    ...(strategy.family === 'enterprise' ? { show_as_button: made.show_as_button ?? false } : {}),
  };
  checkConnection(connection);
  return connection;
}

/** The document after an update: options are replaced as a whole, but for what the strategy keeps. */
export function changedConnection(
  current: Connection,
  body: Record<string, unknown>,
  surroundings = NOWHERE,
): Connection {
  const strategy = strategyOf(current.strategy);
  const connection = withChanges(connectionResource, current, body) as Connection;
  if (isPlainObject(body.options)) {
    checkStrategyOptions(current.strategy, body.options);
    const before = {
      ...strategy.updated,
      ...keptOptions(strategy, current.options ?? {}, body.options),
      ...surroundings.learnt,
    };
    connection.options = inOrderOf(
      current.options ?? {},
      finished(strategy, before, body.options, surroundings) as Options,
    );
  }
  if (!connection.realms?.length) connection.realms = [connection.name];
  const changed = { ...connection, ...metadataOf(connection) };
  checkConnection(changed);
  return changed;
}

/** Whose secret it is, and where it is sent. */
const PARTY = ['client_id', 'domain', 'tenant_domain', 'discovery_url', 'issuer', 'token_endpoint', 'tokenURL'];

/**
 * Of the options before, those that the strategy keeps when the request does not name them; and the secret of the same
 * application at the same provider, because tools that deploy export it masked and leave it out of what they send.
 */
function keptOptions(strategy: Strategy, current: Options, given: Options): Options {
  const own = typeof strategy.kept === 'function' ? strategy.kept(given, current) : (strategy.kept ?? []);
  const names = PARTY.every((name) => given[name] === current[name]) ? [...own, 'client_secret'] : own;
  return Object.fromEntries(Object.entries(current).filter(([name]) => names.includes(name)));
}

/** What is stored: the options before and the given ones, with what follows from them, without what is only used. */
function finished(
  strategy: Strategy,
  before: Options,
  given: Options,
  { issuer }: Surroundings,
): Connection['options'] {
  const whole = { ...before, ...given };
  if (strategy.family === 'database')
    whole.authentication_methods = methodsOf(given.authentication_methods, before.authentication_methods);
  const derived = strategy.derive?.(whole, new URL(issuer).host) ?? {};
  const all = Object.entries({ ...whole, ...derived });
  return Object.fromEntries(all.filter(([name]) => !strategy.consumed?.includes(name)));
}

/** Methods that a request names are completed, one by one. */
function methodsOf(given: unknown, before: unknown): Options {
  const isNew = !isPlainObject(before);
  if (!isPlainObject(given)) return isNew ? { ...NEW_METHODS } : before;
  const methods: Options = { ...(isNew ? NEW_METHODS : METHODS) };
  for (const [name, method] of Object.entries(given)) {
    const fallback = methods[name];
    methods[name] = isPlainObject(method) && isPlainObject(fallback) ? { ...fallback, ...method } : method;
  }
  return methods;
}

/** Texts without those that are null. */
function metadataOf({ metadata }: Connection): Pick<Connection, 'metadata'> {
  if (!metadata) return {};
  return { metadata: Object.fromEntries(Object.entries(metadata).filter(([, text]) => text !== null)) };
}

/** @throws ApiError 400 for what the strategy cannot do, and for options that exclude each other */
function checkConnection(connection: Connection): void {
  const { crossApp = [], family } = strategyOf(connection.strategy);
  const sides = [
    { side: 'requesting', asked: connection.cross_app_access_requesting_app, name: 'Requesting' },
    { side: 'resource', asked: connection.cross_app_access_resource_app, name: 'Resource' },
  ] as const;
  const refused = sides.find(({ side, asked }) => asked && !crossApp.includes(side));
  if (refused)
    throw new ApiError(
      400,
      `Cross App Access ${refused.name} App is not supported for this connection.`,
      'operation_not_supported',
    );
  if (family === 'database') checkDatabaseOptions((connection.options ?? {}) as Options);
}

function checkDatabaseOptions({ attributes, validation, requires_username }: Options): void {
  if (!isPlainObject(attributes)) return;
  const fail = (message: string): never => {
    throw new ApiError(400, message, 'invalid_body');
  };
  if (validation) fail('Cannot set both options.attributes and options.validation');
  if (requires_username) fail('Cannot set both options.attributes and options.requires_username');
  const active = Object.values(attributes).some(
    (attribute) => isPlainObject(attribute) && isPlainObject(attribute.identifier) && attribute.identifier.active,
  );
  if (!active) fail('attributes must contain one active identifier');
}

const CONFIGURATION = 'connection configuration';

/**
 * Seals the values that scripts of the connection are given: whoever reads the connection sees that they are there, not
 * what they are. A sealed value that comes back, from an export for instance, is taken as it is.
 */
export function sealConfiguration(connection: Connection, sealer: Sealer): void {
  const values = connection.options?.configuration;
  if (!isPlainObject(values)) return;
  const sealed = Object.entries(values).map(([name, value]) =>
    typeof value === 'string' && !isSealed(value, sealer) ? [name, sealer.seal(value, CONFIGURATION)] : [name, value],
  );
  connection.options = { ...connection.options, configuration: Object.fromEntries(sealed) };
}

function isSealed(value: string, sealer: Sealer): boolean {
  try {
    sealer.open(value, CONFIGURATION);
    return true;
  } catch {
    // Anything that does not open is a plain value.
    return false;
  }
}
