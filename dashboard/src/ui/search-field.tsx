import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

export type SearchFieldProps = {
  label: string;
  placeholder: string;
  description?: ReactNode;
  /** What was searched for when the page opened. */
  value: string;
  onSearch: (text: string) => void;
  error?: string | undefined;
  mono?: boolean;
};

/** Milliseconds of rest after which what was typed is searched for. */
const REST = 350;

/** Searches while one types, with a short rest, and at once on Enter. */
export function SearchField({ label, placeholder, description, value, onSearch, error, mono }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const [sent, setSent] = useState(value);
  const send = (next: string) => {
    setSent(next);
    onSearch(next);
  };
  const later = useDebouncedCallback(send, REST);
  // The address changed by other means than this field: by a link, or by going back.
  if (value !== sent) {
    setSent(value);
    setText(value);
  }
  const now = (next: string) => {
    later.cancel();
    setText(next);
    send(next);
  };
  return (
    <TextInput
      type="search"
      role="searchbox"
      aria-label={label}
      placeholder={placeholder}
      description={description}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      leftSection={<IconSearch size={17} aria-hidden />}
      rightSection={text !== '' && <CloseButton aria-label="Clear the search" onClick={() => now('')} />}
      value={text}
      error={error}
      spellCheck={false}
      autoCapitalize="off"
      styles={mono ? { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8125rem' } } : {}}
      onChange={(event) => {
        setText(event.currentTarget.value);
        later(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') now(text);
      }}
    />
  );
}
