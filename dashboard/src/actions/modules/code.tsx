/**
 * The draft of a module: its code, and at its side what belongs to it. Only publishing makes a version of it.
 */
import { Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Changeable, May } from '../../api/may.tsx';
import { useCodeCheck } from '../../code/check.tsx';
import { useDependencies } from '../../code/dependencies.tsx';
import { Pane, Workbench } from '../../code/workbench.tsx';
import { useDashboard } from '../../dashboard.tsx';
import { CodeEditor } from '../../ui/code-editor.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { focusById } from '../../ui/focus-field.ts';
import { TextLink } from '../../ui/links.tsx';
import { notifyDone } from '../../ui/notify.tsx';
import { SaveBar } from '../../ui/save-bar.tsx';
import { useModule } from './module.tsx';
import {
  type Module,
  type ModuleChanges,
  moduleFieldOf,
  moduleUsersQuery,
  useDeleteModule,
  usePublishModule,
  useUpdateModule,
} from './queries.ts';
import { ModuleSecrets } from './secrets.tsx';

export function ModuleCodeTab() {
  const module = useModule();
  return <ModuleForm key={module.id} module={module} />;
}

function ModuleForm({ module }: { module: Module }) {
  const [draft, setDraft] = useState<string>();
  const update = useUpdateModule(module.id);
  const publish = usePublishModule(module.id);
  const { check, dialog } = useCodeCheck('module', 'Publish');
  const code = draft ?? module.code;
  const changed = code !== module.code;
  const changes: ModuleChanges = { code };
  const failed = update.error ?? publish.error;
  const isRefused = moduleFieldOf(failed) === 'code';
  const discard = () => {
    update.reset();
    publish.reset();
    setDraft(undefined);
  };
  const after = (message: string) => ({
    onSuccess: () => {
      discard();
      notifyDone(message);
    },
    onError: (error: Error) => void focusById(moduleFieldOf(error)),
  });
  const publishNow = () => publish.mutate(changed ? changes : undefined, after('The module was published'));
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (changed) update.mutate(changes, after('The draft was saved'));
      }}
    >
      <Stack pt="lg" gap="lg">
        <Changeable scope="update:actions">
          <Workbench
            side={
              <>
                <Publication
                  module={module}
                  changed={changed}
                  publishing={publish.isPending}
                  onPublish={() => check(code, publishNow)}
                />
                <ModuleSecrets module={module} />
                <Packages module={module} />
                <Users module={module} />
                <May scope="delete:actions">
                  <DeleteModule module={module} />
                </May>
              </>
            }
          >
            <CodeEditor
              id="code"
              label="Code"
              language="module"
              minRows={22}
              value={code}
              error={isRefused ? failed?.message : undefined}
              onChange={(next) => {
                update.reset();
                publish.reset();
                setDraft(next);
              }}
            />
          </Workbench>
        </Changeable>
        <SaveBar
          changed={changed}
          saving={update.isPending || publish.isPending}
          error={isRefused ? undefined : failed}
          onDiscard={discard}
          action="Save draft"
        />
      </Stack>
      {dialog}
    </form>
  );
}

type PublicationProps = { module: Module; changed: boolean; publishing: boolean; onPublish: () => void };

function Publication({ module, changed, publishing, onPublish }: PublicationProps) {
  const { latest_version_number: number, all_changes_published } = module;
  const isCurrent = all_changes_published && !changed;
  return (
    <Pane
      title="Publication"
      action={
        <May scope="update:actions">
          <Button size="xs" disabled={isCurrent} loading={publishing} onClick={onPublish}>
            Publish
          </Button>
        </May>
      }
    >
      <Text size="sm" c="dimmed" role="status">
        {number ? `Version ${number} is the latest.` : 'Not published yet: actions can use it once it is.'}
        {number && !isCurrent && ' The draft differs from it.'}
        {changed && ' Publishing saves the draft first.'}
      </Text>
    </Pane>
  );
}

function Packages({ module }: { module: Module }) {
  const update = useUpdateModule(module.id);
  const dependencies = module.dependencies ?? [];
  const { add, list } = useDependencies({
    dependencies,
    save: { ...update, mutate: (all, options) => update.mutate({ dependencies: all }, options) },
    scope: 'update:actions',
  });
  return (
    <Pane
      title="Packages"
      about={dependencies.length === 0 && 'Packages of npm that the code requires. They are kept, not installed yet.'}
      action={add}
    >
      {list}
    </Pane>
  );
}

/** Who would miss it. */
function Users({ module }: { module: Module }) {
  const { api } = useDashboard();
  const { data = [] } = useQuery(moduleUsersQuery(api, module.id));
  if (data.length === 0) return null;
  return (
    <Pane title="Used by">
      {data.map(({ action_id, action_name, module_version_number }) => (
        <Text key={action_id} size="sm">
          <TextLink to="/actions/library/$actionId" params={{ actionId: action_id }} underline="always" inherit>
            {action_name}
          </TextLink>{' '}
          uses version {module_version_number}
        </Text>
      ))}
    </Pane>
  );
}

function DeleteModule({ module }: { module: Module }) {
  const [asking, dialog] = useDisclosure(false);
  const remove = useDeleteModule(module.id);
  const navigate = useNavigate();
  const close = () => {
    remove.reset();
    dialog.close();
  };
  return (
    <Pane
      title="Delete"
      action={
        <Button color="red" size="xs" variant="outline" onClick={dialog.open}>
          Delete module
        </Button>
      }
    >
      <Confirm
        opened={asking}
        onClose={close}
        onConfirm={() =>
          remove.mutate(undefined, {
            onSuccess: () => {
              notifyDone(`${module.name} was deleted`);
              return navigate({ to: '/actions/modules', ignoreBlocker: true });
            },
          })
        }
        title="Delete this module?"
        action="Yes, delete module"
        pending={remove.isPending}
        error={remove.error}
      >
        The code of <strong>{module.name}</strong> and all its versions are gone for good. A module that an action uses
        is kept: take it out of the action first.
      </Confirm>
    </Pane>
  );
}
