/** What the operations of `/organizations/{id}/client-grants` do. */
import { ApiError } from '../../../http/errors.ts';
import type { ClientGrant } from '../../client-grants/schema.ts';
import { pageAnswer, pageOf } from '../../lists.ts';
import { handle, type Route } from '../../pipeline.ts';
import { partId } from '../parts.ts';
import { requireOrganization } from '../store.ts';
import { addOrganizationGrant, listOrganizationGrants, removeOrganizationGrant } from './operations.ts';
import { shownGrant } from './schema.ts';
import { organizationGrants } from './store.ts';

export const organizationGrantRoutes: Route[] = [
  handle(listOrganizationGrants, async (call) => {
    const { services, sql, context, query } = call;
    const { id } = await requireOrganization(call, call.params.id);
    const ids = query.grant_ids === undefined ? undefined : [query.grant_ids].flat();
    const found: ClientGrant[] = [];
    for (const { grant_id } of await organizationGrants.findAll(sql, context.tenant, 'organization', id)) {
      if (ids && !ids.includes(grant_id)) continue;
      const grant = await services.stores.clientGrants.get(sql, context.tenant, grant_id);
      if (!grant || (query.audience ?? grant.audience) !== grant.audience) continue;
      if (query.client_id === undefined || query.client_id === grant.client_id) found.push(grant);
    }
    const { offset, limit } = pageOf(query);
    const page = found.slice(offset, offset + limit).map(shownGrant);
    return pageAnswer(query, 'client_grants', page, found.length);
  }),

  handle(addOrganizationGrant, async (call) => {
    const { services, sql, context, body } = call;
    const { tenant, now } = context;
    const { id } = await requireOrganization(call, call.params.id);
    const grant = await services.stores.clientGrants.get(sql, tenant, body.grant_id);
    if (!grant) throw new ApiError(404, 'The grant does not exist.', 'inexistent_client_grant');
    if (grant.organization_usage !== 'allow' && grant.organization_usage !== 'require') {
      throw new ApiError(400, 'The client grant does not allow organizations.', 'invalid_body');
    }
    const part = { id: partId(id, grant.id), organization_id: id, grant_id: grant.id };
    if (await organizationGrants.get(sql, tenant, part.id)) {
      throw new ApiError(
        409,
        'The client grant has already been added to this organization.',
        'organization_client_grant_conflict',
      );
    }
    await organizationGrants.insert(sql, tenant, part, now);
    // Recorded is `grant_id`, where the document has `id`: both are there.
    return { ...shownGrant(grant), grant_id: grant.id };
  }),

  handle(removeOrganizationGrant, async (call) => {
    const { sql, context, params } = call;
    const { id } = await requireOrganization(call, params.id);
    await organizationGrants.remove(sql, context.tenant, partId(id, params.grant_id));
  }),
];
