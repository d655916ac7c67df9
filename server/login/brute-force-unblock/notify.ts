/** Tells the owner of an account that it was blocked after failed logins, with a link that lifts the block. */
import { bruteForce } from '../../api/attack-protection/schema.ts';
import { newUser } from '../../api/users/create.ts';
import type { StoredUser } from '../../api/users/store.ts';
import type { RequestContext } from '../../http/context.ts';
import type { Services } from '../../services.ts';
import type { TenantConfiguration } from '../../tenants/configuration.ts';
import { singletonOf } from '../../tenants/singletons.ts';
import { prepareMailLink } from '../mail-links.ts';

/** As long as the block can last, in seconds. */
const TTL = 30 * 86_400;

/** @param user whose account it is; undefined when there is no such user, which takes as long */
export async function notifyBlocked(
  services: Services,
  configuration: TenantConfiguration,
  context: RequestContext,
  user: StoredUser | undefined,
): Promise<void> {
  const { shields } = await singletonOf(services, configuration, bruteForce);
  if (!shields?.includes('block') || !shields.includes('user_notification')) return;
  // Rendered for nobody as well, so that the time does not tell who has an account.
  const write = await prepareMailLink(services, context, configuration, {
    name: 'blocked_account',
    kind: 'unblock',
    ttl: TTL,
    user: user?.email ? user : newUser({ name: 'nobody' }, { email: 'nobody@example.com' }, context.now),
    client: undefined,
  });
  if (!user?.email) return;
  await services.database.write(write);
  services.nudge('mail');
}
