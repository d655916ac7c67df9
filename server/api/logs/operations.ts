/** The operations of `/logs`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { opt, strict } from '../../schema/types.ts';
import { checkpointQuery, fieldsQuery, pageQuery } from '../lists.ts';
import { logResource } from './schema.ts';

const tag = 'Logs';
const scopes = ['read:logs', 'read:logs_users'];

export const listLogs = operation({
  id: 'get_logs',
  method: 'GET',
  path: '/logs',
  tag,
  summary: 'Search log events',
  scopes,
  query: strict({
    ...pageQuery,
    ...checkpointQuery,
    ...fieldsQuery,
    sort: opt(Type.String({ pattern: '^((date|log_id):(1|-1))?$' })),
    q: opt(Type.String({ maxLength: 4000 })),
    search: opt(Type.String({ maxLength: 4000 })),
  }),
  status: 200,
  response: Type.Array(logResource.read),
  errors: { 400: 'invalid_paging', 503: 'search_too_expensive' },
});

export const getLog = operation({
  id: 'get_logs_by_id',
  method: 'GET',
  path: '/logs/{id}',
  tag,
  summary: 'Get a log event',
  scopes,
  params: strict({ id: Type.String({ minLength: 1, maxLength: 100 }) }),
  status: 200,
  response: logResource.read,
  errors: { 404: 'inexistent_log' },
});
