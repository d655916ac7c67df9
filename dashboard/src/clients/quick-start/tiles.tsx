import { SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconCode } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import classes from '../../ui/tiles.module.css';
import type { ClientType } from '../type-values.ts';
import { GUIDES } from './catalogue.ts';
import { GUIDE_ICONS } from './icons.ts';
import { LibraryName } from './library.tsx';

/** The technologies for a type of client; each opens its guide. */
export function Tiles({ clientId, type }: { clientId: string; type: ClientType }) {
  return (
    <Stack gap="md">
      <Stack gap={2}>
        <Title order={2}>{type === 'non_interactive' ? 'What does it run on?' : 'What is it made with?'}</Title>
        <Text c="dimmed">Each guide has the values of this client in its code.</Text>
      </Stack>
      <SimpleGrid component="ul" cols={{ base: 1, xs: 2, md: 3 }} spacing="sm" className={classes.tiles}>
        {GUIDES[type].map(({ id, name, library }) => (
          <li key={id}>
            <Link to="/clients/$clientId" params={{ clientId }} search={{ guide: id }} className={classes.tile}>
              <GuideIcon id={id} />
              <span>
                <Text span fw={600} display="block">
                  {name}
                </Text>
                <Text span size="sm" c="dimmed" display="block" style={{ overflowWrap: 'anywhere' }}>
                  <LibraryName name={library} />
                </Text>
              </span>
            </Link>
          </li>
        ))}
      </SimpleGrid>
    </Stack>
  );
}

function GuideIcon({ id }: { id: string }) {
  const Icon = GUIDE_ICONS[id] ?? IconCode;
  return <Icon size={28} stroke={1.5} aria-hidden />;
}
