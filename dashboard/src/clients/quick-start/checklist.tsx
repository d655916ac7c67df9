/** What has to happen for a client to be in use. Each item turns green when it did, as the settings and the logs tell. */
import { Group, Paper, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconCircleCheckFilled, IconCircleDashed } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Api } from '../../api/request.ts';
import type { Client, LogEvent } from '../../api/types.ts';
import { useDashboard } from '../../dashboard.tsx';
import { TextLink } from '../../ui/links.tsx';
import { ago } from '../../ui/time.ts';
import { connectionListQuery, enabledFor } from '../connection-queries.ts';
import { grantsQuery } from '../queries.ts';
import { EnableConnection } from './enable-connection.tsx';
import { tryCallback } from './try-login.ts';

/** Which log events show that a client of a kind is in use. */
const SIGNS = { people: '(s OR ssa OR seacft)', machine: 'seccft' } as const;

/** How often (ms) the logs are asked while nothing was seen yet. */
const POLL = 4000;

export function Checklist({ client, isMachine }: { client: Client; isMachine: boolean }) {
  const { api } = useDashboard();
  const seen = useQuery(firstUseQuery(api, client.client_id, isMachine ? 'machine' : 'people'));
  const event = seen.data?.[0];
  return (
    <Paper withBorder radius="lg" p="lg">
      <Stack gap="md">
        <Title order={2}>Check list</Title>
        <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
          <Item isDone title="Client created" />
          {isMachine ? (
            <Authorised client={client} />
          ) : (
            <>
              <ConnectionEnabled client={client} />
              <CallbackSaved client={client} />
            </>
          )}
          <Item isDone={event !== undefined} title={isMachine ? 'First token seen' : 'First login seen'}>
            {event ? (
              <>
                {event.user_name ? `${event.user_name}, ` : ''}
                <time dateTime={event.date ?? undefined}>{ago(event.date ?? '')}</time>
              </>
            ) : seen.isError ? (
              'The logs cannot be read with your role.'
            ) : (
              'Waiting: this turns green by itself.'
            )}
          </Item>
        </Stack>
      </Stack>
    </Paper>
  );
}

function ConnectionEnabled({ client }: { client: Client }) {
  const { api } = useDashboard();
  const connections = useQuery(connectionListQuery(api));
  const enabled = enabledFor(connections.data ?? [], client.client_id);
  return (
    <Item isDone={enabled.length > 0} title="Connection enabled">
      {enabled.length > 0 ? enabled.map(({ name }) => name).join(', ') : <EnableConnection client={client} />}
    </Item>
  );
}

function CallbackSaved({ client }: { client: Client }) {
  const callbacks = (client.callbacks ?? []).filter((callback) => callback !== tryCallback());
  const count = callbacks.length;
  return (
    <Item isDone={count > 0} title="Callback saved">
      {count > 0 ? (
        callbacks[0] + (count > 1 ? ` and ${count - 1} more` : '')
      ) : (
        <>
          A guide below does it with one click, or enter yours in the{' '}
          <TextLink to="/clients/$clientId/settings" params={{ clientId: client.client_id }} inherit underline="always">
            settings
          </TextLink>
          .
        </>
      )}
    </Item>
  );
}

function Authorised({ client }: { client: Client }) {
  const { api } = useDashboard();
  const grants = useQuery(grantsQuery(api, client.client_id));
  const audiences = grants.data?.map(({ audience }) => audience) ?? [];
  return (
    <Item isDone={audiences.length > 0} title="Authorised for an API">
      {audiences.length > 0 ? audiences.join(', ') : 'Choose an API below and authorise this client for it.'}
    </Item>
  );
}

function Item({ isDone, title, children }: { isDone: boolean; title: string; children?: ReactNode }) {
  const Icon = isDone ? IconCircleCheckFilled : IconCircleDashed;
  return (
    <Group component="li" gap="sm" wrap="nowrap" align="flex-start">
      <Icon
        size={22}
        aria-hidden
        style={{ flex: 'none' }}
        color={isDone ? 'var(--mantine-primary-color-filled)' : 'var(--mantine-color-dimmed)'}
      />
      <Stack gap={0} miw={0}>
        <Text fw={550}>
          {title}
          <VisuallyHidden>{isDone ? ': done' : ': not yet'}</VisuallyHidden>
        </Text>
        {children && (
          <Text component="div" size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {children}
          </Text>
        )}
      </Stack>
    </Group>
  );
}

/** The last event that shows the client in use; asked again until there is one. */
export function firstUseQuery(api: Api, clientId: string, kind: keyof typeof SIGNS) {
  return queryOptions({
    queryKey: ['clients', 'first-use', clientId, kind],
    queryFn: ({ signal }) =>
      api<LogEvent[]>('/logs', {
        query: { q: `client_id:"${clientId}" AND type:${SIGNS[kind]}`, per_page: 1, fields: 'date,type,user_name' },
        signal,
      }),
    refetchInterval: ({ state }) => (state.data?.length === 0 ? POLL : false),
  });
}
