/** Members of organizations: users of the tenant, and the roles that each has within the organization. */
import { Type } from 'typebox';
import { opt, strict } from '../../../schema/types.ts';
import type { UserTable } from '../../../storage/tables.ts';
import { fromRow } from '../../users/store.ts';
import { organizationId } from '../schema.ts';

const userId = Type.String({ minLength: 1, maxLength: 300 });
const roleId = Type.String({ minLength: 1, maxLength: 100 });

export const memberParams = strict({ id: organizationId, user_id: userId });
/** Recorded: other properties are let pass here. */
export const membersBody = Type.Object({ members: Type.Array(userId, { minItems: 1, maxItems: 1000 }) });
export const rolesBody = strict({ roles: Type.Array(roleId, { minItems: 1, maxItems: 1000 }) });

export const member = Type.Object({
  user_id: opt(Type.String()),
  email: opt(Type.String()),
  picture: opt(Type.String()),
  name: opt(Type.String()),
  roles: opt(Type.Array(Type.Object({ id: Type.String(), name: Type.String() }))),
});
export type Member = {
  readonly user_id: string;
  readonly email?: string | undefined;
  readonly picture?: string | undefined;
  readonly name?: string | undefined;
};

/** A role as lists of an organization show it. */
export const shortRole = strict({ id: Type.String(), name: Type.String(), description: Type.String() });

export function shownMember(row: UserTable): Member {
  const { user_id, email, picture, name } = fromRow(row)! as Member;
  return { user_id, email, picture, name };
}
