/**
 * The list of clients, searched and paged by the server, and the way to make one. What is searched for is in the
 * address, so that the way back from a client leads to the same list.
 */
import { Box, Group, Select, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconApps } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useDashboard } from '../dashboard.tsx';
import { AddButton } from '../ui/buttons.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { Listed } from '../ui/listed.tsx';
import { Page } from '../ui/page.tsx';
import { Paged } from '../ui/pager.tsx';
import { Rows } from '../ui/rows.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { Empty } from '../ui/states.tsx';
import { CreateClient } from './create.tsx';
import { clientListQuery, PER_PAGE } from './queries.ts';
import { ClientRow } from './row.tsx';
import type { ClientType } from './type-values.ts';
import { CLIENT_TYPES } from './types.tsx';

const route = getRouteApi('/clients');

export function ClientsScreen() {
  const { api } = useDashboard();
  const { page = 1, q = '', type } = route.useSearch();
  const list = useQuery(clientListQuery(api, { page, words: q, type }));
  const [creating, dialog] = useDisclosure(false);
  const isFiltered = q !== '' || type !== undefined;
  const create = (
    <AddButton scope="create:clients" onClick={dialog.open}>
      Create Client
    </AddButton>
  );
  const isEmpty = list.data?.total === 0 && !isFiltered;
  return (
    <Page
      title="Clients"
      description="A client stands for an application that signs people in or calls an API."
      actions={!isEmpty && create}
    >
      {isEmpty && (
        <Empty
          icon={<IconApps />}
          title="No client yet"
          actions={
            <>
              {create}
              <ButtonLink to="/welcome" search={{ again: true }} variant="default">
                First steps
              </ButtonLink>
            </>
          }
        >
          Create one for each application: it gets an ID, and where it may send people after they signed in.
        </Empty>
      )}
      {!isEmpty && (
        <Stack gap="lg">
          <Filter />
          <Listed
            query={list}
            label="Clients"
            isEmpty={({ total }) => total === 0}
            empty={
              <Text c="dimmed" ta="center" role="status">
                No client matches. Try fewer letters or another type.
              </Text>
            }
          >
            {({ clients, total }) => (
              <div aria-busy={list.isPlaceholderData}>
                <Paged perPage={PER_PAGE} total={total} thing="client" things="clients" isBeyond={clients.length === 0}>
                  <Rows label="Clients">
                    {clients.map((client) => (
                      <ClientRow key={client.client_id} client={client} />
                    ))}
                  </Rows>
                </Paged>
              </div>
            )}
          </Listed>
        </Stack>
      )}
      <CreateClient opened={creating} onClose={dialog.close} />
    </Page>
  );
}

/** Stands for no choice of a type. */
const ALL = 'all';

function Filter() {
  const { q = '', type } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Group gap="sm" align="flex-end">
      <Box flex="1 1 16rem">
        <SearchField
          label="Search clients"
          placeholder="Search by name or client ID"
          value={q}
          onSearch={(text) =>
            navigate({ search: (now) => ({ ...now, page: undefined, q: text.trim() || undefined }), replace: true })
          }
        />
      </Box>
      <Select
        flex="1 1 14rem"
        maw={{ base: 'none', sm: 288 }}
        aria-label="Type"
        allowDeselect={false}
        data={[{ value: ALL, label: 'All types' }, ...CLIENT_TYPES.map(({ value, label }) => ({ value, label }))]}
        value={type ?? ALL}
        onChange={(value) =>
          navigate({
            search: (now) => ({ ...now, page: undefined, type: value === ALL ? undefined : (value as ClientType) }),
            replace: true,
          })
        }
      />
    </Group>
  );
}
