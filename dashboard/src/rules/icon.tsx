import { ThemeIcon } from '@mantine/core';
import { IconGavel } from '@tabler/icons-react';

/** The sign of rules, on the page of one. */
export function RuleIcon() {
  return (
    <ThemeIcon variant="light" size={52} radius="md" aria-hidden>
      <IconGavel size={27} stroke={1.6} />
    </ThemeIcon>
  );
}
