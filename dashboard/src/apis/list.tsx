/**
 * The APIs that access tokens can be for, and the way to describe another.
 */
import { Badge, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconServer2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useDashboard } from '../dashboard.tsx';
import { AddButton } from '../ui/buttons.tsx';
import { CopyIcon } from '../ui/copy.tsx';
import { FilterField } from '../ui/filter-field.tsx';
import { IconRow } from '../ui/icon-row.tsx';
import { Page } from '../ui/page.tsx';
import { Rows, rowLink } from '../ui/rows.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { Empty, Failure } from '../ui/states.tsx';
import { CreateApi } from './create.tsx';
import { ApiIcon } from './icon.tsx';
import { apiListQuery, type ResourceServer } from './queries.ts';

/** From this many on a list wants a search. */
const MANY = 8;

export function ApisScreen() {
  const { api } = useDashboard();
  const list = useQuery(apiListQuery(api));
  const [creating, dialog] = useDisclosure(false);
  const [words, setWords] = useState('');
  const all = list.data ?? [];
  const found = all.filter(({ name = '', identifier }) =>
    `${name} ${identifier}`.toLowerCase().includes(words.trim().toLowerCase()),
  );
  const create = (
    <AddButton scope="create:resource_servers" onClick={dialog.open}>
      Create API
    </AddButton>
  );
  return (
    <Page
      title="APIs"
      description="An API of yours accepts access tokens of this tenant. Its identifier is the audience that clients ask for."
      actions={create}
    >
      {list.isPending && <RowSkeletons label="APIs" count={3} />}
      {list.isError && !list.data && <Failure error={list.error} onRetry={() => list.refetch()} />}
      {list.data && (
        <Stack gap="lg">
          {all.length >= MANY && (
            <FilterField
              label="Search APIs"
              placeholder="Search by name or identifier"
              value={words}
              onChange={setWords}
            />
          )}
          {found.length > 0 && (
            <Rows label="APIs">
              {found.map((one) => (
                <ApiRow key={one.id} resourceServer={one} />
              ))}
            </Rows>
          )}
          {all.length > 0 && found.length === 0 && (
            <Text c="dimmed" ta="center">
              No API has this in its name or identifier.
            </Text>
          )}
          {all.every(({ is_system }) => is_system) && (
            <Empty icon={<IconServer2 />} title="No API of your own yet">
              Describe an API here when applications should call it with an access token: then clients can ask for
              tokens with its identifier, and you decide which permissions they get.
            </Empty>
          )}
          <Text size="sm" c="dimmed" ta="center" role="status">
            {all.length} {all.length === 1 ? 'API' : 'APIs'}
          </Text>
        </Stack>
      )}
      <CreateApi opened={creating} onClose={dialog.close} />
    </Page>
  );
}

function ApiRow({ resourceServer }: { resourceServer: ResourceServer }) {
  const { id, name, identifier, is_system } = resourceServer;
  return (
    <IconRow
      icon={<ApiIcon isSystem={is_system === true} />}
      action={<CopyIcon value={identifier} label={`identifier of ${name ?? identifier}`} />}
    >
      <Group gap="xs">
        <Link to="/apis/$apiId" params={{ apiId: id }} className={rowLink}>
          {name || identifier}
        </Link>
        {is_system && (
          <Badge variant="light" size="sm" tt="none">
            System API
          </Badge>
        )}
      </Group>
      <Text size="sm" c="dimmed" ff="monospace" truncate>
        {identifier}
      </Text>
    </IconRow>
  );
}
