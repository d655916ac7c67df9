/** What the operations of `/network-acls` do. */
import { isAddressOrSubnet } from '../../http/addresses.ts';
import { ApiError } from '../../http/errors.ts';
import { randomAlphanumeric } from '../../keys/secrets.ts';
import { withChanges, withDefaults } from '../../schema/resource.ts';
import { invalidBody } from '../invalid.ts';
import { listCollection } from '../lists.ts';
import { handle, type Route, type Where } from '../pipeline.ts';
import {
  createNetworkAcl,
  deleteNetworkAcl,
  getNetworkAcl,
  listNetworkAcls,
  setNetworkAcl,
  updateNetworkAcl,
} from './operations.ts';
import { type AclConditions, CURATED_LISTS, type NetworkAcl, networkAclResource } from './schema.ts';
import { networkAclStore } from './store.ts';

export const networkAclRoutes: Route[] = [
  handle(listNetworkAcls, ({ services, sql, context, query }) =>
    listCollection(sql, context.tenant, networkAclStore(services.vault), networkAclResource, query),
  ),

  handle(createNetworkAcl, async ({ services, sql, context, body }) => {
    const instant = new Date(context.now).toISOString();
    const acl: NetworkAcl = {
      ...(withDefaults(networkAclResource, body) as NetworkAcl),
      created_at: instant,
      updated_at: instant,
      id: `acl_${randomAlphanumeric(ID_LENGTH)}`,
    };
    check(acl);
    await networkAclStore(services.vault).insert(sql, context.tenant, acl, context.now);
    await services.configurations.touch(sql, context.tenant);
    return acl;
  }),

  // Recorded: one that is asked for by id tells the tenant as well.
  handle(getNetworkAcl, async (call) => ({
    tenant_id: call.context.tenant,
    ...(await requireAcl(call)),
    deleted_at: null,
  })),

  handle(setNetworkAcl, async (call) => {
    const { created_at, id } = await requireAcl(call);
    return save(call, { ...(withDefaults(networkAclResource, call.body) as NetworkAcl), created_at, id });
  }),

  handle(updateNetworkAcl, async (call) =>
    save(call, withChanges(networkAclResource, await requireAcl(call), call.body) as NetworkAcl),
  ),

  handle(deleteNetworkAcl, async (call) => {
    const { services, sql, context } = call;
    const { id } = await requireAcl(call);
    await networkAclStore(services.vault).remove(sql, context.tenant, id);
    await services.configurations.touch(sql, context.tenant);
    return { code: 204, object: '' };
  }),
];

const ID_LENGTH = 22;

type About = Where & { readonly params: { readonly id: string } };

async function requireAcl({ services, sql, context, params }: About): Promise<NetworkAcl> {
  if (!/^acl_[A-Za-z0-9]{22}$/.test(params.id)) {
    throw new ApiError(
      400,
      "Network ACL id is not a valid ACL ID in the form 'acl_XXXXXXXXXXXXXXXXXXXXXX'",
      'invalid_uri',
    );
  }
  const acl = await networkAclStore(services.vault).get(sql, context.tenant, params.id);
  if (!acl) throw new ApiError(404, 'The network ACL does not exist', 'inexistent_network_acl');
  return acl;
}

async function save({ services, sql, context }: About, changed: NetworkAcl): Promise<NetworkAcl> {
  const { created_at, id, ...rest } = changed;
  const acl = { ...rest, created_at, updated_at: new Date(context.now).toISOString(), id };
  check(acl);
  await networkAclStore(services.vault).replace(sql, context.tenant, acl, context.now);
  await services.configurations.touch(sql, context.tenant);
  return acl;
}

/** What a schema cannot say. */
function check({ rule }: NetworkAcl): void {
  if (!rule.match && !rule.not_match) throw invalidBody('Missing required property: match', 'rule');
  const { redirect_uri, ...actions } = rule.action;
  if (Object.keys(actions).length !== 1) throw invalidBody('There must be exactly one action', 'rule.action');
  if (actions.redirect && !redirect_uri) throw invalidBody('Missing required property: redirect_uri', 'rule.action');
  if (redirect_uri && !/^https?:\/\/[^\s"<>\\]+$/i.test(redirect_uri))
    throw invalidBody("Object didn't pass validation for format url: redirect_uri", 'rule.action.redirect_uri');
  for (const part of ['match', 'not_match'] as const) if (rule[part]) checkConditions(rule[part], `rule.${part}`);
}

function checkConditions(conditions: AclConditions, path: string): void {
  const unknown = conditions.auth0_managed?.filter((name) => !CURATED_LISTS.includes(name)) ?? [];
  if (unknown.length > 0) {
    throw new ApiError(
      400,
      `Invalid curated list name(s): ${unknown.join(', ')}. Allowed curated list names are: ${CURATED_LISTS.join(', ')}`,
      'invalid_body',
    );
  }
  for (const [name, family] of CIDRS) {
    const wrong = conditions[name]?.findIndex((text) => !isAddressOrSubnet(text, family)) ?? -1;
    if (wrong >= 0)
      throw invalidBody(
        `Object didn't pass validation for format ${family === 4 ? 'cidr' : 'ipv6_cidr'}: ${conditions[name]![wrong]}`,
        `${path}.${name}.${wrong}`,
      );
  }
}

const CIDRS = [
  ['ipv4_cidrs', 4],
  ['ipv6_cidrs', 6],
  ['connecting_ipv4_cidrs', 4],
  ['connecting_ipv6_cidrs', 6],
] as const;
