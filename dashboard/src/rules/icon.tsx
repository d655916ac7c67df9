import { ThemeIcon } from '@mantine/core';
import { IconGavel } from '@tabler/icons-react';

/** The sign of rules. */
export function RuleIcon({ size = 38 }: { size?: number }) {
  return (
    <ThemeIcon variant="light" size={size} radius="md" aria-hidden>
      <IconGavel size={size * 0.52} stroke={1.6} />
    </ThemeIcon>
  );
}
