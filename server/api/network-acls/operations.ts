/** The operations of `/network-acls`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { strict } from '../../schema/types.ts';
import { pageQuery } from '../lists.ts';
import { networkAclResource } from './schema.ts';

const tag = 'Network ACLs';
const params = strict({ id: Type.String({ minLength: 1, maxLength: 36 }) });
const NOT_FOUND = { 404: 'inexistent_network_acl' };
const resource = networkAclResource;

export const listNetworkAcls = operation({
  id: 'get_network-acls',
  method: 'GET',
  path: '/network-acls',
  tag,
  summary: 'List network ACLs',
  scopes: ['read:network_acls'],
  query: strict(pageQuery),
  status: 200,
  response: Type.Array(resource.read),
});

export const createNetworkAcl = operation({
  id: 'post_network-acls',
  method: 'POST',
  path: '/network-acls',
  tag,
  summary: 'Create a network ACL',
  scopes: ['create:network_acls'],
  body: resource.create,
  status: 201,
  response: resource.read,
  resource,
});

export const getNetworkAcl = operation({
  id: 'get_network-acls_by_id',
  method: 'GET',
  path: '/network-acls/{id}',
  tag,
  summary: 'Get a network ACL',
  scopes: ['read:network_acls'],
  params,
  status: 200,
  response: resource.read,
  errors: NOT_FOUND,
});

export const setNetworkAcl = operation({
  id: 'put_network-acls_by_id',
  method: 'PUT',
  path: '/network-acls/{id}',
  tag,
  summary: 'Replace a network ACL',
  scopes: ['update:network_acls'],
  params,
  body: resource.create,
  status: 200,
  response: resource.read,
  errors: NOT_FOUND,
  resource,
});

export const updateNetworkAcl = operation({
  id: 'patch_network-acls_by_id',
  method: 'PATCH',
  path: '/network-acls/{id}',
  tag,
  summary: 'Update a network ACL',
  scopes: ['update:network_acls'],
  params,
  body: resource.update,
  status: 200,
  response: resource.read,
  errors: NOT_FOUND,
  resource,
});

/** Recorded: it answers 200 with a body that speaks of 204. */
export const deleteNetworkAcl = operation({
  id: 'delete_network-acls_by_id',
  method: 'DELETE',
  path: '/network-acls/{id}',
  tag,
  summary: 'Delete a network ACL',
  scopes: ['delete:network_acls'],
  params,
  status: 200,
  response: strict({ code: Type.Integer(), object: Type.String() }),
  errors: NOT_FOUND,
});
