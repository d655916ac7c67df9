import { Group, Select, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { User } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { userSubtitle, userTitle } from './person.tsx';
import { userWordsQuery } from './queries.ts';

export type UserPickerProps = {
  label: string;
  description?: string;
  /** Those that cannot be chosen: they are there already. */
  without: readonly string[];
  value: User | undefined;
  onChange: (user: User | undefined) => void;
  error?: string | undefined;
};

/** Chooses a user: the server is searched by what is typed, so that it works with any number of users. */
export function UserPicker({ label, description, without, value, onChange, error }: UserPickerProps) {
  const { api } = useDashboard();
  const [words, setWords] = useState('');
  const [asked] = useDebouncedValue(words, 250);
  const query = useQuery(userWordsQuery(api, value && asked === userTitle(value) ? '' : asked));
  const found = (query.data ?? []).filter(({ user_id }) => !without.includes(user_id));
  const users = value && !found.some(({ user_id }) => user_id === value.user_id) ? [value, ...found] : found;
  return (
    <Select
      data-autofocus
      searchable
      clearable
      label={label}
      description={description}
      placeholder="Search by name, email or username"
      nothingFoundMessage={query.isFetching ? 'Searching …' : 'Nobody found'}
      data={users.map((user) => ({ value: user.user_id, label: userTitle(user) }))}
      // The server has searched already.
      filter={({ options }) => options}
      searchValue={words}
      onSearchChange={setWords}
      value={value?.user_id ?? null}
      error={error}
      comboboxProps={{ withinPortal: false }}
      clearButtonProps={{ 'aria-label': 'Clear' }}
      renderOption={({ option }) => {
        const user = users.find(({ user_id }) => user_id === option.value);
        return (
          <Stack gap={0} miw={0}>
            <Text size="sm" truncate>
              {option.label}
            </Text>
            {user && (
              <Group gap={6} wrap="nowrap">
                <Text size="xs" c="dimmed" truncate>
                  {userSubtitle(user)}
                </Text>
              </Group>
            )}
          </Stack>
        );
      }}
      onChange={(id) => onChange(users.find(({ user_id }) => user_id === id))}
    />
  );
}
