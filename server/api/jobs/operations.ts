/** The operations of `/jobs`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { anyObject, choice, open, opt, strict } from '../../schema/types.ts';
import { clientId, connectionId, identity, organizationId, userId } from '../tickets/schema.ts';
import { EXPORT_DESCRIPTION, IMPORT_DESCRIPTION } from './known.ts';
import { jobResource } from './schema.ts';

const tag = 'Jobs';
const params = strict({ id: Type.String({ minLength: 1, maxLength: 100 }) });
const NOT_FOUND = { 404: 'inexistent_job' };

export const importUsers = operation({
  id: 'post_users-imports',
  method: 'POST',
  path: '/jobs/users-imports',
  tag,
  summary: 'Import users from a file',
  description: IMPORT_DESCRIPTION,
  resource: jobResource,
  scopes: ['create:users'],
  multipart: true,
  body: strict({
    users: Type.String({ description: 'The file: JSON objects, in an array or one after the other' }),
    connection_id: connectionId,
    upsert: opt(choice(['true', 'false'])),
    external_id: opt(Type.String({ maxLength: 500 })),
    send_completion_email: opt(choice(['true', 'false'])),
  }),
  status: 202,
  response: jobResource.read,
  errors: { 413: 'payload_too_large' },
});

export const exportUsers = operation({
  id: 'post_users-exports',
  method: 'POST',
  path: '/jobs/users-exports',
  tag,
  summary: 'Export users to a file',
  description: EXPORT_DESCRIPTION,
  resource: jobResource,
  scopes: ['read:users'],
  body: strict({
    connection_id: opt(connectionId),
    format: opt(choice(['json', 'csv'])),
    limit: opt(Type.Integer({ minimum: 1 })),
    fields: opt(
      Type.Array(
        strict({
          name: Type.String({ minLength: 1, maxLength: 100 }),
          export_as: opt(Type.String({ minLength: 1, maxLength: 100 })),
        }),
        { maxItems: 100 },
      ),
    ),
  }),
  status: 200,
  response: jobResource.read,
});

export const sendVerificationEmail = operation({
  id: 'post_verification-email',
  method: 'POST',
  path: '/jobs/verification-email',
  tag,
  summary: 'Send a verification mail',
  scopes: ['update:users'],
  body: strict({
    user_id: userId,
    client_id: opt(clientId),
    identity: opt(identity),
    organization_id: opt(organizationId),
  }),
  status: 201,
  response: jobResource.read,
  errors: { 404: 'inexistent_user' },
});

export const getJob = operation({
  id: 'get_jobs_by_id',
  method: 'GET',
  path: '/jobs/{id}',
  tag,
  summary: 'Get a job',
  scopes: ['create:users', 'read:users', 'update:users'],
  params,
  status: 200,
  response: jobResource.read,
  errors: NOT_FOUND,
});

/** 204 when there are none; the job itself when it failed as a whole. */
export const getJobErrors = operation({
  id: 'get_errors',
  method: 'GET',
  path: '/jobs/{id}/errors',
  tag,
  summary: 'Get the rows of a job that failed',
  scopes: ['create:users', 'read:users', 'update:users'],
  params,
  status: 200,
  alsoAnswers: [204],
  response: Type.Union([
    Type.Array(
      open({
        user: anyObject(),
        errors: Type.Array(open({ code: Type.String(), message: Type.String(), path: opt(Type.String()) })),
      }),
    ),
    jobResource.read,
  ]),
  errors: NOT_FOUND,
});
