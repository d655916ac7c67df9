/**
 * The egress guard: every request that this server makes to an address somebody else chose goes through here (CWE-918,
 * OWASP SSRF Prevention Cheat Sheet). It knows addresses and limits, not what is fetched.
 *
 * - https only, no credentials in URLs, no redirects;
 * - names are resolved here and the connection goes to one of the addresses that were checked, so that a name which
 *   resolves to something else a moment later (DNS rebinding) gains nothing;
 * - private, loopback, link-local and otherwise special addresses are refused, cloud metadata services among them;
 * - one time limit for everything, one size limit for the body.
 *
 * An operator may allow private addresses (`LATCHKEY_ALLOW_PRIVATE_EGRESS`); then http is allowed as well.
 */
import { lookup as resolve } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { Agent } from 'undici';

export type EgressProblem = 'url' | 'address' | 'connection' | 'timeout' | 'size' | 'redirect' | 'status' | 'content';

/** Why nothing was fetched. The message says it without telling what is inside the network. */
export class EgressError extends Error {
  readonly problem: EgressProblem;
  /** Of the answer, when there was one. */
  readonly status: number | undefined;
  constructor(problem: EgressProblem, message: string, options: { status?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.problem = problem;
    this.status = options.status;
  }
}

export type EgressOptions = {
  /** For the whole exchange, in milliseconds. */
  readonly timeoutMs?: number;
  /** The longest body, in bytes. */
  readonly maxBytes?: number;
  readonly headers?: Readonly<Record<string, string>>;
};

export type EgressRequest = EgressOptions & {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: string;
};

export type EgressAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
};

export type Egress = {
  /** Makes a request. Answers whatever the status is, but for redirects. @throws EgressError */
  send(url: string, request?: EgressRequest): Promise<EgressAnswer>;
  /** Fetches a JSON document. @throws EgressError unless the status is 2xx and the body is JSON */
  fetchJson(url: string, options?: EgressOptions): Promise<unknown>;
  /** Ends idle connections. */
  close(): Promise<void>;
};

const TIMEOUT = 5000;
const LARGEST = 256 * 1024;
/** Connections to one host at once. */
const CONNECTIONS = 8;
const IDLE = 10_000;

/** @param options.allowPrivate whether private addresses and plain HTTP are allowed, as the operator has it */
export function makeEgress({ allowPrivate }: { allowPrivate: boolean }): Egress {
  let agent: Promise<Agent> | undefined;

  // Loaded at first use: a server that fetches nothing does not need a client.
  async function makeAgent(): Promise<Agent> {
    const undici = await import('undici');
    return new undici.Agent({
      connections: CONNECTIONS,
      keepAliveTimeout: IDLE,
      connect: { lookup: allowPrivate ? undefined : lookupPublic },
    } as Agent.Options);
  }

  async function send(url: string, request: EgressRequest = {}): Promise<EgressAnswer> {
    const { timeoutMs = TIMEOUT, maxBytes = LARGEST, method = 'GET', headers, body } = request;
    const target = checkedUrl(url, allowPrivate);
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const undici = await import('undici');
      agent ??= makeAgent();
      const answer = await undici.request(target, {
        dispatcher: await agent,
        method,
        signal,
        body: body ?? null,
        // A compressed body could be larger than it looks.
        headers: { 'user-agent': 'Latchkey', 'accept-encoding': 'identity', ...headers },
      });
      // A body that is left unread ends with an error, which nobody else would hear and the process would die of.
      answer.body.on('error', () => {});
      const { statusCode: status } = answer;
      if (status >= 300 && status < 400 && status !== 304) {
        answer.body.destroy();
        throw new EgressError('redirect', `${target.host} redirects, which is not followed`, { status });
      }
      return { status, headers: answer.headers, body: await readBody(answer.body, maxBytes, target.host) };
    } catch (error) {
      throw explained(error, signal, target.host, timeoutMs);
    }
  }

  return {
    send,
    async fetchJson(url, options = {}) {
      const headers = { accept: 'application/json', ...options.headers };
      const { status, body } = await send(url, { ...options, headers });
      const { host } = new URL(url);
      if (status < 200 || status > 299) throw new EgressError('status', `${host} answered ${status}`, { status });
      try {
        return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
      } catch (cause) {
        throw new EgressError('content', `${host} did not answer with JSON`, { status, cause });
      }
    },
    async close() {
      await (await agent)?.close();
    },
  };
}

