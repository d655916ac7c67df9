import { Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { Row, rowControl } from './rows.tsx';

/** A row with a picture at the left and, if there is one, a button at the right that stays beside it on a phone. */
export function IconRow({ icon, children, action }: { icon: ReactNode; children: ReactNode; action?: ReactNode }) {
  return (
    <Row>
      <Group gap="md" wrap="nowrap">
        {icon}
        <Stack gap={1} miw={0} flex={1}>
          {children}
        </Stack>
        {action && (
          <div className={rowControl} style={{ flex: 'none' }}>
            {action}
          </div>
        )}
      </Group>
    </Row>
  );
}
