/**
 * An editor for JSON: that for code, with a button that indents it.
 */
import { Button, Group, Text } from '@mantine/core';
import { useIsLocked } from '../api/may.tsx';
import { CodeField } from './code-field.tsx';
import { parseObject, printed } from './json.ts';

export type JsonFieldProps = {
  id: string;
  /** What the heading above says. */
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
};

export function JsonField({ label, ...field }: JsonFieldProps) {
  const { value, onChange } = field;
  const lines = value.split('\n').length;
  const parsed = parseObject(value);
  const tidy = 'object' in parsed ? printed(parsed.object) : value;
  return (
    <div>
      <CodeField {...field} label={label} hiddenLabel={label} minRows={6} maxRows={24} />
      <Group justify="space-between" mt={6}>
        <Text size="xs" c="dimmed">
          {lines} {lines === 1 ? 'line' : 'lines'}
        </Text>
        {!useIsLocked() && (
          <Button
            variant="subtle"
            size="compact-xs"
            disabled={tidy === value}
            onClick={() => onChange(tidy)}
            aria-label={`Tidy ${label}`}
          >
            Tidy
          </Button>
        )}
      </Group>
    </div>
  );
}
