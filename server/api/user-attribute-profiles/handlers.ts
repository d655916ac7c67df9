/** What the operations of `/user-attribute-profiles` do. A profile that goes is let go of by what refers to it. */
import { ApiError } from '../../http/errors.ts';
import { randomAlphanumeric } from '../../keys/secrets.ts';
import type { Sql } from '../../storage/database.ts';
import { orConflict } from '../conflict.ts';
import { listByCheckpoints } from '../lists.ts';
import { handle, type Route } from '../pipeline.ts';
import { forgetAttributeProfile } from '../self-service-profiles/store.ts';
import {
  createUserAttributeProfile,
  deleteUserAttributeProfile,
  getUserAttributeProfile,
  getUserAttributeProfileTemplate,
  listUserAttributeProfiles,
  listUserAttributeProfileTemplates,
  updateUserAttributeProfile,
} from './operations.ts';
import { type UserAttributeProfile, userAttributeProfileResource } from './schema.ts';
import { userAttributeProfiles } from './store.ts';
import { defaultUserId, TEMPLATES } from './templates.ts';

export const userAttributeProfileRoutes: Route[] = [
  handle(listUserAttributeProfiles, ({ sql, context, query }) =>
    listByCheckpoints(sql, context.tenant, userAttributeProfiles, userAttributeProfileResource, query),
  ),

  handle(createUserAttributeProfile, async ({ services, sql, context, body }) => {
    const profile = completed({ ...body, id: `uap_${randomAlphanumeric(22)}` } as UserAttributeProfile);
    await orConflict(userAttributeProfiles.insert(sql, context.tenant, profile, context.now), conflict);
    await services.configurations.touch(sql, context.tenant);
    return profile;
  }),

  handle(listUserAttributeProfileTemplates, async () => ({ user_attribute_profile_templates: TEMPLATES })),

  handle(getUserAttributeProfileTemplate, async ({ params }) => {
    const template = TEMPLATES.find(({ id }) => id === params.id);
    if (template) return template;
    throw new ApiError(404, 'User attribute profile template not found.', 'inexistent_user_attribute_profile_template');
  }),

  handle(getUserAttributeProfile, ({ sql, context, params }) => requireProfile(sql, context.tenant, params.id)),

  handle(updateUserAttributeProfile, async ({ services, sql, context, params, body }) => {
    const current = await requireProfile(sql, context.tenant, params.id);
    const profile = completed({ ...current, ...body } as UserAttributeProfile);
    await orConflict(userAttributeProfiles.replace(sql, context.tenant, profile, context.now), conflict);
    await services.configurations.touch(sql, context.tenant);
    return profile;
  }),

  handle(deleteUserAttributeProfile, async ({ services, sql, context, params }) => {
    if (!(await userAttributeProfiles.remove(sql, context.tenant, params.id))) return;
    await forgetAttributeProfile(sql, context.tenant, params.id, context.now);
    await services.configurations.touch(sql, context.tenant);
  }),
];

/** What the id is made of is always said: parts that are left out get their default. */
function completed(profile: UserAttributeProfile): UserAttributeProfile {
  return { ...profile, user_id: { ...defaultUserId(), ...profile.user_id } };
}

async function requireProfile(sql: Sql, tenant: string, id: string): Promise<UserAttributeProfile> {
  const profile = await userAttributeProfiles.get(sql, tenant, id);
  if (!profile) throw new ApiError(404, 'User attribute profile not found.', 'inexistent_user_attribute_profile');
  return profile;
}

function conflict(): ApiError {
  return new ApiError(
    409,
    'A user attribute profile with the same name already exists',
    'user_attribute_profile_conflict',
  );
}
