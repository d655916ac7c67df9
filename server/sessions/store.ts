/**
 * Browser sessions (single sign-on). The cookie carries a secret that is stored as its hash; the id is public and
 * becomes the `sid` claim. A session ends by logout, after its idle or absolute life, or with its user.
 */
import { hashSecret, randomHex, timeOrderedSecret } from '../keys/secrets.ts';
import type { Sql } from '../storage/database.ts';
import { bindAll, statement } from '../storage/statement.ts';
import type { SessionTable } from '../storage/tables.ts';
import type { Device, Seen } from './device.ts';

const COLUMNS = [
  'tenant',
  'id',
  'secret_hash',
  'user_id',
  'connection',
  'clients',
  'auth_time',
  'created_at',
  'last_seen_at',
  'idle_expires_at',
  'expires_at',
  'about',
  'metadata',
] as const satisfies readonly (keyof SessionTable)[];

type ById = { tenant: string; id: string };

const insert = statement<SessionTable>((q, bind) => q.insertInto('sessions').values(bindAll(bind, COLUMNS)));
const bySecret = statement<{ tenant: string; secret_hash: string; now: number }, SessionTable>((q, bind) =>
  q
    .selectFrom('sessions')
    .selectAll()
    .where('tenant', '=', bind('tenant'))
    .where('secret_hash', '=', bind('secret_hash'))
    .where('expires_at', '>', bind('now'))
    .where('idle_expires_at', '>', bind('now')),
);
const touch = statement<ById & { clients: string; about: string; now: number; idle: number }>((q, bind) =>
  q
    .updateTable('sessions')
    .set({ clients: bind('clients'), about: bind('about'), last_seen_at: bind('now'), idle_expires_at: bind('idle') })
    .where('tenant', '=', bind('tenant'))
    .where('id', '=', bind('id')),
);
type Renewal = ById & { secret_hash: string; connection: string; about: string; now: number; idle: number };
const renew = statement<Renewal>((q, bind) =>
  q
    .updateTable('sessions')
    .set({
      secret_hash: bind('secret_hash'),
      connection: bind('connection'),
      about: bind('about'),
      auth_time: bind('now'),
      last_seen_at: bind('now'),
      idle_expires_at: bind('idle'),
    })
    .where('tenant', '=', bind('tenant'))
    .where('id', '=', bind('id')),
);
const isThere = statement<ById, { id: string }>(
  (q, bind) => q.selectFrom('sessions').select('id').where('tenant', '=', bind('tenant')).where('id', '=', bind('id')),
  { locks: true },
);
const remove = statement<ById>((q, bind) =>
  q.deleteFrom('sessions').where('tenant', '=', bind('tenant')).where('id', '=', bind('id')),
);

export type Session = SessionTable;

/** How the user signed in: `name` in the words of `amr` (RFC 8176), the instant in milliseconds. */
export type UsedMethod = { readonly name: string; readonly timestamp: number };

/** What is in the column `about`. */
export type AboutSession = Device & { readonly methods?: readonly UsedMethod[]; readonly persistent?: boolean };

export function aboutSession(session: Pick<Session, 'about'>): AboutSession {
  return JSON.parse(session.about) as AboutSession;
}

/** Lives of a session in milliseconds, and whether the cookie outlives the browser. */
export type SessionPolicy = { readonly idle: number; readonly absolute: number; readonly persistent: boolean };

const HOUR = 3_600_000;

/** The policy of the tenant settings. The vendor's defaults: 7 days and 3 days without use; ephemeral ones 3 days and 1. */
export function sessionPolicy(settings: Readonly<Record<string, unknown>>): SessionPolicy {
  const hours = (name: string, fallback: number) =>
    (typeof settings[name] === 'number' ? (settings[name] as number) : fallback) * HOUR;
  const mode = (settings.session_cookie as { mode?: string } | null | undefined)?.mode;
  if (mode === 'non-persistent') {
    return {
      absolute: hours('ephemeral_session_lifetime', 72),
      idle: hours('idle_ephemeral_session_lifetime', 24),
      persistent: false,
    };
  }
  return { absolute: hours('session_lifetime', 168), idle: hours('idle_session_lifetime', 72), persistent: true };
}

/** The live session of a cookie. */
export function findSession(sql: Sql, tenant: string, secret: string, now: number): Promise<Session | undefined> {
  return sql.first(bySecret, { tenant, secret_hash: hashSecret(secret), now });
}

/** A login that is done. `method` in the words of `amr` (RFC 8176); a password unless given. */
export type Login = {
  readonly tenant: string;
  readonly userId: string;
  readonly connection: string;
  readonly now: number;
  readonly seen: Seen;
  readonly method?: string;
};

/**
 * Begins a session after a login. A login of the same user goes on with the session there is (and its `sid`) under a
 * new secret; that of another user ends it. Either way an old cookie is worth nothing (OWASP ASVS 3.2.1).
 */
export async function beginSession(
  sql: Sql,
  login: Login,
  before: Session | undefined,
  policy: SessionPolicy,
): Promise<{ id: string; secret: string }> {
  const { tenant, now, seen } = login;
  const secret = timeOrderedSecret(now);
  const about: AboutSession = {
    initial: seen,
    last: seen,
    methods: [{ name: login.method ?? 'pwd', timestamp: now }],
    persistent: policy.persistent,
  };
  const idle = now + policy.idle;
  if (before && before.user_id === login.userId) {
    const renewed = { ...about, initial: aboutSession(before).initial ?? seen };
    await sql.run(renew, {
      tenant,
      id: before.id,
      secret_hash: hashSecret(secret),
      // A user with linked accounts may have come by another one this time.
      connection: login.connection,
      about: JSON.stringify(renewed),
      now,
      idle,
    });
    return { id: before.id, secret };
  }
  if (before) await sql.run(remove, { tenant, id: before.id });
  const id = randomHex(32);
  await sql.run(insert, {
    tenant,
    id,
    secret_hash: hashSecret(secret),
    user_id: login.userId,
    connection: login.connection,
    clients: '[]',
    auth_time: now,
    created_at: now,
    last_seen_at: now,
    idle_expires_at: idle,
    expires_at: now + policy.absolute,
    about: JSON.stringify(about),
    metadata: null,
  });
  return { id, secret };
}

/** How exact the idle life is: a session seen this recently (milliseconds) is not written again, but for short lives. */
const TOUCH_INTERVAL = 60_000;
const SHARE_OF_LIFE = 0.1;

/**
 * Notes that a client used the session, which starts its idle life anew. Answers whether the session is still there:
 * until the commit it stays so, and who ends it finds what it was used for.
 */
export async function touchSession(
  sql: Sql,
  session: Session,
  clientId: string,
  policy: SessionPolicy,
  now: number,
  seen: Seen,
): Promise<boolean> {
  const { tenant, id } = session;
  const clients: string[] = JSON.parse(session.clients);
  const known = clients.includes(clientId);
  if (known && now - session.last_seen_at < Math.min(TOUCH_INTERVAL, policy.idle * SHARE_OF_LIFE))
    return (await sql.first(isThere, { tenant, id })) !== undefined;
  const touched = await sql.run(touch, {
    tenant,
    id,
    clients: JSON.stringify(known ? clients : [...clients, clientId]),
    about: JSON.stringify({ ...aboutSession(session), last: seen }),
    now,
    idle: now + policy.idle,
  });
  return touched > 0;
}

/** Ends one session; what it gave to applications lives on. */
export async function endSession(sql: Sql, tenant: string, id: string): Promise<void> {
  await sql.run(remove, { tenant, id });
}
