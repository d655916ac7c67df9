/** Browser sessions as administrators see them. */
import { type Static, Type } from 'typebox';
import { opt } from '../../schema/types.ts';
import { shownDevice } from '../../sessions/device.ts';
import { aboutSession, type Session } from '../../sessions/store.ts';

/** What applications keep with a session or a refresh token: a few short texts. `null` empties it. */
export const metadata = Type.Unsafe<Record<string, string> | null>({
  type: ['object', 'null'],
  maxProperties: 25,
  additionalProperties: { type: 'string', maxLength: 255 },
});

/** Where it was used first and last. */
export const deviceSchema = Type.Object({
  initial_ip: opt(Type.String()),
  initial_user_agent: opt(Type.String()),
  last_ip: opt(Type.String()),
  last_user_agent: opt(Type.String()),
});

export const sessionSchema = Type.Object({
  id: Type.String({ description: 'Identifier; the `sid` of tokens' }),
  user_id: Type.String(),
  created_at: Type.String(),
  updated_at: Type.String(),
  authenticated_at: Type.String(),
  authentication: Type.Object({
    methods: Type.Array(Type.Object({ name: Type.String(), timestamp: Type.String() })),
  }),
  idle_expires_at: Type.String(),
  expires_at: Type.String(),
  last_interacted_at: Type.String(),
  device: deviceSchema,
  clients: Type.Array(Type.Object({ client_id: Type.String() }), { description: 'Clients that used it' }),
  cookie: Type.Object({ mode: Type.String() }),
  session_metadata: metadata,
});

export function shownSession(session: Session): Static<typeof sessionSchema> {
  const about = aboutSession(session);
  const clients = JSON.parse(session.clients) as string[];
  return {
    id: session.id,
    user_id: session.user_id,
    created_at: instant(session.created_at),
    updated_at: instant(session.last_seen_at),
    authenticated_at: instant(session.auth_time),
    authentication: {
      methods: (about.methods ?? []).map(({ name, timestamp }) => ({ name, timestamp: instant(timestamp) })),
    },
    idle_expires_at: instant(session.idle_expires_at),
    expires_at: instant(session.expires_at),
    last_interacted_at: instant(session.last_seen_at),
    device: shownDevice(about),
    clients: clients.map((client_id) => ({ client_id })),
    cookie: { mode: about.persistent === false ? 'non-persistent' : 'persistent' },
    session_metadata: session.metadata === null ? null : JSON.parse(session.metadata),
  };
}

export function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
