import { Modal, MultiSelect, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconUserShield } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Role } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { RoleIcon } from '../roles/icon.tsx';
import { roleChoicesQuery } from '../roles/queries.ts';
import { AddButton, RowButton } from '../ui/buttons.tsx';
import { DialogForm } from '../ui/dialog-form.tsx';
import { IconRow } from '../ui/icon-row.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { Listed } from '../ui/listed.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { useRemoval } from '../ui/removal.ts';
import { Rows, rowLink } from '../ui/rows.tsx';
import { Empty, InlineFailure, Loaded } from '../ui/states.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import { userPath, userRolesQuery, useUser, useUserDeed } from './queries.ts';

/** The roles of a user. */
export function RolesTab() {
  const { user_id } = useUser();
  const { api } = useDashboard();
  const query = useQuery(userRolesQuery(api, user_id));
  const [adding, dialog] = useDisclosure(false);
  const removal = useRemoval(
    useUserDeed<Role>(user_id, ({ id }) => rolesRequest(user_id, 'DELETE', [id])),
    useUserDeed<Role>(user_id, ({ id }) => rolesRequest(user_id, 'POST', [id])),
    ({ name }) => `The role ${name} was taken away`,
  );
  const roles = query.data ?? [];
  const button = (
    <AddButton scope={['update:users', 'create:role_members']} onClick={dialog.open}>
      Assign roles
    </AddButton>
  );
  return (
    <>
      <Listed
        query={query}
        label="Roles"
        isEmpty={(all) => all.length === 0}
        empty={
          <Empty icon={<IconUserShield />} title="No role yet" actions={button}>
            A role gives this user all of its permissions at once.
          </Empty>
        }
      >
        {() => (
          <>
            <Toolbar text="This user has the permissions of these roles.">{button}</Toolbar>
            <InlineFailure error={removal.error} />
            <Rows label="Roles">
              {roles.map((role) => (
                <IconRow
                  key={role.id}
                  icon={<RoleIcon />}
                  action={
                    <RowButton
                      scope={['update:users', 'delete:role_members']}
                      label={`Remove ${role.name}`}
                      onClick={() => removal.remove(role)}
                    >
                      Remove
                    </RowButton>
                  }
                >
                  <Link to="/roles/$roleId" params={{ roleId: role.id }} className={rowLink}>
                    {role.name}
                  </Link>
                  {role.description && (
                    <Text size="sm" c="dimmed" lineClamp={2}>
                      {role.description}
                    </Text>
                  )}
                </IconRow>
              ))}
            </Rows>
          </>
        )}
      </Listed>
      <Modal opened={adding} onClose={dialog.close} title="Assign roles">
        <Choices userId={user_id} given={roles} onClose={dialog.close} />
      </Modal>
    </>
  );
}

function rolesRequest(userId: string, method: 'POST' | 'DELETE', roles: readonly string[]) {
  return { path: userPath(userId, 'roles'), method, body: { roles } };
}

type ChoicesProps = { userId: string; given: readonly Role[]; onClose: () => void };

// Apart from the dialog, so that it starts empty each time it opens.
function Choices(props: ChoicesProps) {
  const { api } = useDashboard();
  const query = useQuery(roleChoicesQuery(api));
  return (
    <Loaded query={query}>
      {(all) => {
        const left = all.filter(
          ({ id, type }) => type !== 'organization' && !props.given.some((role) => role.id === id),
        );
        return left.length > 0 ? <AssignForm roles={left} {...props} /> : <NothingLeft any={all.length > 0} />;
      }}
    </Loaded>
  );
}

function NothingLeft({ any }: { any: boolean }) {
  return (
    <Stack gap="lg" align="flex-start">
      <Text>{any ? 'This user has every role there is.' : 'There is no role yet.'}</Text>
      <ButtonLink to="/roles" variant="default">
        Go to roles
      </ButtonLink>
    </Stack>
  );
}

function AssignForm({ roles, userId, onClose }: ChoicesProps & { roles: Role[] }) {
  const [chosen, setChosen] = useState<string[]>([]);
  const assign = useUserDeed<string[]>(userId, (ids) => rolesRequest(userId, 'POST', ids));
  const submit = () =>
    assign.mutate(chosen, {
      onSuccess: () => {
        onClose();
        notifyDone(chosen.length === 1 ? 'Role assigned' : `${chosen.length} roles assigned`);
      },
    });
  return (
    <DialogForm
      onSubmit={submit}
      onClose={onClose}
      action="Assign"
      ready={chosen.length > 0}
      pending={assign.isPending}
      error={assign.error}
    >
      <MultiSelect
        data-autofocus
        searchable
        label="Roles"
        placeholder={chosen.length === 0 ? 'Choose one or more' : undefined}
        nothingFoundMessage="No role found"
        data={roles.map(({ id, name }) => ({ value: id, label: name }))}
        value={chosen}
        comboboxProps={{ withinPortal: false }}
        onChange={setChosen}
      />
    </DialogForm>
  );
}
