/**
 * An editor for code as a field of a form: colours, numbered lines, completion, and what is wrong told as one types. Tab
 * indents, and Escape before it leaves the editor, so that no keyboard is trapped. What draws it is loaded with the first
 * one; until then, and when it cannot be loaded, plain text stands in its place and can be typed in.
 */
import { Anchor, Box, Group, Input, Kbd, Text, useComputedColorScheme } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useIsLocked } from '../api/may.tsx';
import classes from './code-editor.module.css';
import { CodeField } from './code-field.tsx';
import type { Editor } from './codemirror/editor.ts';
import type { Language, Member } from './codemirror/language.ts';
import type { Problem } from './codemirror/syntax.ts';

export type CodeEditorProps = {
  id?: string;
  label: string;
  /** The label as it is shown, when there is more to it than its text. */
  shownLabel?: ReactNode;
  /** When a heading above says the same. */
  hideLabel?: boolean;
  description?: ReactNode;
  language: Language;
  value: string;
  onChange: (value: string) => void;
  /** What the server had against it. */
  error?: ReactNode;
  members?: readonly Member[];
  /** Lines it is high at least, and at most before it scrolls. */
  minRows?: number;
  maxRows?: number;
  placeholder?: string;
  readOnly?: boolean;
};

const NONE: readonly never[] = [];
type Loaded = typeof import('./codemirror/editor.ts');

export function CodeEditor(given: CodeEditorProps) {
  const isLocked = useIsLocked();
  const props = { ...given, readOnly: given.readOnly || isLocked };
  const [loaded, setLoaded] = useState<Loaded | 'failed'>();
  useEffect(() => {
    import('./codemirror/editor.ts').then(setLoaded, () => setLoaded('failed'));
  }, []);
  if (loaded === undefined || loaded === 'failed') return <Plain {...props} isLoading={loaded === undefined} />;
  return <Rich {...props} codemirror={loaded} />;
}

function Plain({
  isLoading,
  hideLabel,
  shownLabel,
  label,
  language: _,
  members: __,
  ...field
}: CodeEditorProps & { isLoading: boolean }) {
  // What is typed here before the editor is there is kept: the value belongs to the form.
  return (
    <Box aria-busy={isLoading} className={hideLabel ? classes.unlabelled : undefined}>
      <CodeField {...field} label={shownLabel ?? label} />
    </Box>
  );
}

function Rich({ codemirror, ...props }: CodeEditorProps & { codemirror: Loaded }) {
  const {
    label,
    shownLabel,
    hideLabel = false,
    description,
    language,
    value,
    error,
    minRows = 14,
    maxRows = 36,
  } = props;
  const { members = NONE, placeholder, readOnly = false } = props;
  const made = useId();
  const id = props.id ?? made;
  const parent = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor>(undefined);
  const [problems, setProblems] = useState<readonly Problem[]>(NONE);
  const dark = useComputedColorScheme('light') === 'dark';
  const attributes = attributesOf({ id, label, readOnly, isInvalid: Boolean(error), hasHelp: Boolean(description) });
  const state = { attributes, readOnly, dark };
  // The editor lives as long as its place; what it tells goes to whoever listens now.
  const latest = useRef({ props, state });
  latest.current = { props, state };
  useEffect(() => {
    const opened = codemirror.openEditor(
      parent.current!,
      {
        value: latest.current.props.value,
        language,
        members,
        placeholder,
        onChange: (text) => latest.current.props.onChange(text),
        onProblems: setProblems,
      },
      latest.current.state,
    );
    editor.current = opened;
    return () => opened.destroy();
  }, [codemirror, language, members, placeholder]);
  useEffect(() => editor.current?.setValue(value), [value]);
  const key = JSON.stringify(state);
  useEffect(() => editor.current?.update(JSON.parse(key)), [key]);
  return (
    <Input.Wrapper
      label={hideLabel ? undefined : (shownLabel ?? label)}
      labelElement="div"
      labelProps={{ onClick: () => editor.current?.focus() }}
      description={description}
      descriptionProps={{ id: `${id}-description` }}
      error={error}
      errorProps={{ id: `${id}-error`, role: 'alert' }}
      inputWrapperOrder={['label', 'description', 'input', 'error']}
    >
      <Box
        ref={parent}
        className={classes.editor}
        mt={hideLabel ? undefined : 6}
        data-error={error ? true : undefined}
        __vars={{ '--rows-min': codemirror.heightOf(minRows), '--rows-max': codemirror.heightOf(maxRows) }}
      />
      <Group justify="space-between" gap="xs" mt={6} mih={22}>
        <Text size="xs" role="status">
          {problems.map((problem) => (
            <Anchor
              key={problem.from}
              component="button"
              type="button"
              c="var(--mantine-color-error)"
              inherit
              ta="start"
              onClick={() => editor.current?.goTo(problem.from)}
            >
              Line {problem.line}: {problem.message}
            </Anchor>
          ))}
        </Text>
        {!readOnly && (
          <Text size="xs" c="dimmed" id={`${id}-keys`}>
            <Kbd size="xs">Tab</Kbd> indents; <Kbd size="xs">Esc</Kbd> then <Kbd size="xs">Tab</Kbd> leaves the editor
          </Text>
        )}
      </Group>
    </Input.Wrapper>
  );
}

function attributesOf(field: { id: string; label: string; readOnly: boolean; isInvalid: boolean; hasHelp: boolean }) {
  const { id, label, readOnly, isInvalid, hasHelp } = field;
  const about = [hasHelp && `${id}-description`, isInvalid && `${id}-error`, !readOnly && `${id}-keys`];
  return {
    id,
    'aria-label': label,
    tabindex: '0',
    spellcheck: 'false',
    autocapitalize: 'off',
    ...(about.some(Boolean) ? { 'aria-describedby': about.filter(Boolean).join(' ') } : {}),
    ...(isInvalid ? { 'aria-invalid': 'true' } : {}),
    ...(readOnly ? { 'aria-readonly': 'true' } : {}),
  };
}
