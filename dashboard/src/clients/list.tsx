/**
 * The list of clients, and the way to make one.
 */
import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconApps, IconPlus, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Client } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { Page } from '../ui/page.tsx';
import { Rows } from '../ui/rows.tsx';
import { Empty, Failure, InlineFailure, Loading } from '../ui/states.tsx';
import { CreateClient } from './create.tsx';
import { clientListQuery } from './queries.ts';
import { ClientRow } from './row.tsx';
import { clientTypeLabel } from './types.tsx';

export function ClientsScreen() {
  const { api } = useDashboard();
  const list = useInfiniteQuery(clientListQuery(api));
  const [creating, dialog] = useDisclosure(false);
  const clients = list.data?.pages.flatMap((page) => page.clients) ?? [];
  const total = list.data?.pages.at(-1)?.total ?? 0;
  const create = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={dialog.open}>
      Create client
    </Button>
  );
  return (
    <Page
      title="Clients"
      description="A client stands for an application that signs people in or calls an API."
      actions={clients.length > 0 && create}
    >
      {list.isPending && <Loading />}
      {list.isError && !list.data && <Failure error={list.error} onRetry={() => list.refetch()} />}
      {list.isSuccess && clients.length === 0 && (
        <Empty icon={<IconApps />} title="No client yet" actions={create}>
          Create one for each application: it gets an ID, and where it may send people after they signed in.
        </Empty>
      )}
      {clients.length > 0 && (
        <Stack gap="lg">
          <FilteredList clients={clients} total={total} />
          {list.data && <InlineFailure error={list.error} />}
          {list.hasNextPage && (
            <Button
              variant="default"
              style={{ alignSelf: 'center' }}
              loading={list.isFetchingNextPage}
              onClick={() => list.fetchNextPage()}
            >
              Show more
            </Button>
          )}
        </Stack>
      )}
      <CreateClient opened={creating} onClose={dialog.close} />
    </Page>
  );
}

function FilteredList({ clients, total }: { clients: Client[]; total: number }) {
  const [words, setWords] = useState('');
  const found = clients.filter((client) => matches(client, words));
  return (
    <>
      <TextInput
        type="search"
        aria-label="Search clients"
        placeholder="Search by name, type or client ID"
        leftSection={<IconSearch size={17} aria-hidden />}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {found.length > 0 && (
        <Rows label="Clients">
          {found.map((client) => (
            <ClientRow key={client.client_id} client={client} />
          ))}
        </Rows>
      )}
      <Text size="sm" c="dimmed" ta="center" role="status">
        {summary(found.length, clients.length, total, words.trim() !== '')}
      </Text>
    </>
  );
}

function matches(client: Client, words: string) {
  const text = `${client.name} ${clientTypeLabel(client)} ${client.client_id}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Tells what the list below is part of: a search looks only through what was loaded. */
function summary(found: number, loaded: number, total: number, searching: boolean) {
  const all =
    loaded < total ? `the ${loaded} loaded of ${total} clients` : `${total} ${total === 1 ? 'client' : 'clients'}`;
  if (!searching) return loaded < total ? `${loaded} of ${total} clients` : all;
  return found === 0 ? `Nothing found among ${all}.` : `${found} found among ${all}`;
}
