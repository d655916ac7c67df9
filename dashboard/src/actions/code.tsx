/**
 * The draft of an action: its code, and at its side what belongs to it. The code is saved as a draft; what is at the side
 * is kept at once. Only a deployment makes a version of it.
 */
import { Button, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Changeable, Controls, May } from '../api/may.tsx';
import { useCodeCheck } from '../code/check.tsx';
import { useDependencies } from '../code/dependencies.tsx';
import { useSecrets } from '../code/secrets.tsx';
import { Members, Pane, Workbench } from '../code/workbench.tsx';
import { CodeEditor } from '../ui/code-editor.tsx';
import { focusById } from '../ui/focus-field.ts';
import { Ago } from '../ui/moment.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { SaveBar } from '../ui/save-bar.tsx';
import { InlineFailure } from '../ui/states.tsx';
import { useAction } from './action.tsx';
import { DeleteAction } from './delete.tsx';
import {
  type Action,
  type ActionChanges,
  actionFieldOf,
  triggerOfAction,
  useDeployAction,
  useUpdateAction,
} from './queries.ts';
import { UsedModules } from './used-modules.tsx';
import { CURRENT_TRIGGERS, membersOf, runtimeLabel } from './words.ts';

export function CodeTab() {
  const action = useAction();
  return <ActionForm key={action.id} action={action} />;
}

type Draft = { name: string; code: string; runtime: string };
const FIELDS = ['name', 'code', 'runtime'];

function ActionForm({ action }: { action: Action }) {
  const [draft, setDraft] = useState<Partial<Draft>>({});
  const update = useUpdateAction(action.id);
  const deploy = useDeployAction(action.id);
  const { check, dialog } = useCodeCheck('module', 'Deploy');
  const trigger = triggerOfAction(action);
  const now: Draft = { name: action.name, code: action.code, runtime: action.runtime ?? '', ...draft };
  const changes = changesOf(action, now);
  const changed = Object.keys(changes).length > 0;
  const failed = update.error ?? deploy.error;
  const refused = actionFieldOf(failed);
  const errorOf = (field: string) => (refused === field ? failed?.message : undefined);
  const forgetErrors = () => {
    update.reset();
    deploy.reset();
  };
  const change = (part: Partial<Draft>) => {
    forgetErrors();
    setDraft((before) => ({ ...before, ...part }));
  };
  const discard = () => {
    forgetErrors();
    setDraft({});
  };
  const after = (message: string) => ({
    onSuccess: () => {
      discard();
      notifyDone(message);
    },
    onError: (error: Error) => void focusById(actionFieldOf(error)),
  });
  const save = () => update.mutate(changes, after('The draft was saved'));
  const deployNow = () => deploy.mutate(changed ? changes : undefined, after('The action was deployed'));
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (changed) save();
      }}
    >
      <Stack pt="lg" gap="lg">
        <Changeable scope="update:actions">
          <Workbench
            side={
              <>
                <Deployment
                  action={action}
                  changed={changed}
                  deploying={deploy.isPending}
                  error={changed ? undefined : deploy.error}
                  onDeploy={() => check(now.code, deployNow)}
                />
                <Secrets action={action} />
                <Packages action={action} />
                <UsedModules action={action} />
                <Pane title="Runtime">
                  <Controls>
                    {' '}
                    <Select
                      id="runtime"
                      aria-label="Runtime"
                      allowDeselect={false}
                      data={runtimesOf(trigger, now.runtime)}
                      value={now.runtime}
                      error={errorOf('runtime')}
                      onChange={(runtime) => change({ runtime: runtime ?? now.runtime })}
                    />
                  </Controls>
                </Pane>
                <Pane title="What it can use" about="The editor offers these names, too.">
                  <Members members={membersOf(trigger)} />
                </Pane>
                <May scope="delete:actions">
                  <DeleteAction action={action} />
                </May>
              </>
            }
          >
            <Controls>
              {' '}
              <TextInput
                id="name"
                label="Name"
                autoComplete="off"
                value={now.name}
                error={errorOf('name')}
                onChange={(event) => change({ name: event.currentTarget.value })}
              />
            </Controls>{' '}
            <ActionCode
              trigger={trigger}
              value={now.code}
              error={errorOf('code')}
              onChange={(code) => change({ code })}
            />
          </Workbench>
        </Changeable>
        <SaveBar
          changed={changed}
          saving={update.isPending || deploy.isPending}
          error={refused && FIELDS.includes(refused) ? undefined : failed}
          onDiscard={discard}
          action="Save draft"
        />
      </Stack>
      {dialog}
    </form>
  );
}

