import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';

type FilterFieldProps = { label: string; placeholder: string; value: string; onChange: (words: string) => void };

/** Finds in what is shown already, while one types; `SearchField` asks the server. */
export function FilterField({ label, placeholder, value, onChange }: FilterFieldProps) {
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={17} aria-hidden />}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
