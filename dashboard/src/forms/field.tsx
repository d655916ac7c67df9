/**
 * One field by its kind. What the server had against it, and what the form can tell by itself, stand below it.
 */
import {
  Checkbox,
  ColorInput,
  Group,
  PasswordInput,
  Select,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Controls } from '../api/may.tsx';
import { CodeEditor } from '../ui/code-editor.tsx';
import { CodeField } from '../ui/code-field.tsx';
import { LinesField } from '../ui/lines-field.tsx';
import { NoEffectBadge } from '../ui/no-effect.tsx';
import { plain } from './schema.ts';
import { type FieldSpec, type Kind, type Value, wordsOf } from './spec.ts';

export type FieldProps = {
  spec: FieldSpec;
  value: Value;
  error?: string | undefined;
  onChange: (value: Value) => void;
};

/** What scrolls, and locks itself. */
const EDITORS: readonly Kind[] = ['code', 'json'];

export function Field(props: FieldProps) {
  const field = <FieldOfKind {...props} />;
  return EDITORS.includes(props.spec.kind) ? field : <Controls>{field}</Controls>;
}

function FieldOfKind({ spec, value, error, onChange }: FieldProps) {
  const { path: id, kind, placeholder, readOnly } = spec;
  const base = { id, label: <Label spec={spec} />, description: help(spec), error };
  const text = typeof value === 'string' ? value : '';
  const line = { ...base, placeholder, readOnly, value: text };
  switch (kind) {
    case 'switch':
      return (
        <Switch
          {...base}
          maw={620}
          disabled={readOnly}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'choice':
      return (
        <Select
          {...base}
          placeholder={placeholder ?? 'Not set'}
          disabled={readOnly}
          allowDeselect={false}
          data={choicesOf(spec, text)}
          value={text || null}
          onChange={(chosen) => onChange(chosen ?? '')}
        />
      );
    case 'choices':
      return (
        <Checkbox.Group {...base} value={[...(value as readonly string[])]} onChange={onChange}>
          <Group gap="lg" mt="xs">
            {(plain(plain(spec.schema).items ?? {}).enum ?? []).map((choice) => (
              <Checkbox key={String(choice)} value={String(choice)} label={labelOf(spec, String(choice))} />
            ))}
          </Group>
        </Checkbox.Group>
      );
    case 'lines':
      return <LinesField {...line} onChange={onChange} />;
    case 'json':
      return <CodeField {...line} minRows={4} onChange={onChange} />;
    case 'code':
      return (
        <CodeEditor
          {...line}
          label={spec.label}
          shownLabel={base.label}
          language={spec.language ?? 'liquid'}
          minRows={10}
          onChange={onChange}
        />
      );
    case 'area':
      return (
        <Textarea
          {...line}
          {...roomOf(spec, text)}
          autosize
          minRows={3}
          maxRows={14}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'colour':
      return <ColourField {...base} value={text} onChange={onChange} />;
    case 'secret':
      return (
        <PasswordInput
          {...line}
          autoComplete="off"
          data-1p-ignore
          visibilityToggleButtonProps={{ 'aria-label': `Show or hide: ${spec.label}`, tabIndex: 0 }}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    default:
      return (
        <TextInput
          {...line}
          styles={kind === 'number' ? { wrapper: { maxWidth: 260 } } : {}}
          inputMode={kind === 'number' ? 'decimal' : undefined}
          required={spec.required}
          autoComplete="off"
          rightSectionWidth={spec.unit ? `${spec.unit.length * 0.52 + 1.4}rem` : undefined}
          rightSection={
            spec.unit && (
              <Text size="sm" c="dimmed">
                {spec.unit}
              </Text>
            )
          }
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

/** Up to this many characters one wants to know how many are left. */
const LITTLE = 500;

function roomOf({ schema }: FieldSpec, text: string) {
  const { maxLength = Number.POSITIVE_INFINITY } = plain(schema);
  return maxLength <= LITTLE ? { maxLength, description: `${text.length} of ${maxLength} characters` } : {};
}

function Label({ spec }: { spec: FieldSpec }) {
  if (!spec.inert) return spec.label;
  return (
    <Group component="span" gap={8} display="inline-flex">
      {spec.label}
      <NoEffectBadge />
    </Group>
  );
}

/** "Kept and shown; has no effect yet." is what the badge says already. */
const SAID_BY_THE_BADGE = /^Kept and shown; has no effect yet\.$/;

function help({ help: text, inert }: FieldSpec): ReactNode {
  const reason = inert && !SAID_BY_THE_BADGE.test(inert) ? inert : undefined;
  if (!text || !reason) return text ?? reason;
  return (
    <>
      {text} {reason}
    </>
  );
}

/** A stored value that the schema does not list is shown rather than lost. */
function choicesOf(spec: FieldSpec, value: string) {
  // Where the schema leaves it open, the words say what there is.
  const known = plain(spec.schema).enum?.map(String) ?? Object.keys(spec.labels ?? {});
  const all = value === '' || known.includes(value) ? known : [...known, value];
  return all.map((choice) => ({ value: choice, label: labelOf(spec, choice) }));
}

function labelOf({ labels }: FieldSpec, choice: string) {
  return labels?.[choice] ?? (/^[a-z_]+$/.test(choice) ? wordsOf(choice) : choice);
}

type ColourProps = { id: string; label: ReactNode; description: ReactNode; error?: string | undefined };

function ColourField({ value, onChange, ...base }: ColourProps & { value: string; onChange: (value: string) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <Stack gap={4}>
      <ColorInput
        {...base}
        maw={260}
        format="hex"
        fixOnBlur={false}
        withEyeDropper={false}
        placeholder="#0f4a40"
        // It would stand over what is wrong with the value.
        popoverProps={{ opened: open && !base.error, withinPortal: true }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setOpen(false);
        }}
        value={value}
        onChange={onChange}
      />
    </Stack>
  );
}
