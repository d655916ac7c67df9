/**
 * The page of one hook: its code, and at its side what belongs to it, which is kept at once.
 */
import { Button, Stack, Switch, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Changeable, Controls, May } from '../api/may.tsx';
import { useCodeCheck } from '../code/check.tsx';
import { useDependencies } from '../code/dependencies.tsx';
import { useSecrets } from '../code/secrets.tsx';
import { Members, Pane, Workbench } from '../code/workbench.tsx';
import { useDashboard } from '../dashboard.tsx';
import { CodeEditor } from '../ui/code-editor.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { focusById } from '../ui/focus-field.ts';
import { BackLink } from '../ui/links.tsx';
import { isNotFound, NotThere } from '../ui/not-found.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { Page } from '../ui/page.tsx';
import { SaveBar } from '../ui/save-bar.tsx';
import { InlineFailure, Loaded } from '../ui/states.tsx';
import { hookNameProblem } from './create.tsx';
import { HookIcon } from './icon.tsx';
import { NoHookRuns } from './list.tsx';
import {
  type Hook,
  type HookChanges,
  hookFieldOf,
  hookQuery,
  hookSecretsQuery,
  hooksQuery,
  useDeleteHook,
  useDeleteHookSecret,
  useSetHookSecret,
  useSwitchHook,
  useUpdateHook,
} from './queries.ts';
import { HOOK_WORDS, type HookWords } from './words.ts';

export function HookScreen() {
  const { api } = useDashboard();
  const { hookId } = getRouteApi('/hooks/$hookId').useParams();
  const query = useQuery(hookQuery(api, hookId));
  if (isNotFound(query.error)) return <NotThere error={query.error} to="/hooks" label="Go to hooks" />;
  return (
    <Loaded query={query}>
      {(hook) => (
        <Page
          wide
          title={hook.name}
          back={<BackLink to="/hooks">Hooks</BackLink>}
          icon={<HookIcon size={52} />}
          description={HOOK_WORDS[hook.triggerId].label}
        >
          <NoHookRuns />
          <HookForm key={hook.id} hook={hook} />
        </Page>
      )}
    </Loaded>
  );
}

type Draft = { name: string; script: string };

function HookForm({ hook }: { hook: Hook }) {
  const [draft, setDraft] = useState<Partial<Draft>>({});
  const [problem, setProblem] = useState<string>();
  const update = useUpdateHook(hook.id);
  const { check, dialog } = useCodeCheck('module', 'Save');
  const words: HookWords = HOOK_WORDS[hook.triggerId];
  const now: Draft = { name: hook.name, script: hook.script, ...draft };
  const changes: HookChanges = {
    ...(now.name.trim() === hook.name ? {} : { name: now.name.trim() }),
    ...(now.script === hook.script ? {} : { script: now.script }),
  };
  const changed = Object.keys(changes).length > 0;
  const refused = hookFieldOf(update.error);
  const errorOf = (field: string) => (refused === field ? update.error?.message : undefined);
  const change = (part: Partial<Draft>) => {
    update.reset();
    setProblem(undefined);
    setDraft((before) => ({ ...before, ...part }));
  };
  const discard = () => {
    update.reset();
    setProblem(undefined);
    setDraft({});
  };
  const submit = () => {
    const found = hookNameProblem(now.name);
    setProblem(found);
    if (found) return focusById('name');
    check(now.script, () =>
      update.mutate(changes, {
        onSuccess: () => {
          discard();
          notifyDone('Saved');
        },
        onError: (error) => focusById(hookFieldOf(error)),
      }),
    );
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (changed) submit();
      }}
    >
      <Stack gap="lg">
        <Changeable scope="update:hooks">
          <Workbench
            side={
              <>
                <Turn hook={hook} />
                <Secrets hook={hook} />
                <Packages hook={hook} />
                <Pane title="What it can use" about="The editor offers these names, too.">
                  <Members members={words.members} />
                </Pane>
                <May scope="delete:hooks">
                  <DeleteHook hook={hook} />
                </May>
              </>
            }
          >
            <Controls>
              <TextInput
                id="name"
                label="Name"
                description="Letters, digits, spaces and hyphens."
                autoComplete="off"
                value={now.name}
                error={problem ?? errorOf('name')}
                onChange={(event) => change({ name: event.currentTarget.value })}
              />
            </Controls>
            <CodeEditor
              id="script"
              label="Code"
              language="module"
              members={words.members}
              minRows={20}
              value={now.script}
              error={errorOf('script')}
              onChange={(script) => change({ script })}
            />
          </Workbench>
        </Changeable>
        <SaveBar
          changed={changed}
          saving={update.isPending}
          error={refused === 'name' || refused === 'script' ? undefined : update.error}
          onDiscard={discard}
        />
      </Stack>
      {dialog}
    </form>
  );
}

function Turn({ hook }: { hook: Hook }) {
  const { api } = useDashboard();
  const { data: hooks = [] } = useQuery(hooksQuery(api));
  const turn = useSwitchHook();
  return (
    <Pane title="When it runs">
      <Controls>
        <Switch
          label="On"
          description="One hook is on at each moment: another one goes off."
          checked={turn.isPending ? turn.variables.enabled : hook.enabled}
          onChange={(event) => turn.mutate({ hook, hooks, enabled: event.currentTarget.checked })}
        />
      </Controls>
      <InlineFailure error={turn.error} />
    </Pane>
  );
}

function Secrets({ hook }: { hook: Hook }) {
  const { api } = useDashboard();
  const { data: names = [] } = useQuery(hookSecretsQuery(api, hook.id));
  const { add, list } = useSecrets({
    thing: 'secret',
    secrets: names.map((name) => ({ name })),
    set: useSetHookSecret(hook.id, names),
    remove: useDeleteHookSecret(hook.id),
    setScope: 'update:hooks',
    removeScope: 'update:hooks',
    readBy: 'context.webtask.secrets.',
    problemOf: (name) => (name.length > 128 ? 'A name has at most 128 characters.' : undefined),
  });
  return (
    <Pane
      title="Secrets"
      about={names.length === 0 && 'Keys of other systems, which do not belong into code.'}
      action={add}
    >
      {list}
    </Pane>
  );
}

function Packages({ hook }: { hook: Hook }) {
  const update = useUpdateHook(hook.id);
  const dependencies = Object.entries(hook.dependencies ?? {}).map(([name, version]) => ({ name, version }));
  const { add, list } = useDependencies({
    dependencies,
    save: {
      ...update,
      mutate: (all, options) =>
        update.mutate({ dependencies: Object.fromEntries(all.map(({ name, version }) => [name, version])) }, options),
    },
    scope: 'update:hooks',
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

function DeleteHook({ hook }: { hook: Hook }) {
  const [asking, dialog] = useDisclosure(false);
  const remove = useDeleteHook(hook.id);
  const navigate = useNavigate();
  return (
    <Pane
      title="Delete"
      action={
        <Button color="red" size="xs" variant="outline" onClick={dialog.open}>
          Delete hook
        </Button>
      }
    >
      <Confirm
        opened={asking}
        onClose={dialog.close}
        onConfirm={() =>
          remove.mutate(undefined, {
            onSuccess: () => {
              notifyDone(`${hook.name} was deleted`);
              return navigate({ to: '/hooks', ignoreBlocker: true });
            },
          })
        }
        title="Delete this hook?"
        action="Yes, delete hook"
        pending={remove.isPending}
        error={remove.error}
      >
        The code of <strong>{hook.name}</strong> and its secrets are gone for good.
      </Confirm>
    </Pane>
  );
}
