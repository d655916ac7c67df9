/** Groups of users, as a directory keeps them. A role of a group is a role of its members. */
import { Type } from 'typebox';
import { PATTERNS } from '../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { choice, opt, strict } from '../../schema/types.ts';

export const groupResource = resource({
  name: 'Group',
  plural: 'groups',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true, description: 'Identifier of the group' }),
    name: field(Type.String({ minLength: 1, maxLength: 128 }), { always: true, description: 'Name of the group' }),
    external_id: field(Type.String({ maxLength: 256 }), { description: 'Identifier in the directory it comes from' }),
    connection_id: field(Type.String(), { description: 'Connection of that directory' }),
    tenant_name: field(Type.String(), { readOnly: true, description: 'Tenant the group belongs to' }),
    created_at: field(Type.String(), { readOnly: true, always: true, description: 'When it was made' }),
    updated_at: field(Type.String(), { readOnly: true, description: 'When it was changed last' }),
  },
});
export type Group = DocumentOf<typeof groupResource>;

/** `grp_` and base58: no letter that looks like another. */
export const groupId = Type.String({ pattern: PATTERNS.groupId });

/** Ids in paths. */
export const params = strict({ id: Type.String({ minLength: 18, maxLength: 26 }) });
export const GROUP_NOT_FOUND = { 404: 'inexistent_group' };

export const groupMember = Type.Object({
  id: opt(Type.String()),
  member_type: opt(choice(['user', 'group'])),
  type: opt(choice(['connection', 'organization', 'tenant'])),
  connection_id: opt(Type.String()),
  created_at: opt(Type.String()),
});
