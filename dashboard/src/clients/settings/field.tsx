/**
 * One setting on the page, by the kind its description names. What the server had against it, and what the form can
 * tell by itself, stand below it.
 */
import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  Input,
  Select,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { Controls } from '../../api/may.tsx';
import { LinesField } from '../../ui/lines-field.tsx';
import { NoEffectBadge } from '../../ui/no-effect.tsx';
import { type FieldSpec, inertReason } from './fields.ts';
import type { Pair, Value } from './form.ts';

export type FieldProps = {
  spec: FieldSpec;
  value: Value;
  error: string | undefined;
  onChange: (value: Value) => void;
  /** Values that may not be chosen for this client, with the reason. */
  refused?: Readonly<Record<string, string>>;
};

export function SettingField(props: FieldProps) {
  return (
    <Controls>
      <FieldOfKind {...props} />
    </Controls>
  );
}

function FieldOfKind(props: FieldProps) {
  const { spec, value, error, onChange } = props;
  const base = { id: spec.path, label: <Label spec={spec} />, description: spec.help, error };
  switch (spec.kind) {
    case 'switch':
      return (
        <Switch
          {...base}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
          maw={620}
        />
      );
    case 'choice':
      return (
        <Select
          {...base}
          placeholder={spec.placeholder ?? 'Choose'}
          allowDeselect={false}
          data={optionsWith(spec, value)}
          value={String(value) || null}
          onChange={(chosen) => chosen && onChange(chosen)}
        />
      );
    case 'choices':
      return <Choices {...props} />;
    case 'pairs':
      return <Pairs {...props} />;
    case 'lines':
      return <LinesField {...base} placeholder={spec.placeholder} value={String(value)} onChange={onChange} />;
    case 'area':
      return (
        <Textarea
          {...base}
          description={`${String(value).length} of ${spec.maxLength} characters`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autosize
          minRows={2}
          maxLength={spec.maxLength}
          value={String(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    default:
      return (
        <TextInput
          {...base}
          placeholder={spec.placeholder}
          inputMode={spec.kind === 'number' ? 'numeric' : undefined}
          styles={spec.kind === 'number' ? { wrapper: { maxWidth: 320 } } : undefined}
          autoComplete="off"
          maxLength={spec.maxLength}
          rightSection={
            spec.unit && (
              <Text size="sm" c="dimmed">
                {spec.unit}
              </Text>
            )
          }
          rightSectionWidth={spec.unit ? 80 : undefined}
          value={String(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

/** The name of a setting, and whether it does something already. */
function Label({ spec }: { spec: FieldSpec }) {
  const inert = inertReason(spec.path);
  if (!inert) return spec.label;
  return (
    <Group component="span" gap={8} display="inline-flex">
      {spec.label}
      <Tooltip label={inert} multiline maw={280}>
        <NoEffectBadge />
      </Tooltip>
    </Group>
  );
}

/** A value from elsewhere that the dashboard does not offer is still shown, and stays until another is chosen. */
function optionsWith({ options = [] }: FieldSpec, value: Value) {
  const known = options.some((option) => option.value === value) || value === '';
  return known ? [...options] : [...options, { value: String(value), label: String(value) }];
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
