/** What the operations of `/device-credentials` do. */
import type { Static } from 'typebox';
import { ApiError } from '../../http/errors.ts';
import { randomAlphanumeric } from '../../keys/secrets.ts';
import { aboutRefreshToken, type RefreshTokenFilter } from '../../oidc/refresh-tokens.ts';
import type { RefreshTokenTable, UserRecordTable } from '../../storage/tables.ts';
import { pageAnswer, pageOf, pickFields } from '../lists.ts';
import { type Call, handle, type Route } from '../pipeline.ts';
import { countRefreshTokens, getRefreshToken, listRefreshTokens, revokeRefreshToken } from '../refresh-tokens/store.ts';
import { addRecord, fromRow, getRecord, recordsOf, removeRecord, type UserRecord } from '../users/records.ts';
import { getUser } from '../users/store.ts';
import {
  createDeviceCredential,
  deleteDeviceCredential,
  type deviceCredential,
  listDeviceCredentials,
} from './operations.ts';

type DeviceKey = {
  readonly device_name: string;
  readonly device_id: string;
  readonly value: string;
  readonly client_id?: string | undefined;
};

const ROTATING = { refresh_token: 0, rotating_refresh_token: 1 } as const;

export const deviceCredentialRoutes: Route[] = [
  handle(listDeviceCredentials, async (call) => {
    const { sql, context, query } = call;
    const { type, user_id, client_id } = query;
    const { offset, limit } = pageOf(query);
    const keys = type === undefined || type === 'public_key' ? (await keysOf(call)).map(shownKey) : [];
    const page: unknown[] = keys.slice(offset, offset + limit);
    // The tokens come after the keys.
    let total = keys.length;
    if (type !== 'public_key') {
      const filter: RefreshTokenFilter = { user_id, client_id, rotating: type && ROTATING[type] };
      const before = Math.max(0, offset - keys.length);
      const wanted = limit - page.length;
      const all = { after: undefined, limit: before + wanted };
      const tokens = wanted > 0 ? await listRefreshTokens(sql, context.tenant, filter, context.now, all) : [];
      page.push(...tokens.slice(before).map(shownToken));
      if (query.include_totals) total += await countRefreshTokens(sql, context.tenant, filter, context.now);
    }
    return pageAnswer(
      query,
      'device_credentials',
      page.map((item) => pickFields(item, query)),
      total,
    );
  }),

  handle(createDeviceCredential, async (call) => {
    const { sql, context, caller, body } = call;
    const { type: _, ...doc } = body;
    if (!(await getUser(sql, context.tenant, caller.sub)))
      throw new ApiError(403, 'Cannot create device credentials for that user.', 'operation_not_supported');
    const kept = await recordsOf<DeviceKey>(sql, context.tenant, 'device_key', caller.sub);
    const taken = kept.some((key) => key.doc.device_id === doc.device_id && key.doc.client_id === doc.client_id);
    if (taken) throw new ApiError(409, 'A public key already exists for the device.', 'device_credential_conflict');
    const id = `dcr_${randomAlphanumeric(16)}`;
    await addRecord(sql, context.tenant, 'device_key', { id, user_id: caller.sub, doc }, context.now);
    return { id };
  }),

  handle(deleteDeviceCredential, async (call) => {
    const { sql, context, caller, params } = call;
    const { tenant, now } = context;
    const mayDelete = (owner: string) => caller.sub === owner || caller.scope.includes('delete:device_credentials');
    const key = await getRecord(sql, tenant, 'device_key', params.id);
    const token = key ? undefined : await getRefreshToken(sql, tenant, params.id, now);
    const owner = key?.user_id ?? token?.user_id;
    if (owner === undefined) return;
    if (!mayDelete(owner))
      throw new ApiError(403, 'User to be acted on does not match subject in bearer token.', 'insufficient_scope');
    if (key) await removeRecord(sql, tenant, 'device_key', key.id);
    else await revokeRefreshToken(sql, tenant, params.id, now);
  }),
];

async function keysOf({
  sql,
  context,
  query,
}: Call<typeof listDeviceCredentials>): Promise<readonly UserRecord<DeviceKey>[]> {
  let rows = sql.build
    .selectFrom('user_records')
    .selectAll()
    .where('tenant', '=', context.tenant)
    .where('kind', '=', 'device_key')
    .orderBy('id');
  if (query.user_id !== undefined) rows = rows.where('user_id', '=', query.user_id);
  const found: UserRecordTable[] = await sql.query(rows);
  const keys = found.map((row) => fromRow<DeviceKey>(row));
  return query.client_id === undefined ? keys : keys.filter(({ doc }) => doc.client_id === query.client_id);
}

type Shown = Static<typeof deviceCredential>;

function shownKey({ id, user_id, doc }: UserRecord<DeviceKey>): Shown {
  const { device_name, device_id, client_id } = doc;
  return { id, device_name, device_id, type: 'public_key', user_id, ...(client_id ? { client_id } : {}) };
}

function shownToken(row: RefreshTokenTable): Shown {
  return {
    id: row.grant_id,
    device_name: aboutRefreshToken(row).initial?.user_agent ?? '',
    type: row.rotating ? 'rotating_refresh_token' : 'refresh_token',
    user_id: row.user_id,
    client_id: row.client_id,
  };
}
