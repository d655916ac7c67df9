/**
 * The roles of the tenant, and the way to make one.
 */
import { Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconUserShield } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { May } from '../api/may.tsx';
import type { Role } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { IconRow } from '../ui/icon-row.tsx';
import { Page } from '../ui/page.tsx';
import { Pager } from '../ui/pager.tsx';
import { Rows, rowLink } from '../ui/rows.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { Empty, Failure } from '../ui/states.tsx';
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
  const total = list.data?.total ?? 0;
  const none = list.isSuccess && total === 0 && name === undefined;
  const create = (
    <May scope="create:roles">
      <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={dialog.open}>
        Create role
      </Button>
    </May>
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
          {list.isPending && <RowSkeletons label="Roles" />}
          {list.isError && !list.data && <Failure error={list.error} onRetry={() => list.refetch()} />}
          {list.isSuccess && total === 0 && (
            <Empty icon={<IconUserShield />} title="No role found">
              No role has this in its name.
            </Empty>
          )}
          {list.data && total > 0 && (
            <>
              <Rows label="Roles">
                {list.data.roles.map((role) => (
                  <RoleRow key={role.id} role={role} />
                ))}
              </Rows>
              <Pager
                page={page}
                perPage={PER_PAGE}
                total={total}
                thing="role"
                things="roles"
                onChange={(next) => navigate({ search: (now) => ({ ...now, page: next > 1 ? next : undefined }) })}
              />
            </>
          )}
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
