/**
 * A page of settings from a table of fields: sends what was changed, says at the field what the server refused, and
 * keeps what was typed until it is saved or thrown away.
 */
import { Accordion, Box, SimpleGrid, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { reasonOf } from '../api/errors.ts';
import { Changeable, type Scope } from '../api/may.tsx';
import { focusField } from '../ui/focus-field.ts';
import { notifyDone } from '../ui/notify.tsx';
import { SaveBar } from '../ui/save-bar.tsx';
import { Section } from '../ui/section.tsx';
import { type Body, changedFields, changesOf, type Draft, fieldOfError, problemsOf, shown } from './draft.ts';
import { Field } from './field.tsx';
import type { FieldSpec, FormSection, Read, Value } from './spec.ts';

/** As much of a mutation as a form needs. */
export type Save = {
  mutate: (body: Body, options: { onSuccess: () => void; onError: (error: Error) => void }) => void;
  reset: () => void;
  error: Error | null;
  isPending: boolean;
};

export type SettingsFormProps = {
  stored: object;
  sections: readonly FormSection[];
  save: Save;
  /** What saving needs; without it the fields are locked. */
  scope: Scope | readonly Scope[];
  /** Members of which the API keeps what it is not told. */
  merged?: readonly string[];
  /** Last word on what is sent. */
  prepare?: (body: Body, read: Read) => Body;
  /** What is said when it worked. */
  done?: string;
  /** Stands above the fields and follows them while they are edited. */
  above?: (read: Read) => ReactNode;
};

export function SettingsForm(props: SettingsFormProps) {
  const { stored, sections, save, scope, merged, prepare = (body) => body, done = 'Saved', above } = props;
  const [draft, setDraft] = useState<Draft>({});
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const all = sections.flatMap(({ fields }) => fields);
  const read: Read = (path) => {
    const spec = all.find((one) => one.path === path);
    return draft[path] ?? (spec ? shown(spec, stored) : '');
  };
  const visible = all.filter((spec) => spec.when?.(read) ?? true);
  const changed = changedFields(all, stored, draft).length > 0;
  const refused = fieldOfError(visible, save.error);
  const forget = () => {
    save.reset();
    setDraft({});
    setProblems({});
  };
  const change = (spec: FieldSpec, value: Value) => {
    if (save.error) save.reset();
    setProblems(({ [spec.path]: _gone, ...others }) => others);
    setDraft((now) => ({ ...now, [spec.path]: value }));
  };
  const submit = () => {
    const found = problemsOf(visible, stored, draft);
    setProblems(found);
    const [first] = Object.keys(found);
    if (first) return showField(first);
    save.mutate(prepare(changesOf(visible, stored, draft, merged), read), {
      onSuccess: () => {
        forget();
        notifyDone(done);
      },
      onError: (error) => showField(fieldOfError(visible, error)?.path ?? '') || focusField(error),
    });
  };
  const fieldsOf = (section: FormSection) =>
    section.fields
      .filter((spec) => visible.includes(spec))
      .map((spec) => (
        <Field
          key={spec.path}
          spec={spec}
          value={read(spec.path)}
          error={problems[spec.path] ?? (refused === spec ? reasonOf(save.error) : undefined)}
          onChange={(value) => change(spec, value)}
        />
      ));
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (changed) submit();
      }}
    >
      {above?.(read)}
      <Changeable scope={scope}>
        {sections.map((section) => (
          <SectionOf
            key={section.title}
            section={section}
            below={section.below?.(read)}
            // What was refused must be seen.
            opened={section.fields.some((spec) => problems[spec.path] || refused === spec)}
          >
            {fieldsOf(section)}
          </SectionOf>
        ))}
      </Changeable>
      <SaveBar changed={changed} saving={save.isPending} error={refused ? undefined : save.error} onDiscard={forget} />
    </form>
  );
}

/** Becomes part of ids, which have no spaces. */
const FOLD = 'fold';

function SectionOf(props: { section: FormSection; opened: boolean; below: ReactNode; children: ReactNode[] }) {
  const { section, opened, below, children } = props;
  const { title, description, note, folded, dense } = section;
  const [open, setOpen] = useState<string | null>(null);
  if (children.length === 0 && !note) return null;
  const fields = dense ? <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>{children}</SimpleGrid> : children;
  if (!folded)
    return (
      <Section title={title} description={description}>
        {note}
        {fields}
        {below}
      </Section>
    );
  return (
    <Box pb="md">
      <Accordion
        variant="contained"
        radius="lg"
        order={2}
        value={opened ? FOLD : open}
        onChange={setOpen}
        transitionDuration={0}
        keepMounted={false}
      >
        <Accordion.Item value={FOLD}>
          <Accordion.Control>{title}</Accordion.Control>
          <Accordion.Panel>
            <Stack gap="lg" py="sm">
              {description && (
                <Text size="sm" c="dimmed" component="div">
                  {description}
                </Text>
              )}
              {note}
              {fields}
              {below}
            </Stack>
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Box>
  );
}

/** Brings a field into sight by its id; false when there is none. */
function showField(id: string): boolean {
  const field = document.getElementById(id);
  field?.focus({ preventScroll: true });
  field?.scrollIntoView({ block: 'center' });
  return field !== null;
}
