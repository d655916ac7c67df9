/**
 * The form of some code: the editor, what belongs to it at its side, and what is changed and not saved.
 */
import { Stack, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Changeable, Controls, type Scope } from '../api/may.tsx';
import { SaveBar, type SaveBarProps } from '../ui/save-bar.tsx';
import { Workbench } from './workbench.tsx';

export type CodeFormProps = {
  /** What changing it needs. */
  scope: Scope;
  side: ReactNode;
  bar: SaveBarProps;
  onSubmit: () => void;
  children: ReactNode;
};

export function CodeForm({ scope, side, bar, onSubmit, children }: CodeFormProps) {
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (bar.changed || bar.create) onSubmit();
      }}
    >
      <Stack gap="lg">
        <Changeable scope={scope}>
          <Workbench side={side}>{children}</Workbench>
        </Changeable>
        <SaveBar {...bar} />
      </Stack>
    </form>
  );
}

type NameFieldProps = {
  value: string;
  description?: string;
  error: string | undefined;
  onChange: (name: string) => void;
};

/** What the code is called, above its editor. */
export function NameField({ onChange, ...field }: NameFieldProps) {
  return (
    <Controls>
      <TextInput
        id="name"
        label="Name"
        autoComplete="off"
        {...field}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </Controls>
  );
}

/**
 * What is edited of something and not saved.
 * @param forget forgets what was said about the last try, which is over once anything changes
 */
export function useDraft<Fields extends object>(stored: Fields, forget: () => void) {
  const [draft, setDraft] = useState<Partial<Fields>>({});
  return {
    now: { ...stored, ...draft },
    change: (part: Partial<Fields>) => {
      forget();
      setDraft((before) => ({ ...before, ...part }));
    },
    discard: () => {
      forget();
      setDraft({});
    },
  };
}
