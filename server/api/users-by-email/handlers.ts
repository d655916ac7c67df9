/** `GET /users-by-email`: the users with one address, whatever connection they come from. Case does not matter. */
import { pickFields } from '../lists.ts';
import { handle, type Route } from '../pipeline.ts';
import { shownUser } from '../users/schema.ts';
import { findUsersByEmail } from '../users/store.ts';
import { getUsersByEmail } from './operations.ts';

export const usersByEmailRoutes: Route[] = [
  handle(getUsersByEmail, async ({ sql, context, query }) => {
    const users = await findUsersByEmail(sql, context.tenant, query.email);
    return users.map((user) => pickFields(shownUser(user), query));
  }),
];
