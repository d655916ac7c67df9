import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ADMINISTRATOR_ROLE_NAMES, ADMINISTRATOR_ROLES } from '../../../server/tenants/administrator-roles.ts';
import { notifyDone } from '../ui/notify.tsx';
import { InlineFailure } from '../ui/states.tsx';
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
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(
      { roles: withoutSpare(roles) },
      {
        onSuccess: () => {
          onClose();
          notifyDone('The roles were changed');
        },
      },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        <Text fw={600}>{userTitle(administrator)}</Text>
        <RoleFields value={roles} onChange={setRoles} />
        <InlineFailure error={change.error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={roles.length === 0} loading={change.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
