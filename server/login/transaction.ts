/**
 * A login in progress: the authorization request that waits, bound to the browser that brought it. `state` in the
 * address names it; the browser's cookie must match, so that a link to somebody else's login leads nowhere (login CSRF).
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readCookie, setCookie } from '../http/cookies.ts';
import { PageError } from '../http/errors.ts';
import { equalSecrets, hashSecret, randomSecret, timeOrderedSecret } from '../keys/secrets.ts';
import type { Vault } from '../keys/vault.ts';
import type { Sql } from '../storage/database.ts';
import { bindAll, statement } from '../storage/statement.ts';
import type { LoginTransactionTable } from '../storage/tables.ts';

const COLUMNS = [
  'tenant',
  'state_hash',
  'browser_hash',
  'client_id',
  'params',
  'session_id',
  'consented',
  'created_at',
  'expires_at',
] as const satisfies readonly (keyof LoginTransactionTable)[];

const insert = statement<LoginTransactionTable>((q, bind) =>
  q.insertInto('login_transactions').values(bindAll(bind, COLUMNS)),
);
const find = statement<{ tenant: string; state_hash: string }, LoginTransactionTable>((q, bind) =>
  q
    .selectFrom('login_transactions')
    .selectAll()
    .where('tenant', '=', bind('tenant'))
    .where('state_hash', '=', bind('state_hash')),
);
const attach = statement<{ tenant: string; state_hash: string; session_id: string }>((q, bind) =>
  q
    .updateTable('login_transactions')
    .set({ session_id: bind('session_id'), consented: 0 })
    .where('tenant', '=', bind('tenant'))
    .where('state_hash', '=', bind('state_hash')),
);
const allow = statement<{ tenant: string; state_hash: string; session_id: string }>((q, bind) =>
  q
    .updateTable('login_transactions')
    .set({ consented: 1 })
    .where('tenant', '=', bind('tenant'))
    .where('state_hash', '=', bind('state_hash'))
    .where('session_id', '=', bind('session_id')),
);
const remove = statement<{ tenant: string; state_hash: string }>((q, bind) =>
  q.deleteFrom('login_transactions').where('tenant', '=', bind('tenant')).where('state_hash', '=', bind('state_hash')),
);

/** `state` is the value of the address; the row has its hash. */
export type Transaction = {
  readonly state: string;
  readonly clientId: string;
  /** Parameters of the authorization request, as they came. */
  readonly params: Readonly<Record<string, string>>;
  /** The session that a step of this very transaction has authenticated. */
  readonly sessionId: string | undefined;
  /** Whether the user has allowed it on the consent page. */
  readonly consented: boolean;
};

const BROWSER_COOKIE = 'latchkey_browser';
/** A person may need a while, for instance to find a mail. Milliseconds. */
const LIFETIME = 3_600_000;
const COOKIE_LIFETIME = 86_400;

/**
 * The browser's own secret, made at its first visit: transactions and form tokens hang on it. Its life begins anew with
 * each page, so that it does not end within a login.
 */
export function browserSecret(request: FastifyRequest, reply: FastifyReply): string {
  const known = readCookie(request, BROWSER_COOKIE);
  const secret = known && /^[\w-]{40,100}$/.test(known) ? known : randomSecret(32);
  setCookie(request, reply, BROWSER_COOKIE, secret, { sameSite: 'Lax', maxAge: COOKIE_LIFETIME });
  return secret;
}

/** Puts an authorization request away; answers the `state` that names it in addresses. */
export async function beginTransaction(
  sql: Sql,
  start: {
    tenant: string;
    browser: string;
    clientId: string;
    params: Record<string, string>;
    sessionId?: string | undefined;
    now: number;
  },
): Promise<string> {
  const state = timeOrderedSecret(start.now);
  await sql.run(insert, {
    tenant: start.tenant,
    state_hash: hashSecret(state),
    browser_hash: hashSecret(start.browser),
    client_id: start.clientId,
    params: JSON.stringify(start.params),
    session_id: start.sessionId ?? null,
    consented: 0,
    created_at: start.now,
    expires_at: start.now + LIFETIME,
  });
  return state;
}

/** @throws PageError when it is unknown, over, or another browser's. */
export async function requireTransaction(sql: Sql, request: FastifyRequest, state: unknown): Promise<Transaction> {
  const { tenant, now } = request.context;
  const browser = readCookie(request, BROWSER_COOKIE);
  const row =
    typeof state === 'string' && state.length < 100
      ? await sql.first(find, { tenant, state_hash: hashSecret(state) })
      : undefined;
  if (!row || !browser || row.expires_at <= now || row.browser_hash !== hashSecret(browser)) {
    throw new PageError(
      'invalid_request',
      'This login is over',
      'It took too long, was finished already, or was started in another browser. Go back to the application and try again.',
    );
  }
  return {
    state: state as string,
    clientId: row.client_id,
    params: JSON.parse(row.params),
    sessionId: row.session_id ?? undefined,
    consented: row.consented === 1,
  };
}

/** Notes which session a step has authenticated. What was allowed before was allowed by somebody else, maybe. */
export async function attachSession(sql: Sql, tenant: string, state: string, sessionId: string): Promise<void> {
  await sql.run(attach, { tenant, state_hash: hashSecret(state), session_id: sessionId });
}

/** Notes that the user of this session has allowed what was asked for, unless somebody else logged in meanwhile. */
export async function markConsented(sql: Sql, tenant: string, state: string, sessionId: string): Promise<void> {
  await sql.run(allow, { tenant, state_hash: hashSecret(state), session_id: sessionId });
}

/** Answers whether it was still there: a transaction is answered once. */
export async function endTransaction(sql: Sql, tenant: string, state: string): Promise<boolean> {
  return (await sql.run(remove, { tenant, state_hash: hashSecret(state) })) > 0;
}

/** The token that a form carries: only a page of ours, shown in this browser, can know it (OWASP ASVS 4.2.2). */
export function formToken(vault: Vault, browser: string, subject: string): string {
  return vault.digest('form', `${browser}\n${subject}`);
}

/** @throws PageError when the form was not one of ours. */
export function checkForm(vault: Vault, request: FastifyRequest, subject: string): void {
  const given = (request.body as { _csrf?: unknown } | undefined)?._csrf;
  const browser = readCookie(request, BROWSER_COOKIE);
  if (typeof given === 'string' && browser && equalSecrets(given, formToken(vault, browser, subject))) return;
  throw new PageError(
    'invalid_request',
    'The form could not be checked',
    'Go back, load the page again, and send the form once more.',
    403,
  );
}
