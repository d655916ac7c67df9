/**
 * A real token for this API, asked for as one of its authorised clients, and the requests to do the same elsewhere.
 */
import { Button, Group, Select, Stack, Text, Title } from '@mantine/core';
import { IconRobot } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { Client } from '../api/types.ts';
import { clientQuery } from '../clients/queries.ts';
import { machineObstacleOf, requestTokens, type Tokens } from '../clients/token-endpoint.ts';
import { TokenProblem } from '../clients/token-problem.tsx';
import { useDashboard } from '../dashboard.tsx';
import { CodeBlock } from '../ui/code-block.tsx';
import { decodeToken } from '../ui/jwt.ts';
import { ButtonLink } from '../ui/links.tsx';
import { Empty, Failure, Loaded, Loading } from '../ui/states.tsx';
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

function Tryout({ resourceServer, machines }: { resourceServer: ResourceServer; machines: readonly Machine[] }) {
  const { api } = useDashboard();
  const [clientId, setClientId] = useState(machines[0]!.client_id);
  const client = useQuery(clientQuery(api, clientId));
  return (
    <Stack gap="xl" pt="xl">
      <Stack gap="md">
        <Text size="sm" c="dimmed" maw={620}>
          Asks this server for a token by the client credentials grant, as the chosen client does, and shows what is in
          it. The token is real.
        </Text>
        <Select
          label="Client"
          maw={420}
          searchable
          allowDeselect={false}
          data={machines.map(({ client_id, name }) => ({ value: client_id, label: name || client_id }))}
          value={clientId}
          onChange={(chosen) => chosen && setClientId(chosen)}
        />
      </Stack>
      <Loaded query={client}>
        {(one) => <TokenRequest key={one.client_id} client={one} audience={resourceServer.identifier} />}
      </Loaded>
    </Stack>
  );
}

function TokenRequest({ client, audience }: { client: Client; audience: string }) {
  const { config } = useDashboard();
  const ask = useMutation({
    mutationFn: () => requestTokens(client, { grant_type: 'client_credentials', audience }),
  });
  const obstacle = machineObstacleOf(client);
  const issuer = config.issuer.replace(/\/$/, '');
  const secret = client.client_secret;
  return (
    <>
      {obstacle ? (
        <Text size="sm" c="dimmed">
          {obstacle}
        </Text>
      ) : (
        <Group>
          <Button loading={ask.isPending} onClick={() => ask.mutate()}>
            Get a token
          </Button>
        </Group>
      )}
      {ask.error && <TokenProblem error={ask.error} />}
      {ask.data && <Token answer={ask.data} audience={audience} />}
      <Stack gap="md">
        <Title order={2}>The same from your own code</Title>
        <CodeBlock
          caption="Terminal"
          code={curlOf(client, issuer, audience)}
          filledIn={[issuer, client.client_id, audience]}
          {...(secret ? { secret } : {})}
        />
      </Stack>
    </>
  );
}

/** The same request for a shell, with the client proving itself as it is set to. */
function curlOf(client: Client, issuer: string, audience: string): string {
  const { client_id, client_secret: secret = 'YOUR_CLIENT_SECRET', token_endpoint_auth_method: method } = client;
  const data = (name: string, value: string) => `--data-urlencode '${name}=${value}'`;
  const proof =
    method === 'client_secret_basic'
      ? [`--user '${client_id}:${secret}'`]
      : [data('client_id', client_id), data('client_secret', secret)];
  return [
    `curl --request POST '${issuer}/oauth/token'`,
    data('grant_type', 'client_credentials'),
    ...proof,
    data('audience', audience),
  ].join(' \\\n  ');
}

function Token({ answer, audience }: { answer: Tokens; audience: string }) {
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
