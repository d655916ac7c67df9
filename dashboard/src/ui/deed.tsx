import { Group, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** What can be done to a thing as a whole: what it is called, what it does, and the button that does it. */
export function Deed({ title, text, children }: { title: string; text: ReactNode; children: ReactNode }) {
  return (
    <Group justify="space-between" gap="md">
      <Stack gap={2} flex="1 1 14rem">
        <Text fw={600}>{title}</Text>
        <Text size="sm" c="dimmed" component="div">
          {text}
        </Text>
      </Stack>
      {children}
    </Group>
  );
}

/** The deeds of a page, framed together. */
export function Deeds({ children }: { children: ReactNode }) {
  return (
    <Paper withBorder radius="lg" p="lg">
      <Stack gap="lg">{children}</Stack>
    </Paper>
  );
}
