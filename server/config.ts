/**
 * Configuration: the environment variables a process reads, in one table. Everything else that can be set is tenant
 * configuration and lives in the database.
 *
 * This file reads no file, opens nothing and keeps nothing: environment in, `Config` out.
 */
import { BlockList } from 'node:net';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export type Config = {
  /** 0 takes a free port. */
  httpPort: number;
  /** 0 takes a free port. */
  httpsPort: number | 'off';
  host: string;
  dataDir: string;
  /** `postgres://…`; without it SQLite in `dataDir`. */
  databaseUrl?: string | undefined;
  /** An origin, without a slash at the end. */
  publicUrl?: string | undefined;
  /** 32 bytes. */
  masterKey?: Buffer | undefined;
  /** Path of a PEM file; given together with `tlsKey` or not at all. */
  tlsCert?: string | undefined;
  tlsKey?: string | undefined;
  /** As Fastify's option of that name takes it: a list is addresses and subnets, separated by commas. */
  trustProxy: boolean | string;
  allowPrivateEgress: boolean;
  /** Requests to the Management API that one process takes of a tenant in a minute. */
  apiRateLimit: number | 'off';
  logLevel: (typeof LOG_LEVELS)[number];
  smtpUrl?: string | undefined;
  mailFrom: string;
  /** An origin, without a slash at the end. */
  twilioUrl: string;
};

/** One environment variable. `T` is what its text becomes. */
export type Variable<T> = {
  readonly name: string;
  /** What the text must be; completes the sentence "NAME must be …". */
  readonly must: string;
  /** The value of a text, or undefined when the text is not what it must be. */
  readonly parse: (text: string) => T | undefined;
  /** Text that stands for an unset or empty variable; without it the setting stays undefined. */
  readonly default?: string;
  readonly description: string;
  /** A secret's text is never shown, in no message. */
  readonly secret?: true;
};

