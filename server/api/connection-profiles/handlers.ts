/** What the operations of `/connection-profiles` do. */
import { ApiError } from '../../http/errors.ts';
import { randomAlphanumeric } from '../../keys/secrets.ts';
import { withChanges, withDefaults } from '../../schema/resource.ts';
import type { Sql } from '../../storage/database.ts';
import { orConflict } from '../conflict.ts';
import { listByCheckpoints } from '../lists.ts';
import { handle, type Route } from '../pipeline.ts';
import {
  createConnectionProfile,
  deleteConnectionProfile,
  getConnectionProfile,
  getConnectionProfileTemplate,
  listConnectionProfiles,
  listConnectionProfileTemplates,
  updateConnectionProfile,
} from './operations.ts';
import { type ConnectionProfile, connectionProfileResource } from './schema.ts';
import { connectionProfiles } from './store.ts';
import { TEMPLATES } from './templates.ts';

/** Fewer than in other lists, as the vendor has it. */
const DEFAULT_TAKE = 10;

export const connectionProfileRoutes: Route[] = [
  handle(listConnectionProfiles, ({ sql, context, query }) => {
    const paged = { ...query, take: query.take ?? DEFAULT_TAKE };
    return listByCheckpoints(sql, context.tenant, connectionProfiles, connectionProfileResource, paged);
  }),

  handle(createConnectionProfile, async ({ services, sql, context, body }) => {
    const profile: ConnectionProfile = {
      ...withDefaults(connectionProfileResource, body),
      id: `cop_${randomAlphanumeric(22)}`,
    };
    await orConflict(connectionProfiles.insert(sql, context.tenant, profile, context.now), conflict);
    await services.configurations.touch(sql, context.tenant);
    return profile;
  }),

  handle(listConnectionProfileTemplates, async () => ({ connection_profile_templates: TEMPLATES })),

  handle(getConnectionProfileTemplate, async ({ params }) => {
    const template = TEMPLATES.find(({ id }) => id === params.id);
    if (template) return template;
    throw new ApiError(404, 'Connection profile template not found.', 'inexistent_connection_profile_template');
  }),

  handle(getConnectionProfile, ({ sql, context, params }) => requireProfile(sql, context.tenant, params.id)),

  handle(updateConnectionProfile, async ({ services, sql, context, params, body }) => {
    const current = await requireProfile(sql, context.tenant, params.id);
    const profile = withChanges(connectionProfileResource, current, body);
    await orConflict(connectionProfiles.replace(sql, context.tenant, profile, context.now), conflict);
    await services.configurations.touch(sql, context.tenant);
    return profile;
  }),

  handle(deleteConnectionProfile, async ({ services, sql, context, params }) => {
    await connectionProfiles.remove(sql, context.tenant, params.id);
    await services.configurations.touch(sql, context.tenant);
  }),
];

async function requireProfile(sql: Sql, tenant: string, id: string): Promise<ConnectionProfile> {
  const profile = await connectionProfiles.get(sql, tenant, id);
  if (!profile) throw new ApiError(404, 'Connection profile not found.', 'inexistent_connection_profile');
  return profile;
}

function conflict(): ApiError {
  return new ApiError(409, 'A connection profile with the same name already exists', 'connection_profile_conflict');
}
