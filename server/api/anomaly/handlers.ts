/** What the operations of `/anomaly` do; `connections/database/attempts.ts` counts the attempts. */
import { isAddressBlocked, unblockAddress } from '../../connections/database/attempts.ts';
import { ApiError } from '../../http/errors.ts';
import { handle, type Route } from '../pipeline.ts';
import { deleteBlockedAddress, getBlockedAddress } from './operations.ts';

export const anomalyRoutes: Route[] = [
  handle(getBlockedAddress, async ({ services, configuration, context, params }) => {
    for (const stage of ['pre-login', 'pre-user-registration'] as const) {
      if (await isAddressBlocked(services, configuration, params.id, stage, context.now)) return;
    }
    throw new ApiError(404, 'IP address specified is not currently blocked.', 'inexistent_ip_block');
  }),

  handle(deleteBlockedAddress, ({ sql, context, params }) => unblockAddress(sql, context.tenant, params.id)),
];
