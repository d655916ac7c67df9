/**
 * An editor for code: numbered lines in a fixed pitch. Tab stays a way out of it, so that no keyboard is trapped.
 */
import { Box, Input } from '@mantine/core';
import { type ReactNode, useId, useRef } from 'react';
import { useIsLocked } from '../api/may.tsx';
import classes from './code-field.module.css';

export type CodeFieldProps = {
  id?: string | undefined;
  label: ReactNode;
  /** In place of the label, when the heading above says the same. */
  hiddenLabel?: string | undefined;
  description?: ReactNode;
  value: string;
  onChange: (value: string) => void;
  error?: ReactNode;
  /** Lines it is high at least, and at most before it scrolls. */
  minRows?: number;
  maxRows?: number;
  placeholder?: string;
  readOnly?: boolean;
};

export function CodeField(props: CodeFieldProps) {
  const { label, hiddenLabel, description, value, onChange, error, minRows = 8, maxRows = 28, placeholder } = props;
  const isLocked = useIsLocked();
  const made = useId();
  const id = props.id ?? made;
  const numbers = useRef<HTMLDivElement>(null);
  const lines = value.split('\n').length;
  return (
    <Input.Wrapper
      id={id}
      label={hiddenLabel ? undefined : label}
      description={description}
      error={error}
      inputWrapperOrder={['label', 'description', 'input', 'error']}
    >
      <Box className={classes.editor} data-error={error ? true : undefined} mt={hiddenLabel ? undefined : 6}>
        <div className={classes.numbers} aria-hidden ref={numbers}>
          {Array.from({ length: lines }, (_, line) => (
            <div key={line}>{line + 1}</div>
          ))}
        </div>
        <textarea
          id={id}
          aria-label={hiddenLabel}
          className={classes.text}
          rows={Math.min(Math.max(lines, minRows), maxRows)}
          wrap="off"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          readOnly={props.readOnly || isLocked}
          placeholder={placeholder}
          aria-invalid={error ? true : undefined}
          aria-describedby={
            [description && `${id}-description`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
          }
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          onScroll={(event) => {
            if (numbers.current) numbers.current.scrollTop = event.currentTarget.scrollTop;
          }}
        />
      </Box>
    </Input.Wrapper>
  );
}
