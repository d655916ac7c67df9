/**
 * What a new connection is when the request leaves it open, what does not go together, and what of its options stays
 * when they are replaced: as the vendor's service answers (recorded), so that a Terraform plan sees no difference.
 */
import { ApiError } from '../../http/errors.ts';
import { randomAlphanumeric } from '../../keys/secrets.ts';
import { isPlainObject, withDefaults } from '../../schema/resource.ts';
import type { Sealer } from '../../storage/documents.ts';
import { type Connection, connectionResource } from './schema.ts';

type Options = Record<string, unknown>;

/** The strategies that users can come from. */
const BUILT: readonly string[] = ['auth0'];

const METHODS = {
  password: { enabled: true, api_behavior: 'required', signup_behavior: 'allow' },
  passkey: { enabled: false },
};
const PASSWORDLESS = { email_otp: { enabled: false }, phone_otp: { enabled: false } };

/** The options that stay when others are given in their place. */
const KEPT = ['authentication_methods', 'passkey_options'];

/** The document of a new database connection. @throws ApiError 400 for a strategy that is not built. */
export function newConnection(body: Record<string, unknown>): Connection {
  const { strategy } = body;
  if (!BUILT.includes(String(strategy))) {
    throw new ApiError(
      400,
      `Connections of the strategy '${strategy}' are not built yet; there is: ${BUILT.join(', ')}`,
      'operation_not_supported',
    );
  }
  const made = withDefaults(connectionResource, body) as Connection;
  const connection: Connection = {
    ...made,
    id: `con_${randomAlphanumeric(16)}`,
    realms: made.realms?.length ? made.realms : [made.name],
    options: newOptions((body.options ?? {}) as Options),
  };
  checkOptions(connection);
  return connection;
}

function newOptions(given: Options): Options {
  const { authentication_methods, ...rest } = given;
  return {
    mfa: { active: true, return_enroll_settings: true },
    passwordPolicy: 'good',
    strategy_version: 2,
    passkey_options: { challenge_ui: 'both', progressive_enrollment_enabled: true, local_enrollment_enabled: true },
    brute_force_protection: true,
    ...rest,
    authentication_methods: methodsOf(authentication_methods),
  };
}

/** Methods that a request names are completed, one by one. */
function methodsOf(given: unknown): Options {
  if (!isPlainObject(given)) return { ...METHODS };
  const methods: Options = { ...METHODS, ...PASSWORDLESS };
  for (const [name, method] of Object.entries(given)) {
    const fallback = methods[name];
    methods[name] = isPlainObject(method) && isPlainObject(fallback) ? { ...fallback, ...method } : method;
  }
  return methods;
}

/** The options after an update: the new ones, and of the old ones the few that stay. */
export function changedOptions(current: Options, given: Options): Options {
  const kept = Object.entries(current).filter(([name]) => KEPT.includes(name) && given[name] === undefined);
  const methods = given.authentication_methods;
  return {
    ...Object.fromEntries(kept),
    ...given,
    ...(isPlainObject(methods) ? { authentication_methods: methodsOf(methods) } : {}),
  };
}

/** @throws ApiError 400 for options that exclude each other. */
export function checkOptions(connection: Pick<Connection, 'options'>): void {
  const { attributes, validation, requires_username } = (connection.options ?? {}) as Options;
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
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string' && !isSealed(value, sealer)) values[name] = sealer.seal(value, CONFIGURATION);
  }
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
