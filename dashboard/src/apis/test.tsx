/**
 * A real token for this API, asked for as one of its authorised clients, and the requests to do the same elsewhere.
 */
import { Button, Group, Select, Stack, Text, Title } from '@mantine/core';
import { IconRobot } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiFailure } from '../api/errors.ts';
import { useDashboard } from '../dashboard.tsx';
import { CodeBlock } from '../ui/code-block.tsx';
import { decodeToken } from '../ui/jwt.ts';
import { ButtonLink } from '../ui/links.tsx';
import { Empty, Failure, InlineFailure, Loading } from '../ui/states.tsx';
import { grantsQuery, type Machine, machinesQuery, type ResourceServer, useResourceServer } from './queries.ts';

export function TestTab() {
  const { api } = useDashboard();
  const resourceServer = useResourceServer();
  const machines = useQuery(machinesQuery(api));
  const grants = useQuery(grantsQuery(api, resourceServer.identifier));
  const error = machines.error ?? grants.error;
  if (error) return <Failure error={error} />;
  if (!machines.data || !grants.data) return <Loading />;
  const authorised = machines.data.filter(({ client_id }) =>
    grants.data.some((grant) => grant.client_id === client_id),
  );
  if (authorised.length === 0) return <NobodyAuthorised />;
  return <Tryout resourceServer={resourceServer} machines={authorised} />;
}

function NobodyAuthorised() {
  const { apiId } = getRouteApi('/apis/$apiId').useParams();
  return (
    <Empty
      icon={<IconRobot />}
      title="No client is authorised"
      actions={
        <ButtonLink to="/apis/$apiId/machine-to-machine" params={{ apiId }}>
          Authorise a client
        </ButtonLink>
      }
    >
      A test asks for a token as a client would. Authorise one for this API first.
    </Empty>
  );
}

type TokenAnswer = { access_token: string; expires_in: number; scope?: string; token_type: string };

function Tryout({ resourceServer, machines }: { resourceServer: ResourceServer; machines: readonly Machine[] }) {
  const { config } = useDashboard();
  const [clientId, setClientId] = useState(machines[0]!.client_id);
  const machine = machines.find(({ client_id }) => client_id === clientId) ?? machines[0]!;
  const { identifier: audience } = resourceServer;
  const secret = machine.client_secret ?? undefined;
  const ask = useMutation({ mutationFn: () => askForToken(machine, audience) });
  const issuer = config.issuer.replace(/\/$/, '');
  const curl = [
    `curl --request POST '${issuer}/oauth/token' \\`,
    `  --data grant_type=client_credentials \\`,
    `  --data client_id=${machine.client_id} \\`,
    `  --data client_secret=${secret ?? 'YOUR_CLIENT_SECRET'} \\`,
    `  --data audience=${audience}`,
  ].join('\n');
  return (
    <Stack gap="xl" pt="xl">
      <Stack gap="md">
        <Text size="sm" c="dimmed" maw={620}>
          Asks this server for a token by the client credentials grant, as the chosen client does, and shows what is in
          it. The token is real.
        </Text>
        <Group align="flex-end" gap="sm">
          <Select
            label="Client"
            flex="1 1 16rem"
            maw={420}
            searchable
            allowDeselect={false}
            data={machines.map(({ client_id, name }) => ({ value: client_id, label: name || client_id }))}
            value={machine.client_id}
            onChange={(chosen) => {
              if (!chosen) return;
              ask.reset();
              setClientId(chosen);
            }}
          />
          <Button loading={ask.isPending} disabled={!secret} onClick={() => ask.mutate()}>
            Get a token
          </Button>
        </Group>
        {!secret && (
          <Text size="sm" c="dimmed">
            This client proves itself without a secret, so no token can be asked for from here.
          </Text>
        )}
        <InlineFailure error={ask.error} />
      </Stack>
      {ask.data && <Token answer={ask.data} audience={audience} />}
      <Stack gap="md">
        <Title order={2}>The same from your own code</Title>
        <CodeBlock
          caption="Terminal"
          code={curl}
          filledIn={[issuer, machine.client_id, audience]}
          {...(secret ? { secret } : {})}
        />
      </Stack>
    </Stack>
  );
}

function Token({ answer, audience }: { answer: TokenAnswer; audience: string }) {
  const decoded = decodeToken(answer.access_token);
  const call = `curl '${/^https?:/.test(audience) ? audience : 'https://api.example.com/'}' \\\n  --header 'Authorization: Bearer ${answer.access_token}'`;
  return (
    <Stack gap="md" role="region" aria-label="The token">
      <Title order={2}>The token</Title>
      <Text size="sm">
        Good for {answer.expires_in.toLocaleString()} seconds
        {answer.scope ? `, with the permissions ${answer.scope}.` : ', without permissions.'}
      </Text>
      <CodeBlock caption="Access token" code={answer.access_token} />
      {decoded && <CodeBlock caption="What it says" code={JSON.stringify(decoded.payload, null, 2)} />}
      {decoded && <CodeBlock caption="Its header" code={JSON.stringify(decoded.header, null, 2)} />}
      <CodeBlock caption="A call with it" code={call} />
    </Stack>
  );
}

/** RFC 6749 §4.4. @throws ApiFailure with the words of the token endpoint */
async function askForToken(machine: Machine, audience: string): Promise<TokenAnswer> {
  const response = await fetch('/oauth/token', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: machine.client_id,
      client_secret: machine.client_secret ?? '',
      audience,
    }),
  }).catch(() => {
    throw new ApiFailure('network', 'The server did not answer.');
  });
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body as TokenAnswer;
  throw new ApiFailure('api', body.error_description ?? `The server answered with status ${response.status}.`, {
    statusCode: response.status,
  });
}
