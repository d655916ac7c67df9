/** The operations of `/emails/provider`. */
import { operation } from '../../schema/operation.ts';
import { strict } from '../../schema/types.ts';
import { fieldsQuery } from '../lists.ts';
import { emailProviderResource } from './schema.ts';

const tag = 'Emails';
const NOT_FOUND = { 404: 'inexistent_email_provider' };

export const getProvider = operation({
  id: 'get_provider',
  method: 'GET',
  path: '/emails/provider',
  tag,
  summary: 'Get the mail provider',
  scopes: ['read:email_provider'],
  query: strict(fieldsQuery),
  status: 200,
  response: emailProviderResource.read,
  errors: NOT_FOUND,
});

export const createProvider = operation({
  id: 'post_provider',
  method: 'POST',
  path: '/emails/provider',
  tag,
  summary: 'Set up the mail provider',
  scopes: ['create:email_provider'],
  body: emailProviderResource.create,
  status: 201,
  response: emailProviderResource.read,
  errors: { 409: 'email_provider_exists' },
  resource: emailProviderResource,
});

export const updateProvider = operation({
  id: 'patch_provider',
  method: 'PATCH',
  path: '/emails/provider',
  tag,
  summary: 'Change the mail provider',
  scopes: ['update:email_provider'],
  body: emailProviderResource.update,
  status: 200,
  response: emailProviderResource.read,
  errors: NOT_FOUND,
  resource: emailProviderResource,
});

export const deleteProvider = operation({
  id: 'delete_provider',
  method: 'DELETE',
  path: '/emails/provider',
  tag,
  summary: 'Remove the mail provider',
  scopes: ['delete:email_provider'],
  status: 204,
});
