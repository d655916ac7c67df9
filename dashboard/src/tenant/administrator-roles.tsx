import { Checkbox, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ADMINISTRATOR_ROLE_NAMES, ADMINISTRATOR_ROLES } from '../../../server/tenants/administrator-roles.ts';
import { DialogForm } from '../ui/dialog-form.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { userTitle } from '../users/person.tsx';
import { type Administrator, type AdministratorRole, useChangeAdministrator } from './administrator-queries.ts';

type RoleFieldsProps = { value: AdministratorRole[]; onChange: (roles: AdministratorRole[]) => void };

/** The roles to choose from, each with what it lets one do. */
export function RoleFields({ value, onChange }: RoleFieldsProps) {
  return (
    <Checkbox.Group
      label="Roles"
      description="Several add up."
      value={value}
      onChange={(roles) => onChange(roles as AdministratorRole[])}
    >
      <Stack gap="sm" mt="sm">
        {ADMINISTRATOR_ROLE_NAMES.map((role) => (
          <Checkbox
            key={role}
            value={role}
            label={ADMINISTRATOR_ROLES[role].name}
            description={ADMINISTRATOR_ROLES[role].description}
            // Who may do everything needs no other role.
            disabled={role !== 'admin' && value.includes('admin')}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

/** What is sent: the role that allows everything stands alone. */
export function withoutSpare(roles: readonly AdministratorRole[]): AdministratorRole[] {
  return roles.includes('admin') ? ['admin'] : [...roles];
}

export function ChangeRoles({ administrator, onClose }: { administrator: Administrator; onClose: () => void }) {
  const [roles, setRoles] = useState<AdministratorRole[]>([...administrator.roles]);
  const change = useChangeAdministrator(administrator.user_id);
  const submit = () =>
    change.mutate(
      { roles: withoutSpare(roles) },
      {
        onSuccess: () => {
          onClose();
          notifyDone('The roles were changed');
        },
      },
    );
  return (
    <DialogForm
      onSubmit={submit}
      onClose={onClose}
      action="Save"
      ready={roles.length > 0}
      pending={change.isPending}
      error={change.error}
    >
      <Text fw={600}>{userTitle(administrator)}</Text>
      <RoleFields value={roles} onChange={setRoles} />
    </DialogForm>
  );
}
