import { ThemeIcon } from '@mantine/core';
import { IconServer2, IconShieldCog } from '@tabler/icons-react';

export function ApiIcon({ isSystem, size = 38 }: { isSystem: boolean; size?: number }) {
  const Icon = isSystem ? IconShieldCog : IconServer2;
  return (
    <ThemeIcon variant="light" size={size} radius="md" aria-hidden>
      <Icon size={size * 0.55} stroke={1.6} />
    </ThemeIcon>
  );
}