/** @throws EgressError for what is refused before a name is resolved. */
function checkedUrl(text: string, allowPrivate: boolean): URL {
  if (!URL.canParse(text)) throw new EgressError('url', 'The URL is malformed');
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:'))
    throw new EgressError('url', 'Only https URLs are fetched');
  if (url.username || url.password) throw new EgressError('url', 'A URL with credentials is not fetched');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // An address is connected to without a look-up, so this is the only place to refuse it. The URL parser has already
  // turned other spellings (octal, one number) into the usual one.
  if (!allowPrivate && isIP(host) && !isPublic(host)) throw refused(host);
  return url;
}

/** The address to connect to for a name, or the name's own when it is one. @throws EgressError when it is not public */
export function publicAddressOf(host: string): Promise<string> {
  if (isIP(host)) return isPublic(host) ? Promise.resolve(host) : Promise.reject(refused(host));
  return new Promise((done, failed) => {
    lookupPublic(host, { all: false }, (error, address) => (error ? failed(error) : done(String(address))));
  });
}

/** Resolves a name to its public addresses. A name without any is refused. */
const lookupPublic: LookupFunction = (host, options, done) => {
  resolve(host, { ...options, all: true }, (error, found) => {
    if (error) return done(error, '', 0);
    const allowed = found.filter(({ address }) => isPublic(address));
    const first = allowed[0];
    if (!first) return done(refused(host), '', 0);
    if (options.all) (done as unknown as (error: null, all: typeof allowed) => void)(null, allowed);
    else done(null, first.address, first.family);
  });
};

function refused(host: string): EgressError {
  return new EgressError('address', `${host} is not a public address`);
}

const v4 = (list: BlockList, ...nets: string[]) => add(list, 'ipv4', nets);
const v6 = (list: BlockList, ...nets: string[]) => add(list, 'ipv6', nets);

function add(list: BlockList, type: 'ipv4' | 'ipv6', nets: string[]): BlockList {
  for (const net of nets) {
    const [address, bits] = net.split('/') as [string, string];
    list.addSubnet(address, Number(bits), type);
  }
  return list;
}

/** IANA IPv4 Special-Purpose Address Registry (RFC 6890), multicast and reserved. Metadata services are link-local. */
const SPECIAL_V4 = v4(
  new BlockList(),
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4'],
);
/** RFC 4291 §2.4: of all there is, only 2000::/3 is global unicast. Mapped and translated IPv4 lies outside. */
const GLOBAL_V6 = v6(new BlockList(), '2000::/3');
/** Of these, what is special: protocol assignments and Teredo, documentation, 6to4, which carries IPv4 within. */
const SPECIAL_V6 = v6(new BlockList(), '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20');

/** Whether an address belongs to the public internet. */
export function isPublic(address: string): boolean {
  const type = isIP(address);
  if (type === 4) return !SPECIAL_V4.check(address, 'ipv4');
  return type === 6 && GLOBAL_V6.check(address, 'ipv6') && !SPECIAL_V6.check(address, 'ipv6');
}

async function readBody(body: AsyncIterable<Buffer>, maxBytes: number, host: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    // Leaving the loop destroys the stream, and with it the connection.
    if (size > maxBytes) throw new EgressError('size', `${host} answered with more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Tells what went wrong; what the client library says in detail is the cause, for the log. */
function explained(error: unknown, signal: AbortSignal, host: string, timeoutMs: number): EgressError {
  if (error instanceof EgressError) return error;
  if (signal.aborted)
    return new EgressError('timeout', `${host} did not answer within ${timeoutMs} ms`, { cause: error });
  const { cause } = error as { cause?: unknown };
  if (cause instanceof EgressError) return cause;
  return new EgressError('connection', `${host} could not be reached`, { cause: error });
}
