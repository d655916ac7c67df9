/**
 * The draft of a module: its code, and at its side what belongs to it. Only publishing makes a version of it.
 */
import { Box, Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { May } from '../../api/may.tsx';
import { DeletePane } from '../../code/delete-pane.tsx';
import { PackagesPane } from '../../code/dependencies.tsx';
import { CodeForm } from '../../code/form.tsx';
import { useVersionedDraft } from '../../code/versioned-draft.tsx';
import { Pane } from '../../code/workbench.tsx';
import { useDashboard } from '../../dashboard.tsx';
import { CodeEditor } from '../../ui/code-editor.tsx';
import { TextLink } from '../../ui/links.tsx';
import { useModule } from './module.tsx';
import {
  type Module,
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
  const publish = usePublishModule(module.id);
  const remove = useDeleteModule(module.id);
  const draft = useVersionedDraft({
    stored: { code: module.code },
    changesOf: (now) => (now.code === module.code ? undefined : now),
    update: useUpdateModule(module.id),
    publish,
    deed: 'Publish',
    done: 'The module was published',
    fieldOf: moduleFieldOf,
  });
  return (
    <Box pt="lg">
      <CodeForm
        scope="update:actions"
        side={
          <>
            <Publication
              module={module}
              changed={draft.changed}
              publishing={publish.isPending}
              onPublish={draft.publish}
            />
            <ModuleSecrets module={module} />
            <Packages module={module} />
            <Users module={module} />
            <May scope="delete:actions">
              <DeletePane thing="module" name={module.name} to="/actions/modules" remove={remove}>
                The code of <strong>{module.name}</strong> and all its versions are gone for good. A module that an
                action uses is kept: take it out of the action first.
              </DeletePane>
            </May>
          </>
        }
        {...draft.form}
      >
        <CodeEditor
          id="code"
          label="Code"
          language="module"
          minRows={22}
          value={draft.now.code}
          error={draft.failure.at('code')}
          onChange={(code) => draft.change({ code })}
        />
      </CodeForm>
      {draft.dialog}
    </Box>
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
  return (
    <PackagesPane
      dependencies={module.dependencies ?? []}
      save={{ ...update, mutate: (all, options) => update.mutate({ dependencies: all }, options) }}
      scope="update:actions"
    />
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
