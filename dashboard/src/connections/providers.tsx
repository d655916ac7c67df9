/**
 * Every identity provider there is a strategy for: what it is called, and whether people can sign in with it today.
 */
import { STRATEGIES } from 'virtual:connections';
import { Badge, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useId, useState } from 'react';
import { FilterField } from '../ui/filter-field.tsx';
import { BackLink, TextLink } from '../ui/links.tsx';
import { Page } from '../ui/page.tsx';
import { CATEGORIES, type Category, isLegacy, STRATEGY_WORDS, type StrategyName } from './catalogue.ts';
import { StrategyIcon } from './icon.tsx';
import classes from './providers.module.css';
import { inertStrategy } from './sections.ts';

/** Providers without a strategy that the custom ones serve. */
const BY_CUSTOM = [
  ...['Clever', 'DigitalOcean', 'Discord', 'Dribbble', 'Figma', 'Imgur', 'Pinterest', 'QuickBooks', 'Slack', 'Spotify'],
  ...['Stripe Connect', 'TikTok', 'Twitch', 'Vimeo', 'BankID Norway', 'BankID Sweden', 'NemID'],
];

const NAMES = Object.keys(STRATEGIES) as StrategyName[];

export function ProvidersScreen() {
  const [words, setWords] = useState('');
  const wanted = words.trim().toLowerCase();
  const fits = (name: StrategyName) => `${name} ${STRATEGY_WORDS[name].label}`.toLowerCase().includes(wanted);
  const custom = BY_CUSTOM.filter((name) => name.toLowerCase().includes(wanted));
  const found = NAMES.filter(fits);
  return (
    <Page
      title="Supported identity providers"
      back={<BackLink to="/connections">Connections</BackLink>}
      description={
        <>
          What a{' '}
          <TextLink underline="always" to="/connections">
            connection
          </TextLink>{' '}
          can be made to. Each has its settings here; where it says so, signing in with it is not built yet.
        </>
      }
    >
      <Stack gap="xl">
        <FilterField label="Search providers" placeholder="Search providers" value={words} onChange={setWords} />
        {CATEGORIES.map((category) => (
          <Providers
            key={category.family}
            category={category}
            names={found.filter((name) => STRATEGIES[name].family === category.family)}
          />
        ))}
        {custom.length > 0 && <Custom names={custom} />}
        <Text size="sm" c="dimmed" ta="center" role="status">
          {found.length + custom.length === 0
            ? 'No provider has this in its name. OpenID Connect, SAML or OAuth 2.0 may do.'
            : `${found.length} of ${NAMES.length} strategies`}
        </Text>
      </Stack>
    </Page>
  );
}

function Providers({ category, names }: { category: Category; names: readonly StrategyName[] }) {
  const id = useId();
  if (names.length === 0) return null;
  return (
    <Stack component="section" gap="md" aria-labelledby={id}>
      <Stack gap={2}>
        <Title order={2} id={id}>
          {category.label}
        </Title>
        <Text size="sm" c="dimmed">
          {category.about}
        </Text>
      </Stack>
      <SimpleGrid component="ul" cols={{ base: 1, xs: 2, md: 3 }} spacing="sm" className={classes.list}>
        {names
          .toSorted((a, b) => STRATEGY_WORDS[a].label.localeCompare(STRATEGY_WORDS[b].label))
          .map((name) => (
            <Provider key={name} name={name} />
          ))}
      </SimpleGrid>
    </Stack>
  );
}

function Provider({ name }: { name: StrategyName }) {
  const { label } = STRATEGY_WORDS[name];
  return (
    <li className={classes.provider}>
      <StrategyIcon strategy={name} />
      <Stack gap={2} miw={0}>
        <Text fw={600}>{label}</Text>
        <Group gap={6}>
          <Text size="xs" c="dimmed" ff="monospace">
            {name}
          </Text>
          <StateBadge name={name} />
        </Group>
      </Stack>
    </li>
  );
}

function StateBadge({ name }: { name: StrategyName }) {
  const state = isLegacy(name) ? 'Legacy' : inertStrategy(name) ? 'Settings only' : 'Ready';
  return (
    <Badge size="sm" radius="sm" tt="none" fw={500} variant={state === 'Ready' ? 'light' : 'default'}>
      {state}
    </Badge>
  );
}

function Custom({ names }: { names: readonly string[] }) {
  const id = useId();
  return (
    <Stack component="section" gap="md" aria-labelledby={id}>
      <Stack gap={2}>
        <Title order={2} id={id}>
          By a custom connection
        </Title>
        <Text size="sm" c="dimmed">
          These have no strategy of their own. A connection of OAuth 2.0 (custom) or OpenID Connect is made to them.
        </Text>
      </Stack>
      <Group component="ul" gap="xs" className={classes.list}>
        {names.map((name) => (
          <li key={name}>
            <Badge variant="default" size="lg" radius="sm" tt="none" fw={500}>
              {name}
            </Badge>
          </li>
        ))}
      </Group>
    </Stack>
  );
}
