/**
 * The modules: code that several actions share.
 */
import { Badge, Group, Text, ThemeIcon } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPackages } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useDashboard } from '../../dashboard.tsx';
import { AddButton } from '../../ui/buttons.tsx';
import { IconRow } from '../../ui/icon-row.tsx';
import { Listed } from '../../ui/listed.tsx';
import { Rows, rowLink } from '../../ui/rows.tsx';
import { Empty } from '../../ui/states.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { CreateModule } from './create.tsx';
import { type Module, modulesQuery } from './queries.ts';

export function ModulesTab() {
  const { api } = useDashboard();
  const query = useQuery(modulesQuery(api));
  const [creating, dialog] = useDisclosure(false);
  const create = (
    <AddButton scope="create:actions" onClick={dialog.open}>
      Create module
    </AddButton>
  );
  return (
    <>
      <Listed
        query={query}
        label="Modules"
        isEmpty={(modules) => modules.length === 0}
        empty={
          <Empty icon={<IconPackages />} title="No module yet" actions={create}>
            A module is code that several actions use, so that it is written and repaired in one place. It is published
            as a version, and each action says which version it uses.
          </Empty>
        }
      >
        {(modules) => (
          <>
            <Toolbar text="Code that several actions use. Each action says which version of a module it uses.">
              {create}
            </Toolbar>
            <Rows label="Modules">
              {modules.map((module) => (
                <ModuleRow key={module.id} module={module} />
              ))}
            </Rows>
          </>
        )}
      </Listed>
      <CreateModule opened={creating} onClose={dialog.close} />
    </>
  );
}

export function ModuleIcon({ size = 38 }: { size?: number }) {
  return (
    <ThemeIcon variant="light" size={size} radius="md" aria-hidden>
      <IconPackages size={size * 0.52} stroke={1.6} />
    </ThemeIcon>
  );
}

/** How far a module has come, in a word or two. */
export function ModuleBadge({ module }: { module: Module }) {
  const { latest_version_number: number, all_changes_published } = module;
  return (
    <Badge component="span" size="sm" radius="sm" fw={500} variant={number ? 'light' : 'default'}>
      {!number ? 'Draft' : all_changes_published ? `Version ${number}` : `Version ${number}, draft differs`}
    </Badge>
  );
}

function ModuleRow({ module }: { module: Module }) {
  const users = module.actions_using_module_total ?? 0;
  return (
    <IconRow icon={<ModuleIcon />}>
      <Group gap="xs">
        <Link to="/actions/modules/$moduleId" params={{ moduleId: module.id }} className={rowLink}>
          {module.name}
        </Link>
        <ModuleBadge module={module} />
      </Group>
      <Text size="sm" c="dimmed">
        {users === 0 ? 'No deployed action uses it' : users === 1 ? '1 action uses it' : `${users} actions use it`}
      </Text>
    </IconRow>
  );
}
