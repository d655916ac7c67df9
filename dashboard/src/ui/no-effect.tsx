/** Says of settings that they are kept and do nothing yet: in one line beside a setting, or for a whole page. */
import { Alert, Badge, type BadgeProps } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';

export function NoEffectBadge(props: BadgeProps) {
  return (
    <Badge component="span" size="sm" variant="default" radius="sm" tt="none" fw={500} {...props}>
      No effect yet
    </Badge>
  );
}

export function NoEffect({ title = 'No effect yet', children }: { title?: string; children: ReactNode }) {
  return (
    <Alert variant="default" radius="lg" icon={<IconInfoCircle aria-hidden />} title={title}>
      {children}
    </Alert>
  );
}
