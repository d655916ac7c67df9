/** The organizations that a user belongs to. */
import { operation } from '../../schema/operation.ts';
import { strict } from '../../schema/types.ts';
import { listOf, pageAnswer, pageOf, pageQuery } from '../lists.ts';
import { organizationsOfUser } from '../organizations/members/store.ts';
import { organizationResource } from '../organizations/schema.ts';
import { organizationsWithIds } from '../organizations/store.ts';
import { handle, type Route } from '../pipeline.ts';
import { requireUser, USER_NOT_FOUND, userId } from './require.ts';

const tag = 'Users';

const listUserOrganizations = operation({
  id: 'get_user_organizations',
  method: 'GET',
  path: '/users/{id}/organizations',
  tag,
  summary: 'List the organizations of a user',
  scopes: ['read:organizations'],
  params: userId,
  query: strict(pageQuery),
  status: 200,
  response: listOf('organizations', organizationResource.read),
  errors: USER_NOT_FOUND,
});

export const userOrganizationRoutes: Route[] = [
  handle(listUserOrganizations, async (call) => {
    const { services, sql, context, query } = call;
    const user = await requireUser(call, call.params.id);
    const ids = await organizationsOfUser(sql, context.tenant, user.user_id);
    const { offset, limit } = pageOf(query);
    const page = ids.slice(offset, offset + limit);
    const organizations = await organizationsWithIds(sql, context.tenant, services.stores.organizations, page);
    return pageAnswer(query, 'organizations', organizations, ids.length);
  }),
];
