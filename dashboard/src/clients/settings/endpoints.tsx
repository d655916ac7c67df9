/** Where everything is. What the server publishes about itself is shown as it says it; nothing is made up here. */
import { Stack, Text, Title } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { ApiFailure } from '../../api/errors.ts';
import type { Client } from '../../api/types.ts';
import { useDashboard } from '../../dashboard.tsx';
import { CopyField } from '../../ui/copy.tsx';
import { Failure, Loading } from '../../ui/states.tsx';
import { inertReason } from './fields.ts';

/** Names of the discovery document, in the order in which people look for them. */
const OAUTH = {
  authorization_endpoint: 'OAuth Authorization URL',
  device_authorization_endpoint: 'Device Authorization URL',
  token_endpoint: 'OAuth Token URL',
  userinfo_endpoint: 'OAuth User Info URL',
  jwks_uri: 'JSON Web Key Set',
  revocation_endpoint: 'Token Revocation URL',
  pushed_authorization_request_endpoint: 'Pushed Authorization Request URL',
  registration_endpoint: 'Dynamic Client Registration URL',
  end_session_endpoint: 'End Session URL',
} as const;

export function Endpoints({ client }: { client: Client }) {
  const { config } = useDashboard();
  const document = useQuery(discoveryQuery);
  const { issuer } = config;
  const id = client.client_id;
  if (document.isError) return <Failure error={document.error} onRetry={() => document.refetch()} />;
  if (!document.data) return <Loading />;
  const published = document.data;
  // The protocols come with the addons.
  const isMissing = inertReason('addons') !== undefined;
  return (
    <Stack gap="xl">
      <Group
        title="OAuth"
        endpoints={[
          ...Object.entries(OAUTH).map(([name, label]) => ({ label, value: published[name] })),
          { label: 'OpenID Configuration', value: `${issuer}.well-known/openid-configuration` },
        ]}
      />
      <Group
        title="SAML"
        isMissing={isMissing}
        endpoints={[
          { label: 'SAML Protocol URL', value: `${issuer}samlp/${id}` },
          { label: 'SAML Metadata URL', value: `${issuer}samlp/metadata/${id}` },
        ]}
      />
      <Group
        title="WS-Federation"
        isMissing={isMissing}
        endpoints={[
          {
            label: 'WS-Federation Metadata URL',
            value: `${issuer}wsfed/FederationMetadata/2007-06/FederationMetadata.xml`,
          },
          { label: 'WS-Federation Sign-in URL', value: `${issuer}wsfed/${id}` },
        ]}
      />
    </Stack>
  );
}

type GroupProps = { title: string; isMissing?: boolean; endpoints: { label: string; value: unknown }[] };

function Group({ title, isMissing = false, endpoints }: GroupProps) {
  return (
    <Stack gap="md">
      <Stack gap={2}>
        <Title order={3}>{title}</Title>
        {isMissing && (
          <Text size="sm" c="dimmed">
            Reserved: this server does not answer here yet.
          </Text>
        )}
      </Stack>
      {endpoints
        .filter((endpoint): endpoint is { label: string; value: string } => typeof endpoint.value === 'string')
        .map(({ label, value }) => (
          <CopyField key={label} label={label} name={label} value={value} />
        ))}
    </Stack>
  );
}

const discoveryQuery = queryOptions({
  queryKey: ['discovery'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }): Promise<Record<string, unknown>> => {
    const response = await fetch('/.well-known/openid-configuration', { signal });
    if (!response.ok)
      throw new ApiFailure('api', 'The discovery document could not be read.', { statusCode: response.status });
    return response.json();
  },
});
