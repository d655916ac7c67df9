/** The third step: what has been set up, and a real login or token request of the new client. */
import { Group, SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Client } from '../api/types.ts';
import { Checklist, firstUseQuery } from '../clients/quick-start/checklist.tsx';
import { TokenRequest } from '../clients/quick-start/token-request.tsx';
import { TryIt } from '../clients/quick-start/try-it.tsx';
import { clientType } from '../clients/types.tsx';
import { useDashboard } from '../dashboard.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { StepPage } from './step-page.tsx';

export function Trial({ client }: { client: Client }) {
  const { api, config } = useDashboard();
  const [audience, setAudience] = useState(config.audience);
  const isMachine = clientType(client)?.value === 'non_interactive';
  const used = useQuery(firstUseQuery(api, client.client_id, isMachine ? 'machine' : 'people'));
  const isUsed = (used.data?.length ?? 0) > 0;
  return (
    <StepPage
      step={3}
      title={isMachine ? 'Ask for a token' : 'Try the login'}
      description={`${client.name} is there. See it work before a line of code is written.`}
    >
      <Stack gap="xl">
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg" style={{ alignItems: 'start' }}>
          {isMachine ? (
            <TokenRequest client={client} audience={audience} onAudience={setAudience} />
          ) : (
            <TryIt client={client} />
          )}
          <Checklist client={client} isMachine={isMachine} />
        </SimpleGrid>
        <Group>
          <ButtonLink
            to="/welcome"
            search={{ client: client.client_id, done: true }}
            size="md"
            variant={isUsed ? 'filled' : 'default'}
          >
            {isUsed ? 'Continue' : 'Skip the trial'}
          </ButtonLink>
        </Group>
      </Stack>
    </StepPage>
  );
}
