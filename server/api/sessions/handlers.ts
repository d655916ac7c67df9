/** What the operations about sessions do. What ends here ends at once: the next request of the browser finds nothing. */
import { ApiError } from '../../http/errors.ts';
import { revokeAuthorizationsOf } from '../../oidc/refresh-tokens.ts';
import { endSession } from '../../sessions/store.ts';
import type { SessionTable } from '../../storage/tables.ts';
import { DEFAULT_TAKE, firstPage } from '../lists.ts';
import { type Call, handle, type Route, requireScopes } from '../pipeline.ts';
import { requireUser } from '../users/require.ts';
import {
  deleteSession,
  deleteUserSessions,
  getSessionById,
  listUserSessions,
  revokeSession,
  revokeUserAccess,
  updateSession,
} from './operations.ts';
import { shownSession } from './schema.ts';
import { endSessionsOfUser, getSession, sessionsOfUser, setSessionMetadata } from './store.ts';

export const sessionRoutes: Route[] = [
  handle(getSessionById, async (call) => shownSession(await requireSession(call))),

  handle(updateSession, async (call) => {
    const { sql, context, body } = call;
    const session = await requireSession(call);
    await setSessionMetadata(sql, context.tenant, session.id, body.session_metadata ?? null);
    return shownSession(await requireSession(call));
  }),

  handle(deleteSession, async ({ sql, context, params }) => {
    await endSession(sql, context.tenant, params.id);
  }),

  handle(revokeSession, async (call) => {
    const { sql, context } = call;
    requireScopes(call.caller, ['delete:sessions', 'delete:refresh_tokens']);
    const session = await requireSession(call);
    await endSession(sql, context.tenant, session.id);
    const tokens = { user_id: session.user_id, session_id: session.id };
    await revokeAuthorizationsOf(sql, context.tenant, tokens, context.now);
  }),

  handle(listUserSessions, async (call) => {
    const { sql, context, query } = call;
    const user = await requireUser(call, call.params.user_id);
    const take = query.take ?? DEFAULT_TAKE;
    const range = { after: query.from, limit: take + 1 };
    const found = await sessionsOfUser(sql, context.tenant, user.user_id, context.now, range);
    const { page, next } = firstPage(found, take, ({ id }) => id);
    return { sessions: page.map(shownSession), ...next };
  }),

  handle(deleteUserSessions, async (call) => {
    const user = await requireUser(call, call.params.user_id);
    await endSessionsOfUser(call.sql, call.context.tenant, user.user_id);
  }),

  handle(revokeUserAccess, async (call) => {
    const { sql, context, body } = call;
    const { tenant, now } = context;
    if (!body.preserve_refresh_tokens) requireScopes(call.caller, ['delete:sessions', 'delete:refresh_tokens']);
    else requireScopes(call.caller, ['delete:sessions']);
    const { user_id } = await requireUser(call, call.params.id);
    const { session_id } = body;
    if (session_id === undefined) await endSessionsOfUser(sql, tenant, user_id);
    else if ((await getSession(sql, tenant, session_id, now))?.user_id === user_id)
      await endSession(sql, tenant, session_id);
    if (!body.preserve_refresh_tokens) await revokeAuthorizationsOf(sql, tenant, { user_id, session_id }, now);
  }),
];

async function requireSession(
  call: Pick<Call<typeof getSessionById>, 'sql' | 'context' | 'params'>,
): Promise<SessionTable> {
  const session = await getSession(call.sql, call.context.tenant, call.params.id, call.context.now);
  if (!session) throw new ApiError(404, 'The session does not exist.', 'inexistent_session');
  return session;
}
