/** Roles: named sets of permissions that users have. A role of an organization is given to its members only. */
import { Type } from 'typebox';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { choice, strict } from '../../schema/types.ts';

export const roleResource = resource({
  name: 'Role',
  plural: 'roles',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true, description: 'Identifier of the role' }),
    name: field(Type.String({ minLength: 1, maxLength: 500 }), {
      required: true,
      always: true,
      description: 'Name of the role; no two of one owner share it',
    }),
    description: field(Type.String({ maxLength: 1000 }), {
      nullable: 'keep',
      description: 'What the role is for',
    }),
    type: field(choice(['tenant', 'organization']), {
      createOnly: true,
      default: 'tenant',
      description: 'Whether the role is given to users as such, or to members of the organization that owns it',
    }),
    owner_id: field(Type.String({ minLength: 1, maxLength: 50 }), {
      createOnly: true,
      description: 'The organization that owns the role',
    }),
  },
});
export type Role = DocumentOf<typeof roleResource>;

/** The role as answers show it: the description is always there. */
export function shownRole(role: Role): Role {
  return { ...role, description: role.description ?? '' };
}

/** A permission is named by the API's identifier and the scope's value. */
export const permissionName = strict({
  resource_server_identifier: Type.String({ minLength: 1, maxLength: 600 }),
  permission_name: Type.String({ minLength: 1, maxLength: 280 }),
});
export type PermissionName = { readonly resource_server_identifier: string; readonly permission_name: string };

/** Body of the operations that give and take permissions. */
export const permissionsBody = strict({ permissions: Type.Array(permissionName, { minItems: 1, maxItems: 1000 }) });

/** A permission as lists show it. */
export const shownPermission = Type.Object({
  resource_server_identifier: Type.String(),
  permission_name: Type.String(),
  resource_server_name: Type.String(),
  description: Type.String(),
});
export type ShownPermission = PermissionName & {
  readonly resource_server_name: string;
  readonly description: string;
};

/** A permission and where the user has it from. */
export const sourcedPermission = Type.Object({
  ...shownPermission.properties,
  sources: Type.Array(
    Type.Object({
      source_id: Type.String(),
      source_name: Type.String(),
      source_type: choice(['DIRECT', 'ROLE']),
    }),
  ),
});
