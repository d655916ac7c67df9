/**
 * An editor for JSON: numbered lines, Tab stays a way out of it, and what is wrong is said with its line.
 */
import { Box, Button, Group, Input, Text } from '@mantine/core';
import { useId, useRef } from 'react';
import { parseObject, printed } from './json.ts';
import classes from './json-field.module.css';

export type JsonFieldProps = {
  id?: string;
  label: string;
  /** When the heading above says the same. */
  hideLabel?: boolean;
  description?: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
};

export function JsonField({ id, label, hideLabel = false, description, value, onChange, error }: JsonFieldProps) {
  const made = useId();
  const field = id ?? made;
  const numbers = useRef<HTMLDivElement>(null);
  const lines = value.split('\n').length;
  const parsed = parseObject(value);
  const tidy = 'object' in parsed ? printed(parsed.object) : value;
  return (
    <Input.Wrapper
      id={field}
      label={hideLabel ? undefined : label}
      description={description}
      error={error}
      inputWrapperOrder={['label', 'description', 'input', 'error']}
    >
      <Box className={classes.editor} data-error={error ? true : undefined}>
        <div className={classes.numbers} aria-hidden ref={numbers}>
          {Array.from({ length: lines }, (_, line) => (
            <div key={line}>{line + 1}</div>
          ))}
        </div>
        <textarea
          id={field}
          aria-label={hideLabel ? label : undefined}
          className={classes.text}
          rows={Math.min(Math.max(lines, 6), 24)}
          wrap="off"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${field}-error` : undefined}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          onScroll={(event) => {
            if (numbers.current) numbers.current.scrollTop = event.currentTarget.scrollTop;
          }}
        />
      </Box>
      <Group justify="space-between" mt={6}>
        <Text size="xs" c="dimmed">
          {lines} {lines === 1 ? 'line' : 'lines'}
        </Text>
        <Button
          variant="subtle"
          size="compact-xs"
          disabled={tidy === value}
          onClick={() => onChange(tidy)}
          aria-label={`Tidy ${label}`}
        >
          Tidy
        </Button>
      </Group>
    </Input.Wrapper>
  );
}
