/**
 * The roles of the tenant, and the way to make one.
 */
import { Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconUserShield } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Role } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { AddButton } from '../ui/buttons.tsx';
import { IconRow } from '../ui/icon-row.tsx';
import { Listed } from '../ui/listed.tsx';
import { Page } from '../ui/page.tsx';
import { Paged } from '../ui/pager.tsx';
import { Rows, rowLink } from '../ui/rows.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { Empty } from '../ui/states.tsx';
import { CreateRole } from './create.tsx';
import { RoleIcon } from './icon.tsx';
import { PER_PAGE, roleListQuery } from './queries.ts';

const route = getRouteApi('/roles');

export function RolesScreen() {
  const { api } = useDashboard();
  const { name, page = 1 } = route.useSearch();
  const navigate = route.useNavigate();
  const [creating, dialog] = useDisclosure(false);
  const list = useQuery(roleListQuery(api, { name, page }));
  const none = list.data?.total === 0 && name === undefined;
  const create = (
    <AddButton scope="create:roles" onClick={dialog.open}>
      Create role
    </AddButton>
  );
  return (
    <Page
      title="Roles"
      description="A role is a named set of permissions at your APIs. Users have the permissions of their roles."
      actions={!none && create}
    >
      {none ? (
        <Empty icon={<IconUserShield />} title="No role yet" actions={create}>
          Instead of giving each user single permissions, give them a role such as “Editor”: what it may do is changed
          in one place, for everybody who has it.
        </Empty>
      ) : (
        <Stack gap="lg">
          <SearchField
            label="Search roles"
            placeholder="Search by name"
            value={name ?? ''}
            onSearch={(text) => navigate({ search: { name: text.trim() || undefined } })}
          />
          <Listed
            query={list}
            label="Roles"
            isEmpty={({ total }) => total === 0}
            empty={
              <Empty icon={<IconUserShield />} title="No role found">
                No role has this in its name.
              </Empty>
            }
          >
            {({ roles, total }) => (
              <Paged perPage={PER_PAGE} total={total} thing="role" things="roles" isBeyond={roles.length === 0}>
                <Rows label="Roles">
                  {roles.map((role) => (
                    <RoleRow key={role.id} role={role} />
                  ))}
                </Rows>
              </Paged>
            )}
          </Listed>
        </Stack>
      )}
      <CreateRole opened={creating} onClose={dialog.close} />
    </Page>
  );
}

function RoleRow({ role }: { role: Role }) {
  return (
    <IconRow icon={<RoleIcon />}>
      <Link to="/roles/$roleId" params={{ roleId: role.id }} className={rowLink}>
        {role.name}
      </Link>
      {role.description && (
        <Text size="sm" c="dimmed" lineClamp={2}>
          {role.description}
        </Text>
      )}
    </IconRow>
  );
}
