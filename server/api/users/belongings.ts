/** What else belongs to a user: log events, groups, accounts elsewhere and the tokens for them. */
import { Type } from 'typebox';
import { ApiError } from '../../http/errors.ts';
import { operation } from '../../schema/operation.ts';
import { opt, orNull, strict } from '../../schema/types.ts';
import { groupResource } from '../groups/schema.ts';
import { membershipsOf, shownGroup } from '../groups/store.ts';
import {
  checkpointAnswer,
  checkpointQuery,
  fieldsQuery,
  listOf,
  pageAnswer,
  pageOf,
  pageQuery,
  pickFields,
} from '../lists.ts';
import { logResource } from '../logs/schema.ts';
import { searchLogEvents } from '../logs/search.ts';
import { handle, type Route } from '../pipeline.ts';
import { getRecord, recordsOf, removeRecord } from './records.ts';
import { requireUser, USER_NOT_FOUND, userId } from './require.ts';

const tag = 'Users';
const text = Type.String();

/** Searches reach this far, as those of `/logs`. */
const MOST_RESULTS = 1000;

const listUserLogs = operation({
  id: 'get_logs_by_user',
  method: 'GET',
  path: '/users/{id}/logs',
  tag,
  summary: 'List the log events about a user',
  scopes: ['read:logs', 'read:logs_users'],
  params: userId,
  query: strict({ ...pageQuery, sort: opt(Type.String({ pattern: '^((date|log_id):(1|-1))?$' })) }),
  status: 200,
  response: listOf('logs', logResource.read),
  errors: { 400: 'invalid_paging' },
});

const memberGroup = Type.Object({ ...groupResource.read.properties, membership_created_at: text });

const listUserGroups = operation({
  id: 'get_user_groups',
  method: 'GET',
  path: '/users/{id}/groups',
  tag,
  summary: 'List the groups a user is in',
  scopes: ['read:groups'],
  params: userId,
  query: strict({ ...fieldsQuery, ...pageQuery, ...checkpointQuery }),
  status: 200,
  response: listOf('groups', Type.Partial(memberGroup)),
  errors: USER_NOT_FOUND,
});

/** An account of the user at another provider that applications may act in. */
export type ConnectedAccount = {
  readonly connection: string;
  readonly connection_id: string;
  readonly strategy: string;
  readonly access_type: 'offline';
  readonly scopes?: readonly string[];
  readonly created_at: string;
  readonly expires_at?: string;
};

const listConnectedAccounts = operation({
  id: 'get_connected-accounts',
  method: 'GET',
  path: '/users/{id}/connected-accounts',
  tag,
  summary: 'List the accounts elsewhere that a user connected',
  scopes: ['read:users'],
  params: userId,
  query: strict(checkpointQuery),
  status: 200,
  response: strict({
    connected_accounts: Type.Array(
      Type.Object({
        id: text,
        connection: text,
        connection_id: text,
        strategy: text,
        access_type: text,
        scopes: opt(Type.Array(text)),
        created_at: text,
        expires_at: opt(text),
      }),
    ),
    next: opt(text),
  }),
  errors: USER_NOT_FOUND,
});

/** Tokens of another provider, kept for applications; the tokens themselves are sealed and never shown. */
export type Tokenset = {
  readonly connection: string;
  readonly scope: string;
  readonly issued_at: string;
  readonly expires_at: string | null;
  readonly last_used_at: string | null;
  readonly tokens_sealed: string;
};

const listTokensets = operation({
  id: 'get_federated-connections-tokensets',
  method: 'GET',
  path: '/users/{id}/federated-connections-tokensets',
  tag,
  summary: 'List the token sets of other providers that are kept for a user',
  scopes: ['read:federated_connections_tokens'],
  params: userId,
  status: 200,
  response: Type.Array(
    Type.Object({
      id: text,
      connection: text,
      scope: text,
      issued_at: text,
      expires_at: orNull(text),
      last_used_at: orNull(text),
    }),
  ),
  errors: USER_NOT_FOUND,
});

const deleteTokenset = operation({
  id: 'delete_federated-connections-tokensets_by_tokenset_id',
  method: 'DELETE',
  path: '/users/{id}/federated-connections-tokensets/{tokenset_id}',
  tag,
  summary: 'Forget a token set',
  scopes: ['delete:federated_connections_tokens'],
  params: strict({ ...userId.properties, tokenset_id: Type.String({ minLength: 1, maxLength: 36 }) }),
  status: 204,
});

export const belongingRoutes: Route[] = [
  handle(listUserLogs, async ({ sql, context, params, query }) => {
    const page = pageOf(query);
    if (page.offset + page.limit > MOST_RESULTS)
      throw new ApiError(400, `You can only page through the first ${MOST_RESULTS} records.`, 'invalid_paging');
    const oldestFirst = query.sort?.endsWith(':1') ?? false;
    const search = { ...page, q: undefined, userId: params.id, oldestFirst, totals: query.include_totals };
    const { events, total } = await searchLogEvents(sql, context.tenant, search);
    return pageAnswer(query, 'logs', events, total);
  }),

  handle(listUserGroups, async (call) => {
    const { sql, context, services, query } = call;
    const user = await requireUser(call, call.params.id);
    const memberships = await membershipsOf(sql, context.tenant, user.user_id);
    const checkpoint = query.take === undefined ? undefined : checkpointAnswer(query, memberships, (m) => m.group_id);
    const { offset, limit } = pageOf(query);
    const groups: unknown[] = [];
    for (const { group_id, created_at } of checkpoint?.page ?? memberships.slice(offset, offset + limit)) {
      const group = await services.stores.groups.get(sql, context.tenant, group_id);
      const membership_created_at = new Date(created_at).toISOString();
      if (group) groups.push(pickFields({ ...shownGroup(group, context.tenant), membership_created_at }, query));
    }
    return checkpoint ? { groups, ...checkpoint.next } : pageAnswer(query, 'groups', groups, memberships.length);
  }),

  handle(listConnectedAccounts, async (call) => {
    const { sql, context, query } = call;
    const user = await requireUser(call, call.params.id);
    const accounts = await recordsOf<ConnectedAccount>(sql, context.tenant, 'connected_account', user.user_id);
    const { page, next } = checkpointAnswer(query, accounts, ({ id }) => id);
    return { connected_accounts: page.map(({ id, doc }) => ({ id, ...doc })), ...next };
  }),

  handle(listTokensets, async (call) => {
    const user = await requireUser(call, call.params.id);
    const kept = await recordsOf<Tokenset>(call.sql, call.context.tenant, 'federated_tokenset', user.user_id);
    return kept.map(({ id, doc: { tokens_sealed: _, ...shown } }) => ({ id, ...shown }));
  }),

  handle(deleteTokenset, async ({ sql, context, params }) => {
    const kept = await getRecord(sql, context.tenant, 'federated_tokenset', params.tokenset_id);
    if (kept?.user_id === params.id) await removeRecord(sql, context.tenant, 'federated_tokenset', params.tokenset_id);
  }),
];
