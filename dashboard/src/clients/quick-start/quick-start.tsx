/**
 * The first tab of a client: what is left to do, a way to try it, and a guide for whatever it is made with.
 */
import { Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useDashboard } from '../../dashboard.tsx';
import { BackLink } from '../../ui/links.tsx';
import { Loading } from '../../ui/states.tsx';
import { connectionListQuery } from '../connection-queries.ts';
import { useClient } from '../queries.ts';
import type { ClientType } from '../type-values.ts';
import { CLIENT_TYPES, clientType } from '../types.tsx';
import { GUIDES } from './catalogue.ts';
import { Checklist } from './checklist.tsx';
import { ConnectionNotice } from './enable-connection.tsx';
import { GuideView } from './guide.tsx';
import { Tiles } from './tiles.tsx';
import { TokenRequest } from './token-request.tsx';
import { TryIt } from './try-it.tsx';

const route = getRouteApi('/clients/$clientId/');

export function QuickStartTab() {
  const client = useClient();
  const { api, config } = useDashboard();
  const { guide: id } = route.useSearch();
  const [chosen, setChosen] = useState<ClientType>('regular_web');
  const [audience, setAudience] = useState(config.audience);
  const known = clientType(client)?.value;
  const type = known ?? chosen;
  const isMachine = type === 'non_interactive';
  const guide = GUIDES[type].find((one) => one.id === id);
  const params = { clientId: client.client_id };
  // Whether a guide begins with a notice depends on it; what is below would jump.
  const connections = useQuery({ ...connectionListQuery(api), enabled: guide !== undefined && !isMachine });
  if (connections.isLoading) return <Loading />;
  if (guide) {
    return (
      <Stack gap="xl" pt="xl">
        <div>
          <BackLink to="/clients/$clientId" params={params}>
            All technologies
          </BackLink>
        </div>
        <GuideView key={guide.id} client={client} type={type} guide={guide} audience={audience}>
          {isMachine ? (
            <TokenRequest client={client} audience={audience} onAudience={setAudience} />
          ) : (
            <ConnectionNotice client={client} />
          )}
        </GuideView>
      </Stack>
    );
  }
  return (
    <Stack gap="xl" pt="xl">
      {!known && <TypeSelect value={chosen} onChange={setChosen} />}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg" style={{ alignItems: 'start' }}>
        <Checklist client={client} isMachine={isMachine} />
        {isMachine ? (
          <TokenRequest client={client} audience={audience} onAudience={setAudience} />
        ) : (
          <TryIt client={client} />
        )}
      </SimpleGrid>
      <Tiles clientId={client.client_id} type={type} />
    </Stack>
  );
}

function TypeSelect({ value, onChange }: { value: ClientType; onChange: (type: ClientType) => void }) {
  return (
    <Stack gap="xs" maw={480}>
      <Text>This client has no type yet. Choose what you are building to see how to begin.</Text>
      <Select
        aria-label="What you are building"
        allowDeselect={false}
        data={CLIENT_TYPES.map((type) => ({ value: type.value, label: type.label }))}
        value={value}
        onChange={(type) => type && onChange(type as ClientType)}
      />
    </Stack>
  );
}
