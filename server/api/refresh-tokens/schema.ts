/** Refresh tokens as administrators see them: the whole family of a rotating token is one. */
import { type Static, Type } from 'typebox';
import { aboutRefreshToken } from '../../oidc/refresh-tokens.ts';
import { opt, orNull } from '../../schema/types.ts';
import { shownDevice } from '../../sessions/device.ts';
import type { RefreshTokenTable } from '../../storage/tables.ts';
import { deviceSchema, instant, metadata } from '../sessions/schema.ts';

export const refreshTokenSchema = Type.Object({
  id: Type.String({ description: 'Identifier; stays the same when the token rotates' }),
  user_id: Type.String(),
  client_id: Type.String(),
  session_id: orNull(Type.String()),
  rotating: Type.Boolean(),
  resource_servers: Type.Array(Type.Object({ audience: Type.String(), scopes: Type.String() })),
  created_at: Type.String(),
  idle_expires_at: orNull(Type.String()),
  expires_at: orNull(Type.String()),
  last_exchanged_at: opt(orNull(Type.String())),
  device: deviceSchema,
  refresh_token_metadata: metadata,
});

/** @param userinfo the audience of tokens that were given for no API */
export function shownRefreshToken(row: RefreshTokenTable, userinfo: string): Static<typeof refreshTokenSchema> {
  const about = aboutRefreshToken(row);
  return {
    id: row.grant_id,
    user_id: row.user_id,
    client_id: row.client_id,
    session_id: row.session_id,
    rotating: row.rotating === 1,
    resource_servers: [{ audience: row.audience ?? userinfo, scopes: row.scope }],
    created_at: instant(row.created_at),
    idle_expires_at: row.idle_expires_at === null ? null : instant(row.idle_expires_at),
    expires_at: row.expires_at === null ? null : instant(row.expires_at),
    last_exchanged_at: row.last_used_at === null ? null : instant(row.last_used_at),
    device: shownDevice(about),
    refresh_token_metadata: row.metadata === null ? null : JSON.parse(row.metadata),
  };
}
