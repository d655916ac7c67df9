import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Above the list of a tab: what the list is, and the button that adds to it. */
export function Toolbar({ text, children }: { text: ReactNode; children?: ReactNode }) {
  return (
    <Group justify="space-between" gap="md" py="lg">
      <Text size="sm" c="dimmed" maw={520} component="div">
        {text}
      </Text>
      {children}
    </Group>
  );
}
