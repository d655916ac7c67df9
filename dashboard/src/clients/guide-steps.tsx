import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { CodeBlock } from '../ui/code-block.tsx';
import { CopyIcon } from '../ui/copy.tsx';
import classes from './guide-steps.module.css';
import type { Step } from './samples/guide.ts';

/** Steps in their order, numbered. */
export function GuideSteps({ children }: { children: ReactNode }) {
  return <ol className={classes.steps}>{children}</ol>;
}

export function GuideStep({ title, text, blocks = [], values = [], children }: Step & { children?: ReactNode }) {
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
        {blocks.map((block) => (
          <CodeBlock key={block.caption + block.code} {...block} />
        ))}
        {children}
      </Stack>
    </li>
  );
}

function Values({ values }: { values: NonNullable<Step['values']> }) {
  return (
    <dl className={classes.values}>
      {values.map(({ label, value }) => (
        <div key={label} className={classes.value}>
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
