import { Group, Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { Row, Rows } from './rows.tsx';

type RowSkeletonsProps = { label: string; count?: number | undefined; avatar?: boolean | undefined };

/** Stands where rows will be, as high as they are, so that nothing jumps. */
export function RowSkeletons({ label, count = 6, avatar = true }: RowSkeletonsProps) {
  return (
    <div role="status">
      <VisuallyHidden>Loading</VisuallyHidden>
      <div aria-hidden>
        <Rows label={label}>
          {Array.from({ length: count }, (_, position) => (
            <Row key={position}>
              <Group gap="md" wrap="nowrap">
                {avatar && <Skeleton circle height={38} />}
                <Stack gap={8} flex={1}>
                  <Skeleton height={12} width={`${38 + ((position * 13) % 30)}%`} />
                  <Skeleton height={10} width={`${22 + ((position * 7) % 20)}%`} />
                </Stack>
              </Group>
            </Row>
          ))}
        </Rows>
      </div>
    </div>
  );
}
