/** What the operations of `/self-service-profiles` do. */
import { ApiError } from '../../http/errors.ts';
import { hashSecret, randomAlphanumeric, randomSecret } from '../../keys/secrets.ts';
import { withChanges, withDefaults } from '../../schema/resource.ts';
import type { Sql } from '../../storage/database.ts';
import { pageAnswer, pageOf } from '../lists.ts';
import { type Call, handle, type Route } from '../pipeline.ts';
import { userAttributeProfiles } from '../user-attribute-profiles/store.ts';
import {
  createSelfServiceProfile,
  createSsoTicket,
  deleteSelfServiceProfile,
  getSelfServiceProfile,
  getSelfServiceText,
  listSelfServiceProfiles,
  replaceSelfServiceText,
  revokeSsoTicket,
  updateSelfServiceProfile,
} from './operations.ts';
import { LONGEST_TICKET, type SelfServiceProfile, type SsoTicket, selfServiceProfileResource } from './schema.ts';
import {
  customTexts,
  removeExpiredTickets,
  removeSelfServiceProfile,
  selfServiceProfiles,
  ssoTickets,
} from './store.ts';

/** As many as the vendor allows. */
const MOST_PROFILES = 20;

export const selfServiceProfileRoutes: Route[] = [
  handle(listSelfServiceProfiles, async ({ sql, context, query }) => {
    const profiles = await selfServiceProfiles.list(sql, context.tenant, pageOf(query));
    const total = query.include_totals ? await selfServiceProfiles.count(sql, context.tenant) : 0;
    return pageAnswer(query, selfServiceProfileResource.plural, profiles.map(shown), total);
  }),

  handle(createSelfServiceProfile, async ({ sql, context, body }) => {
    const { tenant, now } = context;
    if ((await selfServiceProfiles.count(sql, tenant)) >= MOST_PROFILES)
      throw new ApiError(409, 'No more profiles can be created for this tenant.', 'self_service_profile_limit');
    const at = new Date(now).toISOString();
    const profile: SelfServiceProfile = {
      ...withDefaults(selfServiceProfileResource, body),
      id: `ssp_${randomAlphanumeric(22)}`,
      created_at: at,
      updated_at: at,
    };
    await checkAttributes(sql, tenant, profile);
    await selfServiceProfiles.insert(sql, tenant, profile, now);
    return shown(profile);
  }),

  handle(getSelfServiceProfile, async ({ sql, context, params }) =>
    shown(await requireProfile(sql, context.tenant, params.id)),
  ),

  handle(updateSelfServiceProfile, async ({ sql, context, params, body }) => {
    const { tenant, now } = context;
    const current = await requireProfile(sql, tenant, params.id);
    const profile = {
      ...withChanges(selfServiceProfileResource, current, body),
      updated_at: new Date(now).toISOString(),
    };
    await checkAttributes(sql, tenant, profile);
    await selfServiceProfiles.replace(sql, tenant, profile, now);
    return shown(profile);
  }),

  handle(deleteSelfServiceProfile, async ({ sql, context, params }) => {
    await removeSelfServiceProfile(sql, context.tenant, params.id);
  }),

  handle(getSelfServiceText, async ({ sql, context, params }) => {
    await requireProfile(sql, context.tenant, params.id);
    return (await customTexts.get(sql, context.tenant, textId(params)))?.texts ?? {};
  }),

  handle(replaceSelfServiceText, async ({ sql, context, params, body }) => {
    const { tenant, now } = context;
    await requireProfile(sql, tenant, params.id);
    const text = { id: textId(params), profile_id: params.id, texts: body };
    if (!(await customTexts.replace(sql, tenant, text, now))) await customTexts.insert(sql, tenant, text, now);
    return body;
  }),

  handle(createSsoTicket, async (call) => {
    const { sql, context, params, body } = call;
    const { tenant, now } = context;
    await requireProfile(sql, tenant, params.id);
    await checkTicket(call);
    await removeExpiredTickets(sql, tenant, params.id, now);
    const secret = randomSecret();
    const { connection_id, ttl_sec = LONGEST_TICKET } = body;
    // Zero means the default, as the vendor has it.
    const lifetime = (ttl_sec || LONGEST_TICKET) * 1000;
    const ticket: SsoTicket = {
      hash: hashSecret(secret),
      profile_id: params.id,
      ...(connection_id === undefined ? {} : { connection_id }),
      request: body,
      created_at: new Date(now).toISOString(),
      expires_at: new Date(now + lifetime).toISOString(),
    };
    await ssoTickets.insert(sql, tenant, ticket, now);
    return { ticket: `${context.site.issuer}self-service/connections-flow?ticket=${secret}` };
  }),

  handle(revokeSsoTicket, async ({ sql, context, params }) => {
    const ticket = await ssoTickets.get(sql, context.tenant, hashSecret(params.id));
    if (ticket?.profile_id === params.profileId) await ssoTickets.remove(sql, context.tenant, ticket.hash);
    return {};
  }),
];

function textId({ id, language, page }: { id: string; language: string; page: string }): string {
  return `${id} ${language} ${page}`;
}

/** @throws ApiError 404, without a code, as recorded */
async function requireProfile(sql: Sql, tenant: string, id: string): Promise<SelfServiceProfile> {
  const profile = await selfServiceProfiles.get(sql, tenant, id);
  if (!profile) throw new ApiError(404, `Profile with ID: ${id} not found`);
  return profile;
}

/** Attributes are listed, or a profile lists them. @throws ApiError 400 */
async function checkAttributes(sql: Sql, tenant: string, profile: SelfServiceProfile): Promise<void> {
  const { user_attribute_profile_id: id, user_attributes: listed } = profile;
  if (!id) return;
  if (listed?.length)
    throw new ApiError(400, 'Cannot set both user_attributes and user_attribute_profile_id', 'invalid_body');
  if (!(await userAttributeProfiles.get(sql, tenant, id)))
    throw new ApiError(400, 'The user attribute profile does not exist', 'inexistent_user_attribute_profile');
}

/** A ticket is for one connection: one that is there, or one that will be. @throws ApiError 400, 409 */
async function checkTicket({ services, sql, context, body }: Call<typeof createSsoTicket>): Promise<void> {
  const { connections, clients } = services.stores;
  const { connection_id, connection_config, enabled_clients = [] } = body;
  if ((connection_id === undefined) === (connection_config === undefined))
    throw new ApiError(400, 'Either connection_id or connection_config is needed', 'invalid_body');
  if (connection_id !== undefined && !(await connections.get(sql, context.tenant, connection_id)))
    throw new ApiError(400, 'The connection does not exist', 'inexistent_connection');
  if (connection_config && (await connections.find(sql, context.tenant, 'name', connection_config.name)))
    throw new ApiError(409, 'A connection with this name already exists', 'connection_conflict');
  for (const clientId of enabled_clients) {
    if (!(await clients.get(sql, context.tenant, clientId)))
      throw new ApiError(400, `The client ${clientId} does not exist`, 'inexistent_client');
  }
}

/** Attributes are always shown, none of them too (recorded). */
function shown(profile: SelfServiceProfile): SelfServiceProfile {
  return { user_attributes: [], ...profile };
}
