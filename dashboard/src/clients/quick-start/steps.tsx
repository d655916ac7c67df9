import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyIcon } from '../../ui/copy.tsx';
import classes from './steps.module.css';

/** Steps in their order, numbered. */
export function Steps({ children }: { children: ReactNode }) {
  return <ol className={classes.steps}>{children}</ol>;
}

export type StepProps = {
  title: string;
  text?: string;
  values?: { label: string; value: string }[];
  children?: ReactNode;
};

export function Step({ title, text, values = [], children }: StepProps) {
  return (
    <li className={classes.step}>
      <Stack gap="md" miw={0}>
        <Stack gap={4}>
          <Title order={2}>{title}</Title>
          {text && (
            <Text c="dimmed" maw={620}>
              {text}
            </Text>
          )}
        </Stack>
        {values.length > 0 && <Values values={values} />}
        {children}
      </Stack>
    </li>
  );
}

function Values({ values }: { values: NonNullable<StepProps['values']> }) {
  return (
    <dl className={classes.values}>
      {values.map(({ label, value }) => (
        <div key={label + value} className={classes.value}>
          <dt>{label}</dt>
          <dd>
            <span>{value}</span>
            <CopyIcon value={value} label={label} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
