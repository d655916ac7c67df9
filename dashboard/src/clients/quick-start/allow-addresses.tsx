import { Button, Group, Text } from '@mantine/core';
import { IconCircleCheckFilled } from '@tabler/icons-react';
import { May } from '../../api/may.tsx';
import type { Client } from '../../api/types.ts';
import { notifyDone } from '../../ui/notify.tsx';
import { InlineFailure } from '../../ui/states.tsx';
import { type ClientChanges, useUpdateClient } from '../queries.ts';
import type { Addresses } from './catalogue.ts';
import { Step } from './steps.tsx';

const LABELS = {
  callbacks: 'Allowed callback URL',
  allowed_logout_urls: 'Allowed logout URL',
  web_origins: 'Allowed web origin',
} as const;

/** The first step of a guide: the settings without which its code would be refused, and a button that makes them. */
export function AllowAddresses({ client, addresses }: { client: Client; addresses: Addresses }) {
  const update = useUpdateClient(client.client_id);
  const missing = missingIn(client, addresses);
  const allowed = Object.keys(missing).length === 0;
  const names = Object.keys(LABELS) as (keyof typeof LABELS)[];
  return (
    <Step
      title="Allow the addresses of the sample"
      text="People are sent only to addresses that a client lists."
      values={names.flatMap((name) => (addresses[name] ?? []).map((value) => ({ label: LABELS[name], value })))}
    >
      <InlineFailure error={update.error} />
      <Group gap="xs" mih={36}>
        {allowed ? (
          <>
            <IconCircleCheckFilled size={20} color="var(--mantine-primary-color-filled)" aria-hidden />
            <Text>These addresses are allowed.</Text>
          </>
        ) : (
          <May scope="update:clients">
            <Button
              loading={update.isPending}
              onClick={() => update.mutate(missing, { onSuccess: () => notifyDone('The addresses are allowed') })}
            >
              Allow these addresses
            </Button>
          </May>
        )}
      </Group>
    </Step>
  );
}

/** The lists that lack an address, each with it added. */
function missingIn(client: Client, addresses: Addresses): ClientChanges {
  const names = Object.keys(LABELS) as (keyof Addresses)[];
  const lists = names.map(
    (name) => [name, [...new Set([...(client[name] ?? []), ...(addresses[name] ?? [])])]] as const,
  );
  return Object.fromEntries(lists.filter(([name, list]) => list.length > (client[name] ?? []).length));
}
