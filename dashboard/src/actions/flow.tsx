/**
 * One flow: the actions of a trigger in the order in which they run. It changes when it is saved, all at once.
 */
import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconArrowsSplit2, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Changeable, Controls, useMay } from '../api/may.tsx';
import { useDashboard } from '../dashboard.tsx';
import { IconDeed } from '../ui/buttons.tsx';
import { BackLink, TextLink } from '../ui/links.tsx';
import { withMoved } from '../ui/moved.ts';
import { NoSuch } from '../ui/not-found.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { OrderedRows } from '../ui/ordered-rows.tsx';
import { Page } from '../ui/page.tsx';
import { rowLink } from '../ui/rows.tsx';
import { SaveBar } from '../ui/save-bar.tsx';
import { Empty, Loaded } from '../ui/states.tsx';
import { NoActionRuns } from './actions.tsx';
import classes from './flow.module.css';
import { actionChoicesQuery, type Binding, bindingsQuery, type NewBinding, useSaveBindings } from './queries.ts';
import { FLOW_TRIGGERS, wordsOfTrigger } from './words.ts';

const route = getRouteApi('/actions/triggers/$triggerId');

export function FlowScreen() {
  const { api } = useDashboard();
  const { triggerId } = route.useParams();
  const isFlow = FLOW_TRIGGERS.some(({ id }) => id === triggerId);
  const query = useQuery({ ...bindingsQuery(api, triggerId), enabled: isFlow });
  if (!isFlow) return <NoSuch thing="flow" to="/actions/triggers" label="Go to the flows" />;
  const { label, about } = wordsOfTrigger(triggerId);
  return (
    <Page title={label} back={<BackLink to="/actions/triggers">Flows</BackLink>} description={about}>
      <NoActionRuns />
      <Loaded query={query}>
        {(bindings) => <FlowForm key={triggerId} trigger={triggerId} bindings={bindings} />}
      </Loaded>
    </Page>
  );
}

/** An action in the flow: one that is bound already, or one that will be. */
type Step = { id: string; actionId: string; name: string; isNew: boolean };

function stepOf({ id, display_name, action }: Binding): Step {
  return { id, actionId: action.id, name: display_name, isNew: false };
}

function FlowForm({ trigger, bindings }: { trigger: string; bindings: Binding[] }) {
  const [draft, setDraft] = useState<Step[]>();
  const save = useSaveBindings(trigger);
  const mayChange = useMay('update:actions');
  const stored = bindings.map(stepOf);
  const steps = draft ?? stored;
  const changed = draft !== undefined && idsOf(draft) !== idsOf(stored);
  const change = (next: Step[]) => {
    save.reset();
    setDraft(next);
  };
  const discard = () => {
    save.reset();
    setDraft(undefined);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!changed) return;
        save.mutate(steps.map(bindingOf), {
          onSuccess: () => {
            setDraft(undefined);
            notifyDone('The flow was saved');
          },
        });
      }}
    >
      <Stack gap="md">
        <Changeable scope="update:actions">
          <Stack gap="md">
            <Controls>
              <AddAction trigger={trigger} steps={steps} onAdd={(step) => change([...steps, step])} />
            </Controls>
            <Text className={classes.end}>Start</Text>
            {steps.length === 0 ? (
              <Empty icon={<IconArrowsSplit2 />} title="Nothing happens here">
                Add a deployed action. Several run one after the other; when one refuses, the rest is left out.
              </Empty>
            ) : (
              <OrderedRows
                label="Actions of this flow"
                onMove={mayChange ? (from, to) => change(withMoved(steps, from, to)) : undefined}
                items={steps.map((step) => ({
                  id: step.id,
                  name: step.name,
                  content: (
                    <Link to="/actions/library/$actionId" params={{ actionId: step.actionId }} className={rowLink}>
                      {step.name}
                    </Link>
                  ),
                  action: mayChange && (
                    <IconDeed
                      label={`Take out ${step.name}`}
                      onClick={() => change(steps.filter(({ id }) => id !== step.id))}
                    >
                      <IconX size={18} />
                    </IconDeed>
                  ),
                }))}
              />
            )}
            <Text className={classes.end}>End</Text>
          </Stack>
        </Changeable>
        <SaveBar changed={changed} saving={save.isPending} error={save.error} onDiscard={discard} />
      </Stack>
    </form>
  );
}

type AddProps = { trigger: string; steps: readonly Step[]; onAdd: (step: Step) => void };

/** Only what has been deployed can be in a flow; what has not is shown, so that nobody looks for it. */
function AddAction({ trigger, steps, onAdd }: AddProps) {
  const { api } = useDashboard();
  const [chosen, setChosen] = useState<string | null>(null);
  const query = useQuery(actionChoicesQuery(api, trigger));
  const left = (query.data ?? []).filter(({ id }) => !steps.some((step) => step.actionId === id));
  const add = () => {
    const action = left.find(({ id }) => id === chosen);
    if (!action) return;
    onAdd({ id: action.id, actionId: action.id, name: action.name, isNew: true });
    setChosen(null);
  };
  if (query.isSuccess && left.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {query.data.length === 0 ? 'There is no action for this flow yet.' : 'All actions for this flow are in it.'}{' '}
        Create one in the{' '}
        <TextLink to="/actions" search={{ trigger }} underline="always" inherit>
          library
        </TextLink>
        .
      </Text>
    );
  return (
    <Group gap="sm" align="flex-end">
      <Select
        label="Action"
        placeholder="Choose an action"
        flex="1 1 14rem"
        maw={420}
        searchable
        nothingFoundMessage="No action has this in its name."
        data={left.map(({ id, name, deployed_version }) => ({
          value: id,
          label: deployed_version ? name : `${name} (not deployed)`,
          disabled: !deployed_version,
        }))}
        value={chosen}
        onChange={setChosen}
      />
      <Button variant="default" disabled={chosen === null} onClick={add}>
        Add to the flow
      </Button>
    </Group>
  );
}

function bindingOf({ id, name, isNew }: Step): NewBinding {
  return { ref: { type: isNew ? 'action_id' : 'binding_id', value: id }, display_name: name };
}

function idsOf(steps: readonly Step[]): string {
  return steps.map(({ id }) => id).join();
}
