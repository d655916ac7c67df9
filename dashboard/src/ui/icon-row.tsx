import { Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { Row, rowControl } from './rows.tsx';

/** A row with a picture at the left and, if there are some, buttons at the right, or below where they do not fit. */
export function IconRow({ icon, children, action }: { icon: ReactNode; children: ReactNode; action?: ReactNode }) {
  return (
    <Row>
      <Group justify="space-between" gap="xs">
        <Group gap="md" wrap="nowrap" flex="1 1 13rem" miw={0}>
          {icon}
          <Stack gap={1} miw={0} flex={1}>
            {children}
          </Stack>
        </Group>
        {action && (
          <div className={rowControl} style={{ marginInlineStart: 'auto' }}>
            {action}
          </div>
        )}
      </Group>
    </Row>
  );
}