type ActionCodeProps = {
  trigger: string;
  value: string;
  error: string | undefined;
  onChange: (code: string) => void;
};

function ActionCode({ trigger, ...field }: ActionCodeProps) {
  // One list for as long as the editor is there.
  const [members] = useState(() => membersOf(trigger));
  return <CodeEditor id="code" label="Code" language="module" members={members} minRows={22} {...field} />;
}

function changesOf(action: Action, now: Draft): ActionChanges {
  return {
    ...(now.name.trim() === action.name ? {} : { name: now.name.trim() }),
    ...(now.code === action.code ? {} : { code: now.code }),
    ...(now.runtime === action.runtime ? {} : { runtime: now.runtime }),
  };
}

/** Those of the trigger, and the one that is set. */
function runtimesOf(trigger: string, now: string) {
  const offered = CURRENT_TRIGGERS.find(({ id }) => id === trigger)?.runtimes ?? [];
  return [...new Set([...offered, now])].map((value) => ({ value, label: runtimeLabel(value) }));
}

type DeploymentProps = {
  action: Action;
  changed: boolean;
  deploying: boolean;
  error: Error | null | undefined;
  onDeploy: () => void;
};

function Deployment({ action, changed, deploying, error, onDeploy }: DeploymentProps) {
  const { deployed_version: version, all_changes_deployed } = action;
  const isCurrent = all_changes_deployed && !changed;
  return (
    <Pane
      title="Deployment"
      action={
        <May scope="create:actions">
          <Button size="xs" disabled={isCurrent} loading={deploying} onClick={onDeploy}>
            Deploy
          </Button>
        </May>
      }
    >
      <Text size="sm" c="dimmed" role="status">
        {version ? (
          <>
            Version {version.number} is deployed, <Ago at={version.built_at} span inherit />.
          </>
        ) : (
          'Not deployed yet: it can be put into a flow once it is.'
        )}
        {version && !isCurrent && ' The draft differs from it.'}
        {changed && ' Deploying saves the draft first.'}
      </Text>
      <InlineFailure error={error} />
    </Pane>
  );
}

function Secrets({ action }: { action: Action }) {
  const set = useUpdateAction(action.id);
  const remove = useUpdateAction(action.id);
  const others = (name: string) => action.secrets.filter((one) => one.name !== name).map((one) => ({ name: one.name }));
  const { add, list } = useSecrets({
    thing: 'secret',
    secrets: action.secrets,
    set: {
      ...set,
      mutate: (secret, options) => set.mutate({ secrets: [...others(secret.name), secret] }, options),
    },
    remove: { ...remove, mutate: (name, options) => remove.mutate({ secrets: others(name) }, options) },
    setScope: 'update:actions',
    removeScope: 'update:actions',
    readBy: 'event.secrets.',
  });
  return (
    <Pane
      title="Secrets"
      about={action.secrets.length === 0 && 'Keys of other systems, which do not belong into code.'}
      action={add}
    >
      {list}
    </Pane>
  );
}

function Packages({ action }: { action: Action }) {
  const update = useUpdateAction(action.id);
  const dependencies = (action.dependencies ?? []).map(({ name = '', version = '' }) => ({ name, version }));
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
