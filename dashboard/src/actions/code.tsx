/**
 * The draft of an action: its code, and at its side what belongs to it. The code is saved as a draft; what is at the side
 * is kept at once. Only a deployment makes a version of it.
 */
import { Box, Button, Select, Text } from '@mantine/core';
import { useState } from 'react';
import { Controls, May } from '../api/may.tsx';
import { PackagesPane } from '../code/dependencies.tsx';
import { CodeForm, NameField } from '../code/form.tsx';
import { SecretsPane } from '../code/secrets.tsx';
import { useVersionedDraft } from '../code/versioned-draft.tsx';
import { MembersPane, Pane } from '../code/workbench.tsx';
import { CodeEditor } from '../ui/code-editor.tsx';
import { Ago } from '../ui/moment.tsx';
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

function ActionForm({ action }: { action: Action }) {
  const deploy = useDeployAction(action.id);
  const draft = useVersionedDraft<Draft, ActionChanges>({
    stored: { name: action.name, code: action.code, runtime: action.runtime ?? '' },
    changesOf: (now) => changesOf(action, now),
    update: useUpdateAction(action.id),
    publish: deploy,
    deed: 'Deploy',
    done: 'The action was deployed',
    fieldOf: actionFieldOf,
  });
  const { now, change, changed, failure } = draft;
  const trigger = triggerOfAction(action);
  return (
    <Box pt="lg">
      <CodeForm
        scope="update:actions"
        side={
          <>
            <Deployment
              action={action}
              changed={changed}
              deploying={deploy.isPending}
              error={changed ? undefined : deploy.error}
              onDeploy={draft.publish}
            />
            <Secrets action={action} />
            <Packages action={action} />
            <UsedModules action={action} />
            <Pane title="Runtime">
              <Controls>
                <Select
                  id="runtime"
                  aria-label="Runtime"
                  allowDeselect={false}
                  data={runtimesOf(trigger, now.runtime)}
                  value={now.runtime}
                  error={failure.at('runtime')}
                  onChange={(runtime) => change({ runtime: runtime ?? now.runtime })}
                />
              </Controls>
            </Pane>
            <MembersPane members={membersOf(trigger)} />
            <May scope="delete:actions">
              <DeleteAction action={action} />
            </May>
          </>
        }
        {...draft.form}
      >
        <NameField value={now.name} error={failure.at('name')} onChange={(name) => change({ name })} />
        <ActionCode
          trigger={trigger}
          value={now.code}
          error={failure.at('code')}
          onChange={(code) => change({ code })}
        />
      </CodeForm>
      {draft.dialog}
    </Box>
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

type Draft = { name: string; code: string; runtime: string };

function changesOf(action: Action, now: Draft): ActionChanges | undefined {
  const changes = {
    ...(now.name.trim() === action.name ? {} : { name: now.name.trim() }),
    ...(now.code === action.code ? {} : { code: now.code }),
    ...(now.runtime === action.runtime ? {} : { runtime: now.runtime }),
  };
  return Object.keys(changes).length > 0 ? changes : undefined;
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
  return (
    <SecretsPane
      thing="secret"
      secrets={action.secrets}
      set={{
        ...set,
        mutate: (secret, options) => set.mutate({ secrets: [...others(secret.name), secret] }, options),
      }}
      remove={{ ...remove, mutate: (name, options) => remove.mutate({ secrets: others(name) }, options) }}
      setScope="update:actions"
      removeScope="update:actions"
      readBy="event.secrets."
    />
  );
}

function Packages({ action }: { action: Action }) {
  const update = useUpdateAction(action.id);
  return (
    <PackagesPane
      dependencies={(action.dependencies ?? []).map(({ name = '', version = '' }) => ({ name, version }))}
      save={{ ...update, mutate: (all, options) => update.mutate({ dependencies: all }, options) }}
      scope="update:actions"
    />
  );
}
