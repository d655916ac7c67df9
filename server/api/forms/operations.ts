/** The operations of `/forms`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { strict } from '../../schema/types.ts';
import { idInPath } from '../invalid.ts';
import { hydrateQuery, pageQuery } from '../lists.ts';
import { formResource } from './schema.ts';

const tag = 'Forms';
const params = strict({ id: idInPath(30) });
const hydrate = hydrateQuery(['flow_count', 'links']);
// As with flows there is no `errorCode`.
const NOT_FOUND = { 404: 'Form not found' };

export const listForms = operation({
  id: 'get_forms',
  method: 'GET',
  path: '/forms',
  tag,
  summary: 'List forms, without what they are made of',
  scopes: ['read:forms'],
  query: strict({ ...pageQuery, hydrate }),
  status: 200,
  response: Type.Array(formResource.read),
});

export const createForm = operation({
  id: 'create_form',
  method: 'POST',
  path: '/forms',
  tag,
  summary: 'Create a form',
  scopes: ['create:forms'],
  body: formResource.create,
  status: 201,
  response: formResource.read,
  resource: formResource,
});

export const getForm = operation({
  id: 'get_form',
  method: 'GET',
  path: '/forms/{id}',
  tag,
  summary: 'Get a form',
  scopes: ['read:forms'],
  params,
  query: strict({ hydrate }),
  status: 200,
  response: formResource.read,
  errors: NOT_FOUND,
});

export const updateForm = operation({
  id: 'patch_form',
  method: 'PATCH',
  path: '/forms/{id}',
  tag,
  summary: 'Update a form',
  scopes: ['update:forms'],
  params,
  body: formResource.update,
  status: 200,
  response: formResource.read,
  errors: NOT_FOUND,
  resource: formResource,
});

export const deleteForm = operation({
  id: 'delete_form',
  method: 'DELETE',
  path: '/forms/{id}',
  tag,
  summary: 'Delete a form',
  scopes: ['delete:forms'],
  params,
  status: 204,
});
