/** What the operations of `/organizations` itself do. */
import type { Static } from 'typebox';
import { ApiError } from '../../http/errors.ts';
import { randomAlphanumeric } from '../../keys/secrets.ts';
import { withChanges, withDefaults } from '../../schema/resource.ts';
import { listCollection, pageAnswer, pageOf } from '../lists.ts';
import { type Call, handle, type Route, requireScopes, type Where } from '../pipeline.ts';
import { associationOf } from './clients/store.ts';
import { addConnection, shownConnection } from './connections/store.ts';
import {
  createOrganization,
  deleteOrganization,
  getOrganization,
  getOrganizationByName,
  listOrganizations,
  updateOrganization,
} from './operations.ts';
import { type enabledConnection, type Organization, organizationResource, summaryOf, tidied } from './schema.ts';
import { removeOrganization, requireOrganization } from './store.ts';

export const organizationRoutes: Route[] = [
  handle(listOrganizations, async (call) => {
    const { services, sql, context, query } = call;
    const { organizations } = services.stores;
    const show = shownTo(call);
    const list = await (query.sort !== undefined && query.take === undefined
      ? sortedPage(call, query.sort, show)
      : listCollection(sql, context.tenant, organizations, organizationResource, query, show));
    return query.include_client_association_for === undefined ? list : withAssociations(call, list);
  }),

  handle(createOrganization, async (call) => {
    const { services, sql, context, body } = call;
    const { tenant, now } = context;
    const asked = (body.enabled_connections ?? []) as Static<typeof enabledConnection>[];
    if (asked.length > 0) requireScopes(call.caller, ['create:organizations', 'create:organization_connections']);
    const organization = tidied({
      ...withDefaults(organizationResource, body),
      id: `org_${randomAlphanumeric(16)}`,
    } as Organization);
    await refuseTaken(call, organization.name);
    await services.stores.organizations.insert(sql, tenant, organization, now);
    const enabled_connections: unknown[] = [];
    for (const settings of asked) {
      const { part, connection } = await addConnection(call, organization.id, settings);
      enabled_connections.push(shownConnection(part, connection));
    }
    return asked.length > 0 ? { ...organization, enabled_connections } : organization;
  }),

  handle(getOrganizationByName, async ({ services, sql, context, params }) => {
    const found = await services.stores.organizations.find(sql, context.tenant, 'name', params.name);
    if (!found) throw new ApiError(404, 'No organization found by that name.', 'inexistent_organization');
    return found;
  }),

  handle(getOrganization, async (call) => shownTo(call)(await requireOrganization(call, call.params.id))),

  handle(updateOrganization, async (call) => {
    const { services, sql, context, body } = call;
    const current = await requireOrganization(call, call.params.id);
    const organization = tidied(withChanges(organizationResource, current, body) as Organization);
    if (organization.name !== current.name) await refuseTaken(call, organization.name);
    await services.stores.organizations.replace(sql, context.tenant, organization, context.now);
    return organization;
  }),

  handle(deleteOrganization, async (call) => {
    const { id } = await requireOrganization(call, call.params.id);
    await removeOrganization(call, id);
  }),
];

async function refuseTaken({ services, sql, context }: Where, name: string) {
  if (!(await services.stores.organizations.find(sql, context.tenant, 'name', name))) return;
  throw new ApiError(409, 'An organization with this name already exists.', 'organization_conflict');
}

type Show = (organization: Organization) => Partial<Organization>;

/** Callers that may read summaries only see nothing else. */
function shownTo({ caller }: Pick<Call, 'caller'>): Show {
  return caller.scope.includes('read:organizations') ? (organization) => organization : summaryOf;
}

/** The collection is in the order of creation: other orders are made here. */
async function sortedPage(call: Call<typeof listOrganizations>, sort: string, show: Show): Promise<unknown> {
  const { services, sql, context, query } = call;
  const [name, direction] = sort.split(':') as ['id' | 'name' | 'display_name' | 'created_at', string];
  const all = await services.stores.organizations.list(sql, context.tenant);
  if (name !== 'created_at') {
    const text = (organization: Organization) => organization[name] ?? '';
    all.sort((a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0));
  }
  if (direction === '-1') all.reverse();
  const { offset, limit } = pageOf(query);
  return pageAnswer(query, 'organizations', all.slice(offset, offset + limit).map(show), all.length);
}

/** Adds to each organization that knows the client what it says of it. */
async function withAssociations(call: Call<typeof listOrganizations>, list: unknown): Promise<unknown> {
  const { sql, context, query } = call;
  const envelope = Array.isArray(list) ? undefined : (list as { organizations: Partial<Organization>[] });
  const organizations: unknown[] = [];
  for (const organization of envelope?.organizations ?? (list as Partial<Organization>[])) {
    const clientId = query.include_client_association_for!;
    const client = await associationOf(sql, context.tenant, organization.id!, clientId);
    organizations.push(client ? { ...organization, client } : organization);
  }
  return envelope ? { ...envelope, organizations } : organizations;
}
