/** The operations of `/tickets`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { opt, strict } from '../../schema/types.ts';
import {
  clientId,
  connectionId,
  databaseIdentity,
  identity,
  organizationId,
  resultUrl,
  ttlSec,
  userId,
} from './schema.ts';

const tag = 'Tickets';
const response = strict({ ticket: Type.String({ format: 'url' }) });
const errors = { 404: 'inexistent_user' };

export const createVerificationTicket = operation({
  id: 'post_email-verification',
  method: 'POST',
  path: '/tickets/email-verification',
  tag,
  summary: 'Create an e-mail verification ticket',
  scopes: ['create:user_tickets'],
  body: strict({
    user_id: userId,
    result_url: opt(resultUrl),
    client_id: opt(clientId),
    organization_id: opt(organizationId),
    ttl_sec: opt(ttlSec),
    includeEmailInRedirect: opt(Type.Boolean()),
    identity: opt(identity),
  }),
  status: 201,
  response,
  errors,
});

export const createPasswordTicket = operation({
  id: 'post_password-change',
  method: 'POST',
  path: '/tickets/password-change',
  tag,
  summary: 'Create a password change ticket',
  scopes: ['create:user_tickets'],
  body: strict({
    user_id: opt(userId),
    email: opt(Type.String({ format: 'email', maxLength: 320 })),
    connection_id: opt(connectionId),
    result_url: opt(resultUrl),
    client_id: opt(clientId),
    organization_id: opt(organizationId),
    ttl_sec: opt(ttlSec),
    mark_email_as_verified: opt(Type.Boolean()),
    includeEmailInRedirect: opt(Type.Boolean()),
    identity: opt(databaseIdentity),
  }),
  status: 201,
  response,
  errors,
});
