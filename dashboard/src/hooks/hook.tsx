/**
 * The page of one hook: its code, and at its side what belongs to it, which is kept at once.
 */
import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { placed } from '../api/errors.ts';
import { Controls, May } from '../api/may.tsx';
import { useCodeCheck } from '../code/check.tsx';
import { DeletePane } from '../code/delete-pane.tsx';
import { PackagesPane } from '../code/dependencies.tsx';
import { CodeForm, NameField, useDraft } from '../code/form.tsx';
import { SecretsPane } from '../code/secrets.tsx';
import { MembersPane, Pane } from '../code/workbench.tsx';
import { useDashboard } from '../dashboard.tsx';
import { CodeEditor } from '../ui/code-editor.tsx';
import type { Member } from '../ui/codemirror/language.ts';
import { focusById } from '../ui/focus-field.ts';
import { BackLink } from '../ui/links.tsx';
import { Found } from '../ui/not-found.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { Page } from '../ui/page.tsx';
import { InlineFailure } from '../ui/states.tsx';
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
  return (
    <Found query={query} to="/hooks" label="Go to hooks">
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
    </Found>
  );
}

function HookForm({ hook }: { hook: Hook }) {
  const [problem, setProblem] = useState<string>();
  const update = useUpdateHook(hook.id);
  const { check, dialog } = useCodeCheck('module', 'Save');
  const { now, change, discard } = useDraft({ name: hook.name, script: hook.script }, () => {
    update.reset();
    setProblem(undefined);
  });
  const words: HookWords = HOOK_WORDS[hook.triggerId];
  const changes: HookChanges = {
    ...(now.name.trim() === hook.name ? {} : { name: now.name.trim() }),
    ...(now.script === hook.script ? {} : { script: now.script }),
  };
  const failure = placed(update.error, ['name', 'script'], hookFieldOf(update.error));
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
    <>
      <CodeForm
        scope="update:hooks"
        side={<Side hook={hook} members={words.members} />}
        onSubmit={submit}
        bar={{
          changed: Object.keys(changes).length > 0,
          saving: update.isPending,
          error: failure.elsewhere,
          onDiscard: discard,
        }}
      >
        <NameField
          description="Letters, digits, spaces and hyphens."
          value={now.name}
          error={problem ?? failure.at('name')}
          onChange={(name) => change({ name })}
        />
        <CodeEditor
          id="script"
          label="Code"
          language="module"
          members={words.members}
          minRows={20}
          value={now.script}
          error={failure.at('script')}
          onChange={(script) => change({ script })}
        />
      </CodeForm>
      {dialog}
    </>
  );
}

function Side({ hook, members }: { hook: Hook; members: readonly Member[] }) {
  const remove = useDeleteHook(hook.id);
  return (
    <>
      <Turn hook={hook} />
      <Secrets hook={hook} />
      <Packages hook={hook} />
      <MembersPane members={members} />
      <May scope="delete:hooks">
        <DeletePane thing="hook" name={hook.name} to="/hooks" remove={remove}>
          The code of <strong>{hook.name}</strong> and its secrets are gone for good.
        </DeletePane>
      </May>
    </>
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
  return (
    <SecretsPane
      thing="secret"
      secrets={names.map((name) => ({ name }))}
      set={useSetHookSecret(hook.id, names)}
      remove={useDeleteHookSecret(hook.id)}
      setScope="update:hooks"
      removeScope="update:hooks"
      readBy="context.webtask.secrets."
      problemOf={(name) => (name.length > 128 ? 'A name has at most 128 characters.' : undefined)}
    />
  );
}

function Packages({ hook }: { hook: Hook }) {
  const update = useUpdateHook(hook.id);
  return (
    <PackagesPane
      dependencies={Object.entries(hook.dependencies ?? {}).map(([name, version]) => ({ name, version }))}
      save={{
        ...update,
        mutate: (all, options) =>
          update.mutate({ dependencies: Object.fromEntries(all.map(({ name, version }) => [name, version])) }, options),
      }}
      scope="update:hooks"
    />
  );
}
