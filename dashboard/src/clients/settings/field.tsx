/**
 * One setting on the page. Most are drawn as all forms draw them; what only clients have, a list of choices of which some
 * are refused and a list of pairs, is here.
 */
import { ActionIcon, Button, Checkbox, Group, Input, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { Controls } from '../../api/may.tsx';
import { Field } from '../../forms/field.tsx';
import type { FieldSpec as FormFieldSpec } from '../../forms/spec.ts';
import { inertReason } from './fields.ts';
import type { Pair, Value } from './form.ts';
import type { FieldSpec } from './spec.ts';

export type FieldProps = {
  spec: FieldSpec;
  value: Value;
  error: string | undefined;
  onChange: (value: Value) => void;
  /** Values that may not be chosen for this client, with the reason. */
  refused?: Readonly<Record<string, string>>;
};

export function SettingField(props: FieldProps) {
  const { spec, value, error, onChange } = props;
  const { kind } = spec;
  if (kind === 'choices' || kind === 'pairs')
    return <Controls>{kind === 'choices' ? <Choices {...props} /> : <Pairs {...props} />}</Controls>;
  return (
    <Field
      spec={{ ...asFormField(spec), kind }}
      value={typeof value === 'boolean' ? value : String(value)}
      error={error}
      onChange={onChange}
    />
  );
}

/** The setting in the terms of forms, which read what may be chosen from a schema. */
function asFormField({
  path,
  label,
  help,
  placeholder,
  unit,
  maxLength,
  options = [],
}: FieldSpec): Omit<FormFieldSpec, 'kind'> {
  return {
    path,
    label,
    help,
    ...(placeholder ? { placeholder } : {}),
    ...(unit ? { unit } : {}),
    labels: Object.fromEntries(options.map((option) => [option.value, option.label])),
    schema: { enum: options.map((option) => option.value), ...(maxLength ? { maxLength } : {}) },
    inert: inertReason(path),
  };
}

function Choices({ spec, value, error, onChange, refused = {} }: FieldProps) {
  const chosen = value as readonly string[];
  const extra = chosen.filter((one) => !spec.options?.some((option) => option.value === one));
  const options = [...(spec.options ?? []), ...extra.map((one) => ({ value: one, label: one }))];
  return (
    <Checkbox.Group
      id={spec.path}
      label={spec.label}
      value={[...chosen]}
      error={error}
      onChange={(next) => onChange(next)}
    >
      <Stack gap="sm" mt="sm">
        {options.map((option) => (
          <Checkbox
            key={option.value}
            value={option.value}
            label={option.label}
            disabled={option.value in refused && !chosen.includes(option.value)}
            description={refused[option.value] ?? (option.label === option.value ? undefined : option.value)}
            styles={{ description: { overflowWrap: 'anywhere' } }}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

/** How many pairs the API takes, and how long their texts may be. */
const MOST_PAIRS = 10;
const PAIR_LENGTH = 255;

function Pairs({ spec, value, error, onChange }: FieldProps) {
  const pairs = value as readonly Pair[];
  const set = (index: number, change: Partial<Pair>) =>
    onChange(pairs.map((pair, at) => (at === index ? { ...pair, ...change } : pair)));
  return (
    <Stack gap="sm" id={spec.path} tabIndex={-1}>
      {pairs.length === 0 && (
        <Text size="sm" c="dimmed">
          No metadata yet.
        </Text>
      )}
      {pairs.map((pair, index) => (
        // Pairs have no identity of their own but their place.
        <Group key={index} gap="xs" align="flex-end" wrap="nowrap">
          <TextInput
            flex={1}
            label={index === 0 ? 'Key' : undefined}
            aria-label={`Key ${index + 1}`}
            maxLength={PAIR_LENGTH}
            value={pair.key}
            onChange={(event) => set(index, { key: event.currentTarget.value })}
          />
          <TextInput
            flex={2}
            label={index === 0 ? 'Value' : undefined}
            aria-label={`Value ${index + 1}`}
            maxLength={PAIR_LENGTH}
            value={pair.value}
            onChange={(event) => set(index, { value: event.currentTarget.value })}
          />
          <ActionIcon
            size={36}
            variant="subtle"
            color="gray"
            c="dimmed"
            aria-label={`Remove pair ${index + 1}`}
            onClick={() => onChange(pairs.filter((_, at) => at !== index))}
          >
            <IconTrash size={17} />
          </ActionIcon>
        </Group>
      ))}
      {error && <Input.Error>{error}</Input.Error>}
      <Group>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={15} aria-hidden />}
          disabled={pairs.length >= MOST_PAIRS}
          onClick={() => onChange([...pairs, { key: '', value: '' }])}
        >
          Add a pair
        </Button>
      </Group>
    </Stack>
  );
}
