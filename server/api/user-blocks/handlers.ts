/** What the operations of `/user-blocks` do; `connections/database/attempts.ts` sets the blocks. */
import { blocksLogins } from '../../connections/database/attempt-limits.ts';
import { type BlockedWho, blocksOf, forgetFailures } from '../../connections/database/attempts.ts';
import { recordEvent } from '../../logs/events.ts';
import { type Call, handle, type Route } from '../pipeline.ts';
import { requireUser } from '../users/require.ts';
import {
  deleteBlocksByIdentifier,
  deleteBlocksOfUser,
  listBlocksByIdentifier,
  listBlocksOfUser,
} from './operations.ts';

export const userBlockRoutes: Route[] = [
  handle(listBlocksByIdentifier, (call) => {
    const { identifier, consider_brute_force_enablement } = call.query;
    return list(call, { identifier }, consider_brute_force_enablement);
  }),

  handle(deleteBlocksByIdentifier, ({ query, ...call }) => unblock(call, { identifier: query.identifier })),

  handle(listBlocksOfUser, async (call) => {
    const { user_id } = await requireUser(call, call.params.id);
    return list(call, { user_id }, call.query.consider_brute_force_enablement);
  }),

  handle(deleteBlocksOfUser, async (call) => {
    const { user_id } = await requireUser(call, call.params.id);
    await unblock(call, { user_id });
  }),
];

type Where = Pick<Call, 'services' | 'configuration' | 'context' | 'sql'>;

/** @param considered whether there is nothing to list while the tenant does not block at all */
async function list({ services, configuration, context }: Where, who: BlockedWho, considered: boolean | undefined) {
  if (considered && !(await blocksLogins(services, configuration))) return { blocked_for: [] };
  const blocks = await blocksOf(services, configuration, who, context.now);
  return {
    blocked_for: blocks.map(({ identifier, connection, ip }) => ({ identifier, connection, ...(ip ? { ip } : {}) })),
  };
}

async function unblock({ sql, context }: Where, who: BlockedWho): Promise<void> {
  if ((await forgetFailures(sql, context.tenant, who)) === 0) return;
  const about = 'user_id' in who ? who : { user_name: who.identifier };
  await recordEvent(sql, context, { type: 'ublkdu', description: 'User unblocked by an administrator', ...about });
}
