import { Group, Radio, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconCode, IconDots } from '@tabler/icons-react';
import { GUIDES } from '../clients/quick-start/catalogue.ts';
import { GUIDE_ICONS } from '../clients/quick-start/icons.ts';
import { LibraryName } from '../clients/quick-start/library.tsx';
import type { ClientType } from '../clients/type-values.ts';
import classes from './welcome.module.css';

/** Stands for a technology that has no guide. */
const OTHER = 'other';

type TechnologiesProps = { type: ClientType; value: string; onChange: (id: string) => void };

/** What a client of this type can be made with, as cards of which one is chosen. */
export function Technologies({ type, value, onChange }: TechnologiesProps) {
  const choices = [
    ...GUIDES[type].map(({ id, name, library }) => ({ id, name, library, Icon: GUIDE_ICONS[id] ?? IconCode })),
    { id: OTHER, name: 'Something else', library: 'Any OpenID Connect library', Icon: IconDots },
  ];
  return (
    <Radio.Group label="Technology" value={value} onChange={onChange}>
      <SimpleGrid cols={{ base: 2, sm: 2, md: 3 }} spacing="sm" mt={6}>
        {choices.map(({ id, name, library, Icon }) => (
          <Radio.Card key={id} value={id} radius="lg" className={classes.technology} aria-label={name}>
            <Group gap="sm" wrap="nowrap">
              <Icon size={26} stroke={1.5} aria-hidden />
              <Stack gap={0} miw={0}>
                <Text fw={600}>{name}</Text>
                <Text size="sm" c="dimmed" visibleFrom="xs" style={{ overflowWrap: 'anywhere' }}>
                  <LibraryName name={library} />
                </Text>
              </Stack>
            </Group>
          </Radio.Card>
        ))}
      </SimpleGrid>
    </Radio.Group>
  );
}
