/**
 * From a fresh client to a first sign-in: code with this client's values, chosen by what kind of application it is.
 */
import { Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useDashboard } from '../dashboard.tsx';
import { AllowAddresses } from './allow-addresses.tsx';
import { GuideStep, GuideSteps } from './guide-steps.tsx';
import { useClient } from './queries.ts';
import type { Facts, Guide } from './samples/guide.ts';
import { machineGuide } from './samples/machine.ts';
import { nativeGuide } from './samples/native.ts';
import { regularWebGuide } from './samples/regular-web.ts';
import { spaGuide } from './samples/spa.ts';
import { CLIENT_TYPES, type ClientType, clientType } from './types.tsx';

const GUIDES: Record<ClientType, (facts: Facts) => Guide> = {
  native: nativeGuide,
  spa: spaGuide,
  regular_web: regularWebGuide,
  non_interactive: machineGuide,
};

export function QuickStartTab() {
  const client = useClient();
  const { config } = useDashboard();
  const known = clientType(client)?.value;
  const [chosen, setChosen] = useState<ClientType>('regular_web');
  const [audience, setAudience] = useState(config.audience);
  const type = known ?? chosen;
  const guide = GUIDES[type]({
    domain: config.domain,
    issuer: config.issuer,
    clientId: client.client_id,
    clientSecret: client.client_secret,
    audience,
  });
  return (
    <Stack gap="xl" pt="xl">
      {!known && <TypeSelect value={chosen} onChange={setChosen} />}
      {type === 'non_interactive' && (
        <TextInput
          maw={480}
          label="API identifier"
          description="The audience of the token. This is the Management API; put in one of your own."
          value={audience}
          onChange={(event) => setAudience(event.currentTarget.value)}
        />
      )}
      <GuideSteps>
        {guide.addresses && <AllowAddresses client={client} addresses={guide.addresses} />}
        {guide.steps.map((step) => (
          <GuideStep key={step.title} {...step} />
        ))}
      </GuideSteps>
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
