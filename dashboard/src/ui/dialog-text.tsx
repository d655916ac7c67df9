/** A line of text in a dialog, by the name that the API has for it: what it refuses is told there. */
import { TextInput, type TextInputProps } from '@mantine/core';
import type { Placed } from '../api/errors.ts';

export type DialogTextProps = Omit<TextInputProps, 'id' | 'error' | 'onChange'> & {
  id: string;
  failure: Placed;
  /** What is wrong before anything is sent; told rather than the failure. */
  problem?: string | undefined;
  onText: (text: string) => void;
};

export function DialogText({ id, failure, problem, onText, ...input }: DialogTextProps) {
  return (
    <TextInput
      autoComplete="off"
      {...input}
      id={id}
      error={problem ?? failure.at(id)}
      onChange={(event) => onText(event.currentTarget.value)}
    />
  );
}
