/** What the operations of `/users` do. Passwords are hashed before the unit of work that stores the hash. */
import { historySize } from '../../connections/database/policy.ts';
import { ApiError } from '../../http/errors.ts';
import { getAdministrator, refuseLast } from '../../tenants/administrators.ts';
import { orConflict } from '../conflict.ts';
import type { Connection } from '../connections/schema.ts';
import { strategyOf } from '../connections/strategies/table.ts';
import { invalidBody } from '../invalid.ts';
import { pageAnswer, pageOf, pickFields } from '../lists.ts';
import { type Call, handle, type Route, type Where } from '../pipeline.ts';
import { changedUser, checkTogether, hasNewIdentifier, requireFields, requireOwnOr } from './changes.ts';
import { addUser, type NewUserInput, newUser } from './create.ts';
import { createUser, deleteUserById, getUserById, listUsers, updateUser } from './operations.ts';
import { endAccess, hashAcceptable, passwordOptions, refuseRepeated } from './passwords.ts';
import { deleteUser } from './removal.ts';
import { requireUser } from './require.ts';
import { shownUser } from './schema.ts';
import { MOST_RESULTS, searchUsers } from './search.ts';
import { replaceUser, setPassword } from './store.ts';

export const userRoutes: Route[] = [
  handle(listUsers, async (call) => {
    const { sql, context, query } = call;
    const { offset, limit } = pageOf(query);
    if (offset + limit > MOST_RESULTS)
      throw new ApiError(400, `You can only page through the first ${MOST_RESULTS} records.`, 'invalid_paging');
    const { q, sort, connection, include_totals: totals } = query;
    const found = await searchUsers(sql, context.tenant, { q, sort, connection, offset, limit, totals });
    const users = found.users.map((user) => pickFields(shownUser(user), query));
    return pageAnswer(query, 'users', users, found.total);
  }),

  handle(
    createUser,
    async (call) => {
      const { sql, context, prepared } = call;
      const user = newUser(prepared.connection, call.body as NewUserInput, context.now);
      await orConflict(addUser(sql, context.tenant, user, prepared.hash, context.now), () => {
        return new ApiError(409, 'The user already exists.', 'auth0_idp_error');
      });
      return shownUser(user);
    },
    prepareCreate,
  ),

  handle(getUserById, async (call) => {
    const { id } = call.params;
    requireOwnOr(call.caller, id, ['read:users', 'read:user_idp_tokens']);
    return pickFields(shownUser(await requireUser(call, id)), call.query);
  }),

  handle(
    updateUser,
    async (call) => {
      const { sql, context, body, prepared } = call;
      const { tenant, now } = context;
      const current = await requireUser(call, call.params.id);
      const user = changedUser(current, body, now);
      if (user.blocked && !current.blocked && (await getAdministrator(sql, tenant, user.user_id)))
        await refuseLast(sql, tenant, user.user_id);
      checkIdentifiers(prepared.connection, user);
      await orConflict(replaceUser(sql, tenant, user, now), () => {
        const taken = hasNewIdentifier(current, user, 'email') ? 'email' : body.username ? 'username' : 'phone number';
        return new ApiError(400, `The specified new ${taken} already exists`, 'auth0_idp_error');
      });
      if (prepared.hash !== undefined) {
        const keep = historySize(passwordOptions(prepared.connection));
        await setPassword(sql, tenant, user.user_id, prepared.hash, { now, keep });
        await endAccess(sql, tenant, user.user_id, now);
      } else if (hasNewIdentifier(current, user, 'email')) {
        // A link that was sent to the old address must not verify the new one.
        await sql.query(
          sql.build.deleteFrom('tickets').where('tenant', '=', tenant).where('user_id', '=', user.user_id),
        );
      }
      return shownUser(user);
    },
    prepareUpdate,
  ),

  handle(deleteUserById, async (call) => {
    const { id } = call.params;
    requireOwnOr(call.caller, id, ['delete:users']);
    await deleteUser(call.sql, call.context.tenant, id);
  }),
];

async function prepareCreate(call: Call<typeof createUser>): Promise<{ connection: Connection; hash: string }> {
  const body = call.body as NewUserInput & { connection: string; password?: string | null };
  const connection = await requireConnection(call, body.connection);
  if (strategyOf(connection.strategy).family !== 'database')
    throw new ApiError(400, 'Users of this connection cannot be made here', 'operation_not_supported');
  checkIdentifiers(connection, body);
  if (!body.password) throw missing('password');
  return { connection, hash: await hashAcceptable(connection, body.password, body) };
}

async function prepareUpdate(
  call: Call<typeof updateUser>,
): Promise<{ connection: Connection; hash: string | undefined }> {
  const { id } = call.params;
  const body = call.body as { password?: string | null; connection?: string };
  requireFields(call.caller, id, body);
  checkTogether(body);
  const user = await requireUser(call, id);
  if (body.connection !== undefined && body.connection !== user.connection)
    throw new ApiError(400, 'The user does not belong to the specified connection.', 'invalid_body');
  const connection = await requireConnection(call, user.connection);
  if (body.password === null) throw new ApiError(400, 'A password cannot be removed', 'invalid_body');
  if (body.password === undefined) return { connection, hash: undefined };
  await refuseRepeated(call.sql, call.context.tenant, user.user_id, connection, body.password);
  return { connection, hash: await hashAcceptable(connection, body.password, user) };
}

async function requireConnection(call: Where, name: string): Promise<Connection> {
  const { services, sql, context } = call;
  const connection = await services.stores.connections.find(sql, context.tenant, 'name', name);
  if (!connection) throw new ApiError(400, 'The connection does not exist', 'inexistent_connection');
  return connection;
}

type Identifiers = { email?: string | null; username?: string | null; phone_number?: string | null };

/** What a user of the connection must be known by. A username is taken by every connection, asked for by some. */
function checkIdentifiers(connection: Connection, user: Identifiers): void {
  const { requires_username, validation, attributes } = (connection.options ?? {}) as {
    requires_username?: boolean;
    validation?: { username?: { min?: number; max?: number } | null } | null;
    attributes?: object;
  };
  if (requires_username && !user.username) throw missing('username');
  if (!user.email && !requires_username && !(attributes && (user.username || user.phone_number)))
    throw missing('email');
  if (!user.username) return;
  const { min = 1, max = 128 } = validation?.username ?? {};
  const length = [...user.username].length;
  if (length < min || length > max)
    throw new ApiError(400, `The username must have ${min} to ${max} characters`, 'invalid_body');
  if (/[\s@]/.test(user.username) && user.username !== user.email)
    throw new ApiError(400, 'A username has no spaces and is no e-mail address', 'invalid_body');
}

function missing(name: string): ApiError {
  return invalidBody(`Missing required property: ${name}`);
}
