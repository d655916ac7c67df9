/**
 * The organizations of the tenant, and the way to make one.
 */
import { Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBuilding } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Organization } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { AddButton } from '../ui/buttons.tsx';
import { FilterField } from '../ui/filter-field.tsx';
import { IconRow } from '../ui/icon-row.tsx';
import { Page } from '../ui/page.tsx';
import { Rows, rowLink } from '../ui/rows.tsx';
import { ShowMore } from '../ui/show-more.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { Empty, Failure, InlineFailure } from '../ui/states.tsx';
import { CreateOrganization } from './create.tsx';
import { OrganizationIcon } from './icon.tsx';
import { organizationTitle } from './names.ts';
import { organizationListQuery } from './queries.ts';

export function OrganizationsScreen() {
  const { api } = useDashboard();
  const list = useInfiniteQuery(organizationListQuery(api));
  const [creating, dialog] = useDisclosure(false);
  const organizations = list.data?.pages.flatMap((page) => page.organizations) ?? [];
  const total = list.data?.pages.at(-1)?.total ?? 0;
  const create = (
    <AddButton scope="create:organizations" onClick={dialog.open}>
      Create organization
    </AddButton>
  );
  return (
    <Page
      title="Organizations"
      description="The customers and partners whose people use your applications, each with members, roles and connections of its own."
      actions={organizations.length > 0 && create}
    >
      {list.isPending && <RowSkeletons label="Organizations" />}
      {list.isError && !list.data && <Failure error={list.error} onRetry={() => list.refetch()} />}
      {list.isSuccess && organizations.length === 0 && (
        <Empty icon={<IconBuilding />} title="No organization yet" actions={create}>
          When businesses use your application, make an organization for each. The same person can be a member of
          several, with other roles in each.
        </Empty>
      )}
      {organizations.length > 0 && (
        <Stack gap="lg">
          <FilteredList organizations={organizations} total={total} />
          <InlineFailure error={list.error} />
          <ShowMore list={list} />
        </Stack>
      )}
      <CreateOrganization opened={creating} onClose={dialog.close} />
    </Page>
  );
}

function FilteredList({ organizations, total }: { organizations: Organization[]; total: number }) {
  const [words, setWords] = useState('');
  const found = organizations.filter((organization) => matches(organization, words));
  const all =
    organizations.length < total
      ? `the ${organizations.length} loaded of ${total} organizations`
      : `${total} ${total === 1 ? 'organization' : 'organizations'}`;
  return (
    <>
      <FilterField label="Search organizations" placeholder="Search by name or ID" value={words} onChange={setWords} />
      {found.length > 0 && (
        <Rows label="Organizations">
          {found.map((organization) => (
            <IconRow key={organization.id} icon={<OrganizationIcon organization={organization} />}>
              <Link
                to="/organizations/$organizationId"
                params={{ organizationId: organization.id }}
                className={rowLink}
              >
                {organizationTitle(organization)}
              </Link>
              <Text size="sm" c="dimmed" ff="monospace" truncate>
                {organization.name}
              </Text>
            </IconRow>
          ))}
        </Rows>
      )}
      <Text size="sm" c="dimmed" ta="center" role="status">
        {words.trim() === ''
          ? all
          : found.length === 0
            ? `Nothing found among ${all}.`
            : `${found.length} found among ${all}`}
      </Text>
    </>
  );
}

function matches({ id, name, display_name }: Organization, words: string) {
  const text = `${id} ${name} ${display_name ?? ''}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
