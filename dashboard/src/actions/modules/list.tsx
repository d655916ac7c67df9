/**
 * The modules: code that several actions share.
 */
import { Badge, Button, Group, Modal, Stack, Text, ThemeIcon } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPackages, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { placed } from '../../api/errors.ts';
import { May } from '../../api/may.tsx';
import { useDashboard } from '../../dashboard.tsx';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { DialogText } from '../../ui/dialog-text.tsx';
import { focusById } from '../../ui/focus-field.ts';
import { IconRow } from '../../ui/icon-row.tsx';
import { Rows, rowLink } from '../../ui/rows.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { Empty, Failure } from '../../ui/states.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { type Module, moduleFieldOf, modulesQuery, useCreateModule } from './queries.ts';

const STARTER = `// What is exported here, actions get by require('actions:NAME').
module.exports = {
  greet: (name) => 'Hello, ' + name,
};
`;

export function ModulesTab() {
  const { api } = useDashboard();
  const query = useQuery(modulesQuery(api));
  const [creating, dialog] = useDisclosure(false);
  const create = (
    <May scope="create:actions">
      <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={dialog.open}>
        Create module
      </Button>
    </May>
  );
  return (
    <>
      {query.isPending && (
        <Stack pt="lg">
          <RowSkeletons label="Modules" />
        </Stack>
      )}
      {query.isError && !query.data && <Failure error={query.error} onRetry={() => query.refetch()} />}
      {query.data?.length === 0 && (
        <Empty icon={<IconPackages />} title="No module yet" actions={create}>
          A module is code that several actions use, so that it is written and repaired in one place. It is published as
          a version, and each action says which version it uses.
        </Empty>
      )}
      {query.data && query.data.length > 0 && (
        <>
          <Toolbar text="Code that several actions use. Each action says which version of a module it uses.">
            {create}
          </Toolbar>
          <Rows label="Modules">
            {query.data.map((module) => (
              <ModuleRow key={module.id} module={module} />
            ))}
          </Rows>
        </>
      )}
      <Modal opened={creating} onClose={dialog.close} title="Create module">
        <CreateForm onClose={dialog.close} />
      </Modal>
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

// Apart from the dialog, so that it starts empty each time it opens.
function CreateForm({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const create = useCreateModule();
  const navigate = useNavigate();
  const failure = placed(create.error, ['name'], moduleFieldOf(create.error));
  const submit = () =>
    create.mutate(
      { name: name.trim(), code: STARTER.replace('NAME', name.trim()) },
      {
        onSuccess: ({ id }) => navigate({ to: '/actions/modules/$moduleId', params: { moduleId: id } }),
        onError: (error) => focusById(moduleFieldOf(error)),
      },
    );
  return (
    <DialogForm
      onSubmit={submit}
      onClose={onClose}
      action="Create"
      ready={name.trim() !== ''}
      pending={create.isPending}
      error={failure.elsewhere}
    >
      <DialogText
        id="name"
        data-autofocus
        label="Name"
        description="Actions require the module by it, so it cannot be changed later."
        placeholder="logger"
        autoCapitalize="off"
        spellCheck={false}
        value={name}
        failure={failure}
        onText={(text) => {
          create.reset();
          setName(text);
        }}
      />
    </DialogForm>
  );
}
