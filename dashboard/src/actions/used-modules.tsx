/**
 * The modules that an action uses, each in one of its versions.
 */
import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconPackages, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { May, useMay } from '../api/may.tsx';
import { Pane } from '../code/workbench.tsx';
import { useDashboard } from '../dashboard.tsx';
import { IconDeed } from '../ui/buttons.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { Row, Rows, rowControl } from '../ui/rows.tsx';
import { InlineFailure } from '../ui/states.tsx';
import { type Module, modulesQuery } from './modules/queries.ts';
import { type Action, useUpdateAction } from './queries.ts';

type Used = NonNullable<Action['modules']>[number];

export function UsedModules({ action }: { action: Action }) {
  const { api } = useDashboard();
  const { data = [] } = useQuery(modulesQuery(api));
  const update = useUpdateAction(action.id);
  const used = action.modules ?? [];
  const published = data.filter(({ latest_version_number }) => typeof latest_version_number === 'number');
  // A tenant without modules has no use for them here.
  if (used.length === 0 && published.length === 0) return null;
  const save = (modules: Used[], message: string) =>
    update.mutate(
      { modules: modules.map(({ module_id, module_version_id }) => ({ module_id, module_version_id })) },
      { onSuccess: () => notifyDone(message) },
    );
  return (
    <Pane title="Modules" about={used.length === 0 && 'Code that actions share.'}>
      {used.length > 0 && (
        <Rows label="Modules">
          {used.map((one) => (
            <UsedModule
              key={one.module_id}
              used={one}
              module={data.find(({ id }) => id === one.module_id)}
              onLatest={(version) =>
                save(
                  used.map((other) =>
                    other.module_id === one.module_id
                      ? { module_id: one.module_id, ...(version ? { module_version_id: version } : {}) }
                      : other,
                  ),
                  'The module was updated',
                )
              }
              onRemove={() =>
                save(
                  used.filter(({ module_id }) => module_id !== one.module_id),
                  'The module was taken out',
                )
              }
            />
          ))}
        </Rows>
      )}
      <May scope="update:actions">
        <AddModule
          left={published.filter(({ id }) => !used.some(({ module_id }) => module_id === id))}
          onAdd={(module_id) => save([...used, { module_id }], 'The module was added')}
        />
      </May>
      <InlineFailure error={update.error} />
    </Pane>
  );
}

type UsedModuleProps = {
  used: Used;
  module: Module | undefined;
  onLatest: (version: string | undefined) => void;
  onRemove: () => void;
};

function UsedModule({ used, module, onLatest, onRemove }: UsedModuleProps) {
  const mayChange = useMay('update:actions');
  const { module_name: name = used.module_id, module_version_number: number } = used;
  const latest = module?.latest_version_number;
  const isBehind = typeof latest === 'number' && number !== undefined && latest > number;
  return (
    <Row>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Group gap="sm" wrap="nowrap" miw={0}>
          <IconPackages size={17} stroke={1.7} aria-hidden style={{ flex: 'none' }} />
          <Stack gap={0} miw={0}>
            <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
              {name}
            </Text>
            <Text size="xs" c="dimmed">
              Version {number}
            </Text>
          </Stack>
        </Group>
        {mayChange && (
          <Group gap={4} wrap="nowrap" className={rowControl}>
            {isBehind && (
              <Button size="compact-xs" variant="light" onClick={() => onLatest(module?.latest_version?.id)}>
                Use {latest}
              </Button>
            )}
            <IconDeed label={`Take out ${name}`} onClick={onRemove}>
              <IconTrash size={17} />
            </IconDeed>
          </Group>
        )}
      </Group>
    </Row>
  );
}

function AddModule({ left, onAdd }: { left: readonly Module[]; onAdd: (id: string) => void }) {
  const [chosen, setChosen] = useState<string | null>(null);
  if (left.length === 0) return null;
  return (
    <Group gap="xs" wrap="nowrap">
      <Select
        aria-label="Module"
        placeholder="Choose a module"
        flex={1}
        size="sm"
        data={left.map(({ id, name }) => ({ value: id, label: name }))}
        value={chosen}
        onChange={setChosen}
      />
      <Button
        variant="default"
        disabled={chosen === null}
        onClick={() => {
          if (chosen) onAdd(chosen);
          setChosen(null);
        }}
      >
        Add
      </Button>
    </Group>
  );
}
