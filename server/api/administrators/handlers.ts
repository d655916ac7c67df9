/** What the operations of `/administrators` do. Nobody gives more than they have, nor takes from who has more. */
import { ApiError } from '../../http/errors.ts';
import { hashSecret, randomAlphanumeric, randomSecret } from '../../keys/secrets.ts';
import { prepareAdministratorInvitation } from '../../login/mail-links.ts';
import type { Sql } from '../../storage/database.ts';
import { administratorInvitations, type Invitation } from '../../tenants/administrator-invitations.ts';
import type { AdministratorRole } from '../../tenants/administrator-roles.ts';
import {
  type Administrator,
  addAdministrator,
  changeAdministrator,
  countAdministrators,
  getAdministrator,
  listAdministrators,
  removeAdministrator,
} from '../../tenants/administrators.ts';
import { DATABASE_CONNECTION } from '../../tenants/provision.ts';
import { orConflict } from '../conflict.ts';
import { listCollection, pageAnswer, pageOf } from '../lists.ts';
import { type Call, handle, type Route } from '../pipeline.ts';
import { requirePowerOfRoles, requirePowerOverUser } from '../powers.ts';
import { requireUser } from '../users/require.ts';
import { findUser, getUser, type StoredUser } from '../users/store.ts';
import {
  createAdministrator,
  createAdministratorInvitation,
  deleteAdministrator,
  deleteAdministratorInvitation,
  getAdministratorById,
  listAdministratorInvitations,
  listAdministratorsOperation,
  updateAdministrator,
} from './operations.ts';
import { type AdministratorAnswer, type AdministratorInvitation, administratorInvitationResource } from './schema.ts';

/** Seconds that the link of an invitation works. */
const TTL = 3 * 86_400;

export const administratorRoutes: Route[] = [
  handle(listAdministratorsOperation, async ({ sql, context, query }) => {
    const page = await listAdministrators(sql, context.tenant, pageOf(query));
    const items: AdministratorAnswer[] = [];
    for (const one of page) items.push(shown(one, await getUser(sql, context.tenant, one.user_id)));
    const total = query.include_totals ? await countAdministrators(sql, context.tenant) : 0;
    return pageAnswer(query, 'administrators', items, total);
  }),

  handle(createAdministrator, async (call) => {
    const { sql, context, caller } = call;
    const { user_id, roles } = call.body as { user_id: string; roles: AdministratorRole[] };
    requirePowerOfRoles(caller, roles);
    const user = await requireUser(call, user_id);
    const added = await orConflict(addAdministrator(sql, context.tenant, user_id, context.now, roles), () => {
      return new ApiError(409, 'The user is an administrator already', 'administrator_conflict');
    });
    return shown(added, user);
  }),

  handle(getAdministratorById, async (call) => {
    const administrator = await requireAdministrator(call, call.params.user_id);
    return shown(administrator, await getUser(call.sql, call.context.tenant, administrator.user_id));
  }),

  handle(updateAdministrator, async (call) => {
    const { sql, context, caller, params } = call;
    const { roles } = call.body as { roles?: AdministratorRole[] };
    const before = await requireAdministrator(call, params.user_id);
    await requirePowerOverUser(call, before.user_id);
    if (roles) requirePowerOfRoles(caller, roles);
    const after = roles ? await changeAdministrator(sql, context.tenant, before, roles, context.now) : before;
    return shown(after, await getUser(sql, context.tenant, before.user_id));
  }),

  handle(deleteAdministrator, async (call) => {
    const { user_id } = call.params;
    await requirePowerOverUser(call, user_id);
    await removeAdministrator(call.sql, call.context.tenant, user_id);
  }),

  handle(listAdministratorInvitations, ({ sql, context, query }) =>
    listCollection(
      sql,
      context.tenant,
      administratorInvitations,
      administratorInvitationResource,
      query,
      ({ ticket_hash: _hash, ...invitation }) => invitation,
    ),
  ),

  handle(
    createAdministratorInvitation,
    async (call) => {
      const { services, sql, context, prepared } = call;
      const { invitation, url, sendMail } = prepared;
      if (await findUser(sql, context.tenant, DATABASE_CONNECTION, 'email', invitation.email)) {
        throw new ApiError(
          409,
          'There is a user with this address already: make that one an administrator',
          'user_exists',
        );
      }
      const earlier = await administratorInvitations.find(sql, context.tenant, 'email', invitation.email);
      if (earlier) await administratorInvitations.remove(sql, context.tenant, earlier.id);
      await administratorInvitations.insert(sql, context.tenant, invitation, context.now);
      await sendMail(sql);
      sql.afterCommit(() => services.nudge('mail'));
      const { ticket_hash: _hash, ...told } = invitation;
      return { ...told, url };
    },
    prepareInvitation,
  ),

  handle(deleteAdministratorInvitation, async ({ sql, context, params }) => {
    await administratorInvitations.remove(sql, context.tenant, params.id);
  }),
];

async function requireAdministrator(
  { sql, context }: Pick<Call, 'sql' | 'context'>,
  id: string,
): Promise<Administrator> {
  const administrator = await getAdministrator(sql, context.tenant, id);
  if (!administrator) throw new ApiError(404, 'The user is not an administrator', 'inexistent_administrator');
  return administrator;
}

function shown(administrator: Administrator, user: StoredUser | undefined): AdministratorAnswer {
  const { email, name, picture, last_login, blocked } = user ?? {};
  const { user_id, roles, created_at } = administrator;
  return {
    user_id,
    roles: [...roles],
    ...(created_at ? { created_at } : {}),
    ...(email ? { email } : {}),
    ...(name ? { name } : {}),
    ...(picture ? { picture } : {}),
    ...(last_login ? { last_login } : {}),
    ...(blocked ? { blocked } : {}),
  };
}

type Prepared = { invitation: Invitation; url: string; sendMail: (sql: Sql) => Promise<void> };

/** Makes the link and writes the mail. */
async function prepareInvitation(call: Call<typeof createAdministratorInvitation>): Promise<Prepared> {
  const { services, context, configuration, caller } = call;
  const { email, roles } = call.body as Pick<AdministratorInvitation, 'email'> & { roles: AdministratorRole[] };
  requirePowerOfRoles(caller, roles);
  const secret = randomSecret(32);
  // Where the dashboard is that this was asked from: whoever accepts is signed in there.
  const url = `${context.site.issuer}setup?ticket=${secret}`;
  const inviter = await getUser(services.database.read, context.tenant, caller.sub);
  const invitation: Invitation = {
    id: `ainv_${randomAlphanumeric(16)}`,
    email: email.toLowerCase(),
    roles,
    ...(inviter ? { inviter: inviter.name ?? inviter.email ?? inviter.user_id } : {}),
    ticket_hash: hashSecret(secret),
    created_at: new Date(context.now).toISOString(),
    expires_at: new Date(context.now + TTL * 1000).toISOString(),
  };
  const mail = { email: invitation.email, inviter: invitation.inviter, url, ttl: TTL };
  return { invitation, url, sendMail: await prepareAdministratorInvitation(services, context, configuration, mail) };
}
