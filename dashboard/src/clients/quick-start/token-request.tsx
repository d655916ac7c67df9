/**
 * The Quick Start of a client that acts for itself: which API, whether it is authorised for it, and a request that can
 * be run here.
 */
import { Button, Group, MultiSelect, Paper, Select, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheckFilled, IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { May } from '../../api/may.tsx';
import type { Client, ClientGrant, ResourceServer } from '../../api/types.ts';
import { useDashboard } from '../../dashboard.tsx';
import { notifyDone } from '../../ui/notify.tsx';
import { InlineFailure } from '../../ui/states.tsx';
import { grantsKey, grantsQuery, resourceServersQuery } from '../queries.ts';
import { machineObstacleOf, requestTokens } from '../token-endpoint.ts';
import { TokenProblem } from '../token-problem.tsx';
import { TokenView } from './token-view.tsx';

type TokenRequestProps = { client: Client; audience: string; onAudience: (audience: string) => void };

export function TokenRequest({ client, audience, onAudience }: TokenRequestProps) {
  const { api } = useDashboard();
  const apis = useQuery(resourceServersQuery(api));
  const grants = useQuery(grantsQuery(api, client.client_id));
  const chosen = apis.data?.find(({ identifier }) => identifier === audience);
  const grant = grants.data?.find((one) => one.audience === audience);
  return (
    <Paper withBorder radius="lg" p="lg">
      <Stack gap="md">
        <Stack gap={4}>
          <Title order={2}>Try it</Title>
          <Text c="dimmed" maw={620}>
            Asks for a token as this client, and shows what is in it. The guides use the same API.
          </Text>
        </Stack>
        <InlineFailure error={apis.error ?? grants.error} />
        <Select
          label="API"
          description="The audience of the token."
          searchable
          allowDeselect={false}
          maw={560}
          nothingFoundMessage="No such API"
          data={(apis.data ?? []).map(({ name, identifier }) => ({
            value: identifier,
            label: name ? `${name} (${identifier})` : identifier,
          }))}
          value={audience}
          onChange={(value) => value && onAudience(value)}
        />
        {chosen && grants.data && !grant && (
          <May scope="create:client_grants" otherwise={<Text c="dimmed">This client may not call this API yet.</Text>}>
            <Authorise key={audience} client={client} resourceServer={chosen} />
          </May>
        )}
        {grant && <Run key={audience} client={client} grant={grant} />}
      </Stack>
    </Paper>
  );
}

function Authorise({ client, resourceServer }: { client: Client; resourceServer: ResourceServer }) {
  const { api } = useDashboard();
  const queries = useQueryClient();
  const [scope, setScope] = useState<string[]>([]);
  const scopes = resourceServer.scopes ?? [];
  const authorise = useMutation({
    mutationFn: () =>
      api<ClientGrant>('/client-grants', {
        method: 'POST',
        body: { client_id: client.client_id, audience: resourceServer.identifier, scope },
      }),
    onSuccess: () => {
      notifyDone('The client is authorised');
      return queries.invalidateQueries({ queryKey: grantsKey(client.client_id) });
    },
  });
  return (
    <Stack gap="sm">
      <Text>This client may not call this API yet.</Text>
      {scopes.length > 0 && (
        <MultiSelect
          label="Permissions"
          description="What it may do there. More can be added later."
          placeholder={scope.length === 0 ? 'Choose permissions' : undefined}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': 'Remove all permissions' }}
          maxDropdownHeight={260}
          limit={100}
          maw={560}
          data={scopes.map(({ value }) => value)}
          value={scope}
          onChange={setScope}
        />
      )}
      <InlineFailure error={authorise.error} />
      <Group>
        <Button loading={authorise.isPending} onClick={() => authorise.mutate()}>
          Authorise for this API
        </Button>
      </Group>
    </Stack>
  );
}

function Run({ client, grant }: { client: Client; grant: ClientGrant }) {
  const queries = useQueryClient();
  const run = useMutation({
    mutationFn: () => requestTokens(client, { grant_type: 'client_credentials', audience: grant.audience }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['clients', 'first-use'] }),
  });
  const obstacle = machineObstacleOf(client);
  const count = grant.scope?.length ?? 0;
  return (
    <Stack gap="md">
      <Group gap="xs" wrap="nowrap">
        <IconCircleCheckFilled size={20} color="var(--mantine-primary-color-filled)" aria-hidden />
        <Text>
          Authorised, with{' '}
          {grant.allow_all_scopes ? 'every permission' : count === 1 ? '1 permission' : `${count} permissions`}.
        </Text>
      </Group>
      {obstacle ? (
        <Text c="dimmed">{obstacle}</Text>
      ) : (
        <Group>
          <Button
            leftSection={<IconPlayerPlay size={17} aria-hidden />}
            loading={run.isPending}
            onClick={() => run.mutate()}
          >
            Run the request
          </Button>
        </Group>
      )}
      {run.error && <TokenProblem error={run.error} />}
      {run.data && <TokenView tokens={run.data} />}
    </Stack>
  );
}
