/**
 * Third-party APIs and applications that this client gets tokens for: a switch each, and a window with settings and
 * usage.
 */
import { Button, Group, Stack, Switch, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useMay } from '../../api/may.tsx';
import type { Client } from '../../api/types.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { notifyDone } from '../../ui/notify.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { Section } from '../../ui/section.tsx';
import { InlineFailure } from '../../ui/states.tsx';
import { useClient, useUpdateClient } from '../queries.ts';
import { AddonWindow } from './addon-window.tsx';
import { ADDON_GROUPS, type Addon } from './catalogue.ts';
import { NotBuilt } from './not-built.tsx';

export function AddonsTab() {
  const client = useClient();
  const [open, setOpen] = useState<Addon>();
  return (
    <Stack gap={0} pt="xl">
      <NotBuilt />
      {ADDON_GROUPS.map(({ title, description, addons }) => (
        <Section key={title} title={title} description={description}>
          <Rows label={`${title} addons`}>
            {addons.map((addon) => (
              <AddonRow key={addon.name} client={client} addon={addon} onOpen={() => setOpen(addon)} />
            ))}
          </Rows>
        </Section>
      ))}
      {open && <AddonWindow key={open.name} client={client} addon={open} onClose={() => setOpen(undefined)} />}
    </Stack>
  );
}

function AddonRow({ client, addon, onOpen }: { client: Client; addon: Addon; onOpen: () => void }) {
  const update = useUpdateClient(client.client_id);
  const mayChange = useMay('update:clients');
  const isOn = client.addons?.[addon.name] !== undefined && client.addons[addon.name] !== null;
  const [asking, dialog] = useDisclosure(false);
  const switchOff = () => {
    const { [addon.name]: _settings, ...others } = client.addons ?? {};
    update.mutate(
      { addons: others },
      {
        onSuccess: () => {
          dialog.close();
          notifyDone(`${addon.title} is off`);
        },
      },
    );
  };
  const hasSettings = Object.keys(client.addons?.[addon.name] ?? {}).length > 0;
  return (
    <Row>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" gap="md">
          <Stack gap={2} miw={0}>
            <Text fw={600}>{addon.title}</Text>
            <Text size="sm" c="dimmed">
              {addon.about}
            </Text>
          </Stack>
          <Group gap="sm" wrap="nowrap">
            {isOn && mayChange && (
              <Button size="xs" variant="default" aria-label={`Settings of ${addon.title}`} onClick={onOpen}>
                Settings
              </Button>
            )}
            <Switch
              size="md"
              aria-label={addon.title}
              checked={isOn}
              disabled={!mayChange || update.isPending}
              // On opens the window: what an addon needs is entered before it counts.
              onChange={(event) => {
                if (event.currentTarget.checked) onOpen();
                else if (hasSettings) dialog.open();
                else switchOff();
              }}
            />
          </Group>
        </Group>
        {!asking && <InlineFailure error={update.error} />}
        <Confirm
          opened={asking}
          onClose={dialog.close}
          onConfirm={switchOff}
          title={`Switch ${addon.title} off?`}
          action="Switch off"
          pending={update.isPending}
          error={update.error}
        >
          Its settings are removed with it, keys among them.
        </Confirm>
      </Stack>
    </Row>
  );
}
