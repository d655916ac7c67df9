/**
 * A real login of a user of this database, by the password grant: nothing in this browser is signed in or out by it.
 */
import { Button, Group, PasswordInput, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ApiFailure } from '../api/errors.ts';
import { useMay } from '../api/may.tsx';
import { useDashboard } from '../dashboard.tsx';
import { CodeBlock } from '../ui/code-block.tsx';
import { decodeToken } from '../ui/jwt.ts';
import { notifyDone } from '../ui/notify.tsx';
import { Empty, Failure, InlineFailure, Loading } from '../ui/states.tsx';
import { type ConnectedClient, clientsQuery, PASSWORD_REALM, useConnection, useCreateTester } from './queries.ts';

export function TryTab() {
  const { api } = useDashboard();
  const connection = useConnection();
  const list = useInfiniteQuery(clientsQuery(api));
  if (list.isPending) return <Loading />;
  if (!list.data) return <Failure error={list.error} onRetry={() => list.refetch()} />;
  const able = list.data.pages
    .flatMap(({ clients }) => clients)
    .filter(
      ({ client_id, grant_types }) =>
        grant_types?.includes(PASSWORD_REALM) && connection.enabled_clients?.includes(client_id),
    );
  return able.length === 0 ? <NoTester /> : <TryForm clients={able} />;
}

function NoTester() {
  const connection = useConnection();
  const create = useCreateTester(connection.id);
  const mayCreate = [useMay('create:clients'), useMay('update:connections')].every(Boolean);
  return (
    <Stack>
      <Empty
        icon={<IconFlask />}
        title="No client can try this connection"
        actions={
          mayCreate && (
            <Button
              loading={create.isPending}
              onClick={() => create.mutate(undefined, { onSuccess: () => notifyDone('The test client was created') })}
            >
              Create a test client
            </Button>
          )
        }
      >
        A login is tried through a client that has the password grant and that this connection is on for. One can be
        created that may do nothing else.
      </Empty>
      <InlineFailure error={create.error} />
    </Stack>
  );
}

type Outcome = { id_token: string; access_token: string; profile: object };

function TryForm({ clients }: { clients: readonly ConnectedClient[] }) {
  const connection = useConnection();
  const { api } = useDashboard();
  const [clientId, setClientId] = useState(clients[0]!.client_id);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const secret = useQuery({
    queryKey: ['connections', 'secret', clientId],
    queryFn: ({ signal }) =>
      api<{ client_secret?: string }>(`/clients/${encodeURIComponent(clientId)}`, {
        query: { fields: 'client_secret' },
        signal,
      }),
  });
  const attempt = useMutation({
    mutationFn: () =>
      signIn({
        client_id: clientId,
        client_secret: secret.data?.client_secret ?? '',
        realm: connection.name,
        username: username.trim(),
        password,
      }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    attempt.mutate();
  };
  return (
    <Stack gap="xl" pt="xl">
      <form onSubmit={submit}>
        <Stack gap="lg" maw={480}>
          <Text size="sm" c="dimmed">
            Signs a user in as an application would, and shows what it gets. You stay signed in as yourself; the attempt
            is written to the logs.
          </Text>
          {clients.length > 1 && (
            <Select
              label="Client"
              allowDeselect={false}
              data={clients.map(({ client_id, name }) => ({ value: client_id, label: name || client_id }))}
              value={clientId}
              onChange={(chosen) => chosen && setClientId(chosen)}
            />
          )}
          <TextInput
            label="E-mail address or username"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            value={username}
            onChange={(event) => setUsername(event.currentTarget.value)}
          />
          <PasswordInput
            label="Password"
            autoComplete="off"
            visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password', tabIndex: 0 }}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <InlineFailure error={attempt.error ?? secret.error} />
          <Group>
            <Button
              type="submit"
              loading={attempt.isPending}
              disabled={username.trim() === '' || password === '' || !secret.data}
            >
              Try to sign in
            </Button>
          </Group>
        </Stack>
      </form>
      {attempt.data && <Result outcome={attempt.data} />}
    </Stack>
  );
}

function Result({ outcome }: { outcome: Outcome }) {
  const claims = decodeToken(outcome.id_token)?.payload;
  return (
    <Stack gap="md" role="region" aria-label="It works">
      <Title order={2}>It works</Title>
      <Text size="sm">The user was found and the password is right. This is what an application gets.</Text>
      <CodeBlock caption="Profile (/userinfo)" code={JSON.stringify(outcome.profile, null, 2)} />
      {claims && <CodeBlock caption="ID token, decoded" code={JSON.stringify(claims, null, 2)} />}
      <CodeBlock caption="Access token" code={outcome.access_token} />
    </Stack>
  );
}

/** The vendor's password-realm grant. @throws ApiFailure with the words of the token endpoint */
async function signIn(request: Record<string, string>): Promise<Outcome> {
  const tokens = await ask('/oauth/token', {
    method: 'POST',
    body: new URLSearchParams({ ...request, grant_type: PASSWORD_REALM, scope: 'openid profile email' }),
  });
  const { id_token = '', access_token = '' } = tokens as Partial<Record<string, string>>;
  const profile = await ask('/userinfo', { headers: { authorization: `Bearer ${access_token}` } });
  return { id_token, access_token, profile };
}

async function ask(path: string, init: RequestInit): Promise<object> {
  const response = await fetch(path, init).catch(() => {
    throw new ApiFailure('network', 'The server did not answer.');
  });
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  throw new ApiFailure('api', body.error_description ?? `The server answered with status ${response.status}.`, {
    statusCode: response.status,
  });
}
