import { Button, MultiSelect, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { clientChoicesQuery, connectionChoicesQuery } from '../api/choices.ts';
import { useDashboard } from '../dashboard.tsx';
import { type Filter, PERIODS } from './filter.ts';
import classes from './filter-fields.module.css';
import { outcomeOf, TYPE_CHOICES } from './types.ts';

export type FilterFieldsProps = { filter: Filter; onChange: (filter: Filter) => void };

const OUTCOMES = [
  { value: '', label: 'All' },
  { value: 'failure', label: 'Failed' },
  { value: 'success', label: 'Succeeded' },
];

/** Filters that are not in sight on a phone until they are asked for. */
const RARE = ['type', 'client', 'connection', 'user', 'ip'] as const;

/** The filter builder: everything a person usually asks the logs, without a query language. */
export function FilterFields({ filter, onChange }: FilterFieldsProps) {
  const { api } = useDashboard();
  const clients = useQuery(clientChoicesQuery(api));
  const connections = useQuery(connectionChoicesQuery(api));
  const set = (changes: Filter) => onChange({ ...filter, ...changes });
  const types = TYPE_CHOICES.filter(({ value }) => !filter.outcome || outcomeOf(value) === filter.outcome);
  const rare = RARE.filter((name) => filter[name]).length;
  const [all, setAll] = useState(rare > 0);
  return (
    <fieldset data-all={all || undefined} className={classes.fields} aria-label="Filters">
      <SegmentedControl
        aria-label="Outcome"
        className={classes.outcome}
        data={OUTCOMES}
        value={filter.outcome ?? ''}
        onChange={(outcome) => set({ outcome: (outcome || undefined) as Filter['outcome'], type: undefined })}
      />
      <Select
        aria-label="Time"
        data={[
          { value: '', label: 'Any time' },
          ...Object.entries(PERIODS).map(([value, { label }]) => ({ value, label })),
        ]}
        value={filter.since ?? ''}
        allowDeselect={false}
        onChange={(since) => set({ since: since || undefined })}
      />
      <Select
        aria-label="Client"
        className={classes.rare}
        placeholder="Any client"
        data={(clients.data ?? []).map(({ client_id, name }) => ({ value: client_id, label: name }))}
        value={filter.client ?? null}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Clear client' }}
        nothingFoundMessage="No such client"
        onChange={(client) => set({ client: client ?? undefined })}
      />
      <Select
        aria-label="Connection"
        className={classes.rare}
        placeholder="Any connection"
        data={(connections.data ?? []).map(({ name }) => name)}
        value={filter.connection ?? null}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Clear connection' }}
        nothingFoundMessage="No such connection"
        onChange={(connection) => set({ connection: connection ?? undefined })}
      />
      <TypedFilter
        label="User"
        placeholder="Any user: name, email or ID"
        value={filter.user ?? ''}
        onChange={(user) => set({ user: user || undefined })}
      />
      <TypedFilter
        label="IP address"
        placeholder="Any IP address"
        value={filter.ip ?? ''}
        onChange={(ip) => set({ ip: ip || undefined })}
      />
      <MultiSelect
        aria-label="Types"
        className={classes.rare}
        styles={{ pill: { maxWidth: '100%' } }}
        placeholder={filter.type ? undefined : 'Any type'}
        data={types}
        value={filter.type?.split(',') ?? []}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Clear types' }}
        nothingFoundMessage="No such type"
        onChange={(chosen) => set({ type: chosen.join(',') || undefined })}
      />
      <Button
        variant="default"
        className={classes.more}
        aria-expanded={all}
        leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}
        onClick={() => setAll(!all)}
      >
        {all ? 'Fewer filters' : rare > 0 ? `More filters (${rare} set)` : 'More filters'}
      </Button>
    </fieldset>
  );
}

type TypedFilterProps = { label: string; placeholder: string; value: string; onChange: (value: string) => void };

/** Milliseconds of rest after which what was typed counts. */
const REST = 350;

function TypedFilter({ label, placeholder, value, onChange }: TypedFilterProps) {
  const [text, setText] = useState(value);
  const [sent, setSent] = useState(value);
  const later = useDebouncedCallback((next: string) => {
    setSent(next);
    onChange(next);
  }, REST);
  if (value !== sent) {
    setSent(value);
    setText(value);
  }
  return (
    <TextInput
      className={classes.rare}
      aria-label={label}
      placeholder={placeholder}
      spellCheck={false}
      autoCapitalize="off"
      autoComplete="off"
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        later(event.currentTarget.value.trim());
      }}
    />
  );
}
