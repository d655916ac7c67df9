import { Textarea, type TextareaProps } from '@mantine/core';

/** A list as text, one entry a line. */
export type LinesFieldProps = Omit<TextareaProps, 'value' | 'onChange'> & {
  value: string;
  onChange: (value: string) => void;
};

/** A field for a list of addresses, one a line. */
export function LinesField({ value, onChange, ...props }: LinesFieldProps) {
  return (
    <Textarea
      autosize
      minRows={2}
      maxRows={10}
      spellCheck={false}
      autoCapitalize="off"
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...props}
    />
  );
}
