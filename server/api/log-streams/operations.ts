/** The operations of `/log-streams`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { strict } from '../../schema/types.ts';
import { idInPath } from '../invalid.ts';
import { logStreamResource, newLogStream } from './schema.ts';

const tag = 'Log streams';
const params = strict({ id: idInPath() });
const NOT_FOUND = { 404: 'inexistent_log_stream' };

export const listLogStreams = operation({
  id: 'get_log-streams',
  method: 'GET',
  path: '/log-streams',
  tag,
  summary: 'List log streams',
  scopes: ['read:log_streams'],
  status: 200,
  response: Type.Array(logStreamResource.read),
});

export const createLogStream = operation({
  id: 'post_log-streams',
  method: 'POST',
  path: '/log-streams',
  tag,
  summary: 'Create a log stream',
  scopes: ['create:log_streams'],
  body: newLogStream,
  status: 200,
  response: logStreamResource.read,
  resource: logStreamResource,
});

export const getLogStream = operation({
  id: 'get_log-streams_by_id',
  method: 'GET',
  path: '/log-streams/{id}',
  tag,
  summary: 'Get a log stream',
  scopes: ['read:log_streams'],
  params,
  status: 200,
  response: logStreamResource.read,
  errors: NOT_FOUND,
});

export const updateLogStream = operation({
  id: 'patch_log-streams_by_id',
  method: 'PATCH',
  path: '/log-streams/{id}',
  tag,
  summary: 'Update a log stream',
  scopes: ['update:log_streams'],
  params,
  body: logStreamResource.update,
  status: 200,
  response: logStreamResource.read,
  errors: NOT_FOUND,
  resource: logStreamResource,
});

export const deleteLogStream = operation({
  id: 'delete_log-streams_by_id',
  method: 'DELETE',
  path: '/log-streams/{id}',
  tag,
  summary: 'Delete a log stream',
  scopes: ['delete:log_streams'],
  params,
  status: 204,
  errors: NOT_FOUND,
});
