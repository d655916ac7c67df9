/**
 * The code of a rule, its name, whether it is on and when it runs: the same for a new rule and for one that is there.
 */
import { Group, Switch, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ruleResource } from '../../../server/api/rules/schema.ts';
import { placed } from '../api/errors.ts';
import { Controls } from '../api/may.tsx';
import { useCodeCheck } from '../code/check.tsx';
import { CodeForm, NameField, useDraft } from '../code/form.tsx';
import { MembersPane, Pane } from '../code/workbench.tsx';
import { useDashboard } from '../dashboard.tsx';
import { patternOf } from '../forms/schema.ts';
import { CodeEditor } from '../ui/code-editor.tsx';
import { focusById } from '../ui/focus-field.ts';
import { TextLink } from '../ui/links.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { type RuleChanges, ruleFieldOf, ruleValuesQuery } from './queries.ts';
import { RULE_MEMBERS } from './templates.ts';

/** As the fields hold it; no order lets the server choose the last place. */
type Draft = { name: string; script: string; enabled: boolean; order: string };

export type RuleFormProps = {
  start: Draft;
  save: {
    mutate: (changes: RuleChanges, options: { onSuccess: () => void; onError: (error: Error) => void }) => void;
    reset: () => void;
    error: Error | null;
    isPending: boolean;
  };
  /** When the rule is not there yet: the deed in words. */
  create?: string;
  /** More at the side of the code. */
  children?: ReactNode;
};

const NAME = patternOf(ruleResource.fields.name.schema);
const FIELDS = ['name', 'script', 'order'];

export function RuleForm({ start, save, create, children }: RuleFormProps) {
  const [problems, setProblems] = useState<Partial<Record<string, string>>>({});
  const { check, dialog } = useCodeCheck('function', create ? 'Create' : 'Save');
  const { now, change, discard } = useDraft(start, () => {
    save.reset();
    setProblems({});
  });
  const changes = changesOf(start, now);
  const failure = placed(save.error, FIELDS, ruleFieldOf(save.error));
  const errorOf = (field: string) => problems[field] ?? failure.at(field);
  const submit = () => {
    const found = problemsOf(now);
    setProblems(found);
    const [first] = Object.keys(found);
    if (first) return focusById(first);
    check(now.script, () =>
      save.mutate(changes, {
        onSuccess: () => {
          discard();
          notifyDone('Saved');
        },
        onError: (error) => focusById(ruleFieldOf(error)),
      }),
    );
  };
  return (
    <>
      <CodeForm
        scope={create ? 'create:rules' : 'update:rules'}
        side={
          <>
            <When now={now} isNew={create !== undefined} errorOf={errorOf} onChange={change} />
            <Values />
            <MembersPane title="What a rule can use" members={RULE_MEMBERS} />
            {children}
          </>
        }
        onSubmit={submit}
        bar={{
          changed: Object.keys(changes).length > 0,
          saving: save.isPending,
          error: failure.elsewhere,
          onDiscard: discard,
          create,
        }}
      >
        <NameField
          description="Letters, digits, spaces and hyphens."
          value={now.name}
          error={errorOf('name')}
          onChange={(name) => change({ name })}
        />
        <CodeEditor
          id="script"
          label="Code"
          language="function"
          members={RULE_MEMBERS}
          minRows={20}
          value={now.script}
          error={errorOf('script')}
          onChange={(script) => change({ script })}
        />
      </CodeForm>
      {dialog}
    </>
  );
}

type WhenProps = {
  now: Draft;
  isNew: boolean;
  errorOf: (field: string) => string | undefined;
  onChange: (part: Partial<Draft>) => void;
};

function When({ now, isNew, errorOf, onChange }: WhenProps) {
  return (
    <Pane title="When it runs">
      <Controls>
        <Switch
          label="On"
          description="A rule that is off is kept and left out."
          checked={now.enabled}
          onChange={(event) => onChange({ enabled: event.currentTarget.checked })}
        />
        <TextInput
          id="order"
          label="Order"
          description={
            isNew ? 'Rules run from low to high. Leave it empty to be the last.' : 'Rules run from low to high.'
          }
          inputMode="numeric"
          autoComplete="off"
          maw={200}
          value={now.order}
          error={errorOf('order')}
          onChange={(event) => onChange({ order: event.currentTarget.value })}
        />
      </Controls>
    </Pane>
  );
}

function changesOf(start: Draft, now: Draft): RuleChanges {
  return {
    ...(now.name.trim() === start.name ? {} : { name: now.name.trim() }),
    ...(now.script === start.script ? {} : { script: now.script }),
    ...(now.enabled === start.enabled ? {} : { enabled: now.enabled }),
    ...(now.order.trim() === start.order ? {} : { order: Number(now.order) }),
  };
}

function problemsOf({ name, script, order }: Draft): Record<string, string> {
  return {
    ...(NAME.test(name.trim()) ? {} : { name: 'Enter a name of letters, digits, spaces and hyphens.' }),
    ...(script === '' ? { script: 'Enter the code of the rule.' } : {}),
    ...(order.trim() === '' || /^\d+$/.test(order.trim()) ? {} : { order: 'Enter a whole number.' }),
  };
}

/** The keys that the code can read. */
function Values() {
  const { api } = useDashboard();
  const { data = [] } = useQuery(ruleValuesQuery(api));
  return (
    <Pane
      title="Values"
      about={
        <>
          Keys and addresses belong into the{' '}
          <TextLink to="/rules/settings" underline="always" inherit>
            settings
          </TextLink>
          , not into code.
        </>
      }
    >
      {data.length > 0 && (
        <Group gap={6}>
          {data.map(({ key }) => (
            <Text key={key} size="xs" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
              configuration.{key}
            </Text>
          ))}
        </Group>
      )}
    </Pane>
  );
}
