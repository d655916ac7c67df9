import { Group, Text } from '@mantine/core';

/** The key and the name. */
export function Brand() {
  return (
    <Group gap={10} wrap="nowrap">
      <img src={`${import.meta.env.BASE_URL}favicon.svg`} alt="" width={28} height={28} />
      <Text fw={680} fz="1.0625rem" style={{ letterSpacing: '-0.015em' }}>
        Latchkey
      </Text>
    </Group>
  );
}
