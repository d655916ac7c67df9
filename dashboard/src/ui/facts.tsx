/**
 * What is known about a thing and not changed here: names and values side by side.
 */
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyIcon } from './copy.tsx';
import classes from './facts.module.css';

export type Fact = {
  label: string;
  /** A fact without a value is left out. */
  value: ReactNode;
  /** What its copy button copies. */
  copy?: string | undefined;
  mono?: boolean;
};

export function Facts({ facts }: { facts: readonly Fact[] }) {
  const known = facts.filter(({ value }) => value !== undefined && value !== null && value !== '');
  return (
    <dl className={classes.facts}>
      {known.map(({ label, value, copy, mono }) => (
        <div key={label} className={classes.fact}>
          <Text component="dt" size="sm" c="dimmed">
            {label}
          </Text>
          <Text component="dd" size="sm" className={classes.value} ff={mono ? 'monospace' : undefined}>
            <span>{value}</span>
            {copy && <CopyIcon value={copy} label={label.toLowerCase()} />}
          </Text>
        </div>
      ))}
    </dl>
  );
}
