/**
 * Third-party APIs and applications that this client gets tokens for: a switch each, and a window with settings and
 * usage.
 */
import { Group, Stack, Switch, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../../api/may.tsx';
import type { Client } from '../../api/types.ts';
import { useDashboard } from '../../dashboard.tsx';
import { RowButton } from '../../ui/buttons.tsx';
import { notifyUndoable } from '../../ui/notify.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { Section } from '../../ui/section.tsx';
import { InlineFailure } from '../../ui/states.tsx';
import { clientQuery, useClient, useUpdateClient } from '../queries.ts';
import { AddonWindow } from './addon-window.tsx';
import { ADDON_GROUPS, type Addon } from './catalogue.ts';
import { withAddon } from './form.ts';
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
  const { api } = useDashboard();
  const queries = useQueryClient();
  const update = useUpdateClient(client.client_id);
  const mayChange = useMay('update:clients');
  const settings = client.addons?.[addon.name] ?? undefined;
  // What the client has then: others may have been switched before this is taken back.
  const now = () => queries.getQueryData(clientQuery(api, client.client_id).queryKey) ?? client;
  const switchOff = () =>
    update.mutate(withAddon(client, addon.name), {
      onSuccess: () =>
        notifyUndoable(`${addon.title} is off`, () => update.mutateAsync(withAddon(now(), addon.name, settings))),
    });
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
            {settings && (
              <RowButton scope="update:clients" label={`Settings of ${addon.title}`} onClick={onOpen}>
                Settings
              </RowButton>
            )}
            <Switch
              size="md"
              aria-label={addon.title}
              checked={settings !== undefined}
              disabled={!mayChange || update.isPending}
              // On opens the window: what an addon needs is entered before it counts.
              onChange={(event) => (event.currentTarget.checked ? onOpen() : switchOff())}
            />
          </Group>
        </Group>
        <InlineFailure error={update.error} />
      </Stack>
    </Row>
  );
}
