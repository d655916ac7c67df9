import { ThemeIcon } from '@mantine/core';
import { IconFishHook } from '@tabler/icons-react';

/** The sign of hooks. */
export function HookIcon({ size = 38 }: { size?: number }) {
  return (
    <ThemeIcon variant="light" size={size} radius="md" aria-hidden>
      <IconFishHook size={size * 0.52} stroke={1.6} />
    </ThemeIcon>
  );
}
