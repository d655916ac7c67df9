import { ThemeIcon } from '@mantine/core';
import { IconUserShield } from '@tabler/icons-react';

/** The sign of roles. */
export function RoleIcon({ size = 38 }: { size?: number }) {
  return (
    <ThemeIcon variant="light" size={size} radius="md" aria-hidden>
      <IconUserShield size={size * 0.52} stroke={1.6} />
    </ThemeIcon>
  );
}
