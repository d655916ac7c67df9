/**
 * The hooks by the point that they are for, of which one is on at each.
 */
import { Box, Group, Stack, Switch, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFishHook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { useMay } from '../api/may.tsx';
import { useDashboard } from '../dashboard.tsx';
import { AddButton } from '../ui/buttons.tsx';
import { TextLink } from '../ui/links.tsx';
import { Listed } from '../ui/listed.tsx';
import { NoEffect } from '../ui/no-effect.tsx';
import { Page } from '../ui/page.tsx';
import { Row, Rows, rowControl, rowLink } from '../ui/rows.tsx';
import { Empty, InlineFailure } from '../ui/states.tsx';
import { CreateHook } from './create.tsx';
import { HookIcon } from './icon.tsx';
import { HOOKS_INERT, hooksQuery, type ListedHook, useSwitchHook } from './queries.ts';
import { HOOK_TRIGGERS, HOOK_WORDS, type HookTrigger } from './words.ts';

export function HooksScreen() {
  const { api } = useDashboard();
  const query = useQuery(hooksQuery(api));
  const [creating, dialog] = useDisclosure(false);
  const none = query.isSuccess && query.data.length === 0;
  const create = (
    <AddButton scope="create:hooks" onClick={dialog.open}>
      Create hook
    </AddButton>
  );
  return (
    <Page
      title="Hooks"
      description={
        <>
          The older way to put code at certain moments. For new code there are{' '}
          <TextLink to="/actions" underline="always" inherit>
            actions
          </TextLink>
          .
        </>
      }
      actions={!none && create}
    >
      <NoHookRuns />
      <Listed
        query={query}
        label="Hooks"
        isEmpty={(hooks) => hooks.length === 0}
        empty={
          <Empty icon={<IconFishHook />} title="No hook yet" actions={create}>
            Hooks are kept here for tenants that have some. Each is for one moment, and one of them is on at each.
          </Empty>
        }
      >
        {(hooks) => <HookGroups hooks={hooks} />}
      </Listed>
      <CreateHook opened={creating} onClose={dialog.close} />
    </Page>
  );
}

export function NoHookRuns() {
  if (!HOOKS_INERT) return null;
  return (
    <Box pb="lg">
      <NoEffect title="No hook runs yet">
        Hooks are written, checked and kept here, and the API answers them. Nothing calls them yet.
      </NoEffect>
    </Box>
  );
}

function HookGroups({ hooks }: { hooks: ListedHook[] }) {
  const turn = useSwitchHook();
  const groups = HOOK_TRIGGERS.map((trigger) => ({
    trigger,
    hooks: hooks.filter(({ triggerId }) => triggerId === trigger),
  }));
  return (
    <Stack gap="xl">
      <InlineFailure error={turn.error} />
      {groups
        .filter((group) => group.hooks.length > 0)
        .map((group) => (
          <HookGroup
            key={group.trigger}
            {...group}
            pending={turn.isPending ? turn.variables : undefined}
            onSwitch={(hook, enabled) => turn.mutate({ hook, hooks: group.hooks, enabled })}
          />
        ))}
    </Stack>
  );
}

type HookGroupProps = {
  trigger: HookTrigger;
  hooks: ListedHook[];
  /** The change that is on its way, which is shown as done. */
  pending: { hook: ListedHook; enabled: boolean } | undefined;
  onSwitch: (hook: ListedHook, enabled: boolean) => void;
};

function HookGroup({ trigger, hooks, pending, onSwitch }: HookGroupProps) {
  const id = useId();
  const mayChange = useMay('update:hooks');
  const { label, about } = HOOK_WORDS[trigger];
  const isOn = (hook: ListedHook) => {
    if (pending?.hook.triggerId !== trigger) return hook.enabled;
    return hook.id === pending.hook.id ? pending.enabled : hook.enabled && !pending.enabled;
  };
  return (
    <Stack component="section" gap="sm" aria-labelledby={id}>
      <Stack gap={2}>
        <Title order={2} id={id}>
          {label}
        </Title>
        <Text size="sm" c="dimmed">
          {about}
        </Text>
      </Stack>
      <Rows label={label}>
        {hooks.map((hook) => (
          <Row key={hook.id}>
            <Group gap="md" wrap="nowrap">
              <HookIcon />
              <Link to="/hooks/$hookId" params={{ hookId: hook.id }} className={rowLink} style={{ flex: 1 }}>
                {hook.name}
              </Link>
              <Switch
                className={rowControl}
                aria-label={`${hook.name} is on`}
                checked={isOn(hook)}
                disabled={!mayChange}
                onChange={(event) => onSwitch(hook, event.currentTarget.checked)}
              />
            </Group>
          </Row>
        ))}
      </Rows>
    </Stack>
  );
}
