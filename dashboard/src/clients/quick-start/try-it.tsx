/** Runs a login of this client in a window and shows what came of it. */
import { Button, Group, Paper, Stack, Switch, Text, Title } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { May } from '../../api/may.tsx';
import type { Client } from '../../api/types.ts';
import { useDashboard } from '../../dashboard.tsx';
import { InlineFailure } from '../../ui/states.tsx';
import { connectionListQuery, enabledFor } from '../connection-queries.ts';
import { useUpdateClient } from '../queries.ts';
import { TokenFailure } from '../token-endpoint.ts';
import { TokenProblem } from '../token-problem.tsx';
import { TokenView } from './token-view.tsx';
import { obstacleOf, tryCallback, tryLogin } from './try-login.ts';

export function TryIt({ client }: { client: Client }) {
  const { api, config } = useDashboard();
  const queries = useQueryClient();
  const [asksForAccount, setAsksForAccount] = useState(false);
  const update = useUpdateClient(client.client_id);
  const waiting = useRef<AbortController>(null);
  useEffect(() => () => waiting.current?.abort(), []);
  const login = useMutation({
    mutationFn: () => {
      waiting.current = new AbortController();
      return tryLogin(client, config, { asksForAccount, signal: waiting.current.signal });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['clients', 'first-use'] }),
  });
  const connections = useQuery(connectionListQuery(api));
  const hasNone = connections.data !== undefined && enabledFor(connections.data, client.client_id).length === 0;
  const obstacle =
    obstacleOf(client) ?? (hasNone ? 'Enable a connection first: nobody can sign in to this client yet.' : undefined);
  const isAllowed = client.callbacks?.includes(tryCallback()) ?? false;
  const allow = () => update.mutate({ callbacks: [...(client.callbacks ?? []), tryCallback()] });
  const isCancelled = login.error instanceof TokenFailure && login.error.code === 'cancelled';
  return (
    <Paper withBorder radius="lg" p="lg">
      <Stack gap="md">
        <Stack gap={4}>
          <Title order={2}>Try it</Title>
          <Text c="dimmed" maw={620}>
            {obstacle ?? 'Signs you in to this client in a window of its own, and shows the tokens and the profile.'}
          </Text>
        </Stack>
        {!obstacle && !isAllowed && (
          <>
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              The login comes back to <strong>{tryCallback()}</strong>, which is not an allowed callback of this client
              yet.
            </Text>
            <InlineFailure error={update.error} />
            <Group>
              <May scope="update:clients">
                <Button variant="default" loading={update.isPending} onClick={allow}>
                  Allow this callback
                </Button>
              </May>
            </Group>
          </>
        )}
        {!obstacle && isAllowed && (
          <>
            <Switch
              label="Ask who signs in"
              description="Otherwise whoever is signed in to this browser is taken. Signing in as somebody else here signs this dashboard out at its next reload."
              checked={asksForAccount}
              onChange={(event) => setAsksForAccount(event.currentTarget.checked)}
              maw={620}
            />
            <Group gap="sm">
              <Button
                leftSection={<IconPlayerPlay size={17} aria-hidden />}
                loading={login.isPending}
                onClick={() => login.mutate()}
              >
                Try it
              </Button>
              {login.isPending && (
                <>
                  <Button variant="default" onClick={() => waiting.current?.abort()}>
                    Cancel
                  </Button>
                  <Text size="sm" c="dimmed" role="status">
                    Waiting for the login in the other window.
                  </Text>
                </>
              )}
            </Group>
          </>
        )}
        {login.error && !isCancelled && <TokenProblem error={login.error} />}
        {login.data && <TokenView tokens={login.data.tokens} profile={login.data.profile} />}
      </Stack>
    </Paper>
  );
}
