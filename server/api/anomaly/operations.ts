/** The operations of `/anomaly`: addresses that made too many attempts. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { strict } from '../../schema/types.ts';

const tag = 'Anomaly';
const params = strict({ id: Type.String({ format: 'ip', maxLength: 45, description: 'IPv4 or IPv6 address' }) });

export const getBlockedAddress = operation({
  id: 'get_ips_by_id',
  method: 'GET',
  path: '/anomaly/blocks/ips/{id}',
  tag,
  summary: 'Tell whether an address is blocked',
  scopes: ['read:anomaly_blocks'],
  params,
  status: 200,
  errors: { 404: 'inexistent_ip_block' },
});

export const deleteBlockedAddress = operation({
  id: 'delete_ips_by_id',
  method: 'DELETE',
  path: '/anomaly/blocks/ips/{id}',
  tag,
  summary: 'Unblock an address',
  scopes: ['delete:anomaly_blocks'],
  params,
  status: 204,
});
