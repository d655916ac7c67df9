import { Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './section.module.css';

export type SectionProps = { title: string; description?: ReactNode; danger?: boolean; children: ReactNode };

/** One topic of a page of settings: what it is about at the left (above, on a phone), its fields at the right. */
export function Section({ title, description, danger = false, children }: SectionProps) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <Stack gap={6}>
        <Title order={2} id={id} c={danger ? 'var(--mantine-color-error)' : undefined}>
          {title}
        </Title>
        {description && (
          <Text size="sm" c="dimmed" component="div">
            {description}
          </Text>
        )}
      </Stack>
      <Stack gap="lg" miw={0}>
        {children}
      </Stack>
    </section>
  );
}