/** The table of variables, by the setting each gives. */
export const variables: { readonly [Key in keyof Required<Config>]: Variable<NonNullable<Config[Key]>> } = {
  httpPort: {
    name: 'LATCHKEY_HTTP_PORT',
    must: 'a port number from 0 to 65535',
    parse: port,
    default: '3000',
    description: 'Port for HTTP; 0 takes a free one.',
  },
  httpsPort: {
    name: 'LATCHKEY_HTTPS_PORT',
    must: 'a port number from 0 to 65535, or off',
    parse: (text) => (text === 'off' ? text : port(text)),
    default: '3443',
    description: 'Port for HTTPS; 0 takes a free one, off listens on HTTP alone.',
  },
  host: {
    name: 'LATCHKEY_HOST',
    must: 'an address or host name to listen on',
    parse: (text) => (/^[\w.:-]+$/.test(text) ? text : undefined),
    default: '127.0.0.1',
    description: 'Address to listen on; 0.0.0.0 or :: for every interface.',
  },
  dataDir: {
    name: 'LATCHKEY_DATA_DIR',
    must: 'a folder',
    parse: (text) => text,
    default: './data',
    description: 'Folder of the database (SQLite), the master key and the certificate for localhost.',
  },
  databaseUrl: {
    name: 'DATABASE_URL',
    must: 'a URL that begins with postgres:// or postgresql://',
    // Not every such URL is one to a URL parser: postgres://user@/database?host=/run/postgresql is a Unix socket.
    parse: (text) => (/^postgres(ql)?:\/\/\S+$/.test(text) ? text : undefined),
    description: 'PostgreSQL to use in place of SQLite.',
    secret: true,
  },
  publicUrl: {
    name: 'LATCHKEY_PUBLIC_URL',
    must: 'an http:// or https:// URL without a path, such as https://login.example.com',
    parse: origin,
    description: 'Where browsers reach this server, when that is not the address it listens on.',
  },
  masterKey: {
    name: 'LATCHKEY_MASTER_KEY',
    must: '32 bytes in base64 (openssl rand -base64 32 makes one)',
    parse: key,
    description: 'Key that encrypts secrets at rest; without it one is made and kept in the data folder.',
    secret: true,
  },
  tlsCert: {
    name: 'LATCHKEY_TLS_CERT',
    must: 'a path',
    parse: (text) => text,
    description: 'PEM file with the certificate chain for HTTPS; without it one for localhost is made.',
  },
  tlsKey: {
    name: 'LATCHKEY_TLS_KEY',
    must: 'a path',
    parse: (text) => text,
    description: 'PEM file with the private key of that certificate.',
  },
  trustProxy: {
    name: 'LATCHKEY_TRUST_PROXY',
    must: 'true, false, or addresses and subnets separated by commas, such as 10.0.0.0/8',
    parse: proxies,
    default: 'false',
    description: 'Whose X-Forwarded-* headers to believe: true (everybody), or addresses and subnets.',
  },
  allowPrivateEgress: {
    name: 'LATCHKEY_ALLOW_PRIVATE_EGRESS',
    must: 'true or false',
    parse: boolean,
    default: 'false',
    description: 'Whether the server may fetch from private, loopback and link-local addresses.',
  },
  apiRateLimit: {
    name: 'LATCHKEY_API_RATE_LIMIT',
    must: 'a number of requests, or off',
    parse: (text) => (text === 'off' ? text : /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined),
    default: '60000',
    description: 'Requests to the Management API that a process takes of a tenant in a minute.',
  },
  logLevel: {
    name: 'LATCHKEY_LOG_LEVEL',
    must: `one of ${LOG_LEVELS.join(', ')}`,
    parse: (text) => LOG_LEVELS.find((level) => level === text),
    default: 'warn',
    description: 'How much the process tells of its work: from fatal (least) to trace, or silent.',
  },
  smtpUrl: {
    name: 'LATCHKEY_SMTP_URL',
    must: 'a URL that begins with smtp:// or smtps://',
    parse: (text) => urlOf(text, ['smtp:', 'smtps:']) && text,
    description: 'Mail server for tenants that set none; without it mail waits in the inbox of the dashboard.',
    secret: true,
  },
  mailFrom: {
    name: 'LATCHKEY_MAIL_FROM',
    must: 'a mail address, or a name and an address: Example <login@example.com>',
    parse: (text) => (/^(?:[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/.test(text) ? text : undefined),
    default: 'Latchkey <no-reply@localhost>',
    description: 'Sender of mail when the tenant names none.',
  },
  twilioUrl: {
    name: 'LATCHKEY_TWILIO_URL',
    must: 'an http:// or https:// URL without a path, such as https://api.twilio.com',
    parse: origin,
    default: 'https://api.twilio.com',
    description: 'Where messages to phones are handed in: Twilio, or a gateway that speaks its API.',
  },
};

/** The environment cannot be used; the message names every problem, one on each line. */
export class ConfigError extends Error {}

/**
 * Reads the configuration from environment variables. An empty variable counts as unset.
 * @throws ConfigError naming every problem at once
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const problems: string[] = [];
  const settings: Record<string, unknown> = {};
  for (const [setting, variable] of Object.entries<Variable<unknown>>(variables)) {
    const text = env[variable.name]?.trim() || variable.default;
    if (text === undefined) continue;
    const value = variable.parse(text);
    if (value === undefined) problems.push(refusal(variable, text));
    settings[setting] = value;
  }
  // The table types each row by its setting, so a full set of rows is a full configuration.
  const config = settings as Config;
  problems.push(...contradictions(config), ...unknownVariables(env));
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return config;
}

/** The table as text for a terminal. */
export function describeVariables(): string {
  const rows: Variable<unknown>[] = Object.values(variables);
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows
    .flatMap((row) => [
      `  ${row.name.padEnd(width)}  ${row.description}`,
      ...(row.default === undefined ? [] : [`  ${' '.repeat(width)}  Default: ${row.default}`]),
    ])
    .join('\n');
}

function refusal({ name, must, secret }: Variable<unknown>, text: string): string {
  return `${name} must be ${must}${secret ? '' : `, not ${JSON.stringify(text)}`}.`;
}

function contradictions({ httpPort, httpsPort, tlsCert, tlsKey }: Config): string[] {
  const problems: string[] = [];
  if (httpPort === httpsPort && httpPort !== 0 && httpPort !== undefined) {
    problems.push(`${variables.httpPort.name} and ${variables.httpsPort.name} must differ; both are ${httpPort}.`);
  }
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    problems.push(`${variables.tlsCert.name} and ${variables.tlsKey.name} must be given together.`);
  }
  return problems;
}

/** A misspelt name would be a setting silently not made. */
function unknownVariables(env: NodeJS.ProcessEnv): string[] {
  const known = Object.values(variables).map(({ name }) => name);
  return Object.entries(env)
    .filter(([name, text = '']) => name.startsWith('LATCHKEY_') && !known.includes(name) && !isServiceLink(name, text))
    .map(([name]) => `${name} is not a variable of Latchkey. Did you mean ${nearest(name, known)}?`);
}

/**
 * Whether Kubernetes put the variable there: a Service called latchkey gives every container of its namespace
 * LATCHKEY_SERVICE_HOST, LATCHKEY_PORT=tcp://… and more.
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables
 */
function isServiceLink(name: string, text: string): boolean {
  return (
    /_SERVICE_(HOST|PORT)(_|$)/.test(name) ||
    /_PORT_\d+_(TCP|UDP|SCTP)(_|$)/.test(name) ||
    /^(tcp|udp|sctp):\/\//.test(text)
  );
}

function nearest(name: string, known: readonly string[]): string | undefined {
  return known
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .sort((a, b) => a.distance - b.distance)[0]?.candidate;
}

/** How many letters must be added, dropped or replaced to make one text the other (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}

function port(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;
}

function boolean(text: string): boolean | undefined {
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

function urlOf(text: string, protocols: readonly string[]): URL | undefined {
  const url = URL.parse(text);
  return url && protocols.includes(url.protocol) ? url : undefined;
}

function origin(text: string): string | undefined {
  const url = urlOf(text, ['http:', 'https:']);
  // `href` has whatever an origin has not: credentials, path, query, fragment.
  return url?.href === `${url?.origin}/` ? url?.origin : undefined;
}

function key(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === 32 && bytes.toString('base64') === text ? bytes : undefined;
}

function proxies(text: string): boolean | string | undefined {
  const entries = text.split(',').map((entry) => entry.trim());
  return boolean(text) ?? (entries.every(isAddressOrSubnet) ? entries.join(',') : undefined);
}

function isAddressOrSubnet(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  if (rest.length > 0 || !/^[\da-f.:]+$/i.test(address) || !/^\d{0,3}$/.test(prefix ?? '')) return false;
  const family = address.includes(':') ? 'ipv6' : 'ipv4';
  try {
    // The list itself is not needed: adding checks the address and that the prefix fits its family.
    if (prefix === undefined) new BlockList().addAddress(address, family);
    else new BlockList().addSubnet(address, Number(prefix || Number.NaN), family);
    return true;
  } catch {
    return false;
  }
}
