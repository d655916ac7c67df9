/** What a user belongs to: organizations and groups. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { strict } from '../../schema/types.ts';
import { groupResource } from '../groups/schema.ts';
import { groupsWithIds, membershipsOf } from '../groups/store.ts';
import { checkpointQuery, fieldsQuery, listOf, pageAnswer, pageOf, pageQuery, pickFields } from '../lists.ts';
import { organizationsOfUser } from '../organizations/members/store.ts';
import { organizationResource } from '../organizations/schema.ts';
import { organizationsWithIds } from '../organizations/store.ts';
import { handle, type Route } from '../pipeline.ts';
import { requireUser, USER_NOT_FOUND, userId } from './require.ts';

const tag = 'Users';

export const listUserOrganizations = operation({
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

const userGroup = Type.Object({
  ...groupResource.read.properties,
  membership_created_at: Type.String({ description: 'When the user came into the group' }),
});

export const listUserGroups = operation({
  id: 'get_user_groups',
  method: 'GET',
  path: '/users/{id}/groups',
  tag,
  summary: 'List the groups of a user',
  scopes: ['read:groups'],
  params: userId,
  query: strict({ ...pageQuery, ...checkpointQuery, ...fieldsQuery }),
  status: 200,
  response: listOf('groups', Type.Partial(userGroup)),
  errors: USER_NOT_FOUND,
});

export const userMembershipRoutes: Route[] = [
  handle(listUserOrganizations, async (call) => {
    const { services, sql, context, query } = call;
    const user = await requireUser(call, call.params.id);
    const ids = await organizationsOfUser(sql, context.tenant, user.user_id);
    const { offset, limit } = pageOf(query);
    const page = ids.slice(offset, offset + limit);
    const organizations = await organizationsWithIds(sql, context.tenant, services.stores.organizations, page);
    return pageAnswer(query, 'organizations', organizations, ids.length);
  }),

  handle(listUserGroups, async (call) => {
    const { services, sql, context, query } = call;
    const user = await requireUser(call, call.params.id);
    const memberships = await membershipsOf(sql, context.tenant, user.user_id);
    const since = new Map(memberships.map((row) => [row.group_id, new Date(row.created_at).toISOString()]));
    const ids = [...since.keys()];
    const { offset, limit } = pageOf(query);
    const start = query.take === undefined ? offset : query.from === undefined ? 0 : ids.indexOf(query.from) + 1;
    const page = ids.slice(start, start + (query.take ?? limit));
    const groups = (await groupsWithIds(sql, context.tenant, services.stores.groups, page)).map((group) =>
      pickFields({ ...group, membership_created_at: since.get(group.id) }, query),
    );
    if (query.take === undefined) return pageAnswer(query, 'groups', groups, ids.length);
    return { groups, ...(ids.length > start + page.length ? { next: page.at(-1)! } : {}) };
  }),
];
