/** The last step: where to go from here. */
import { SimpleGrid, Stack, Text } from '@mantine/core';
import {
  type Icon,
  IconApi,
  IconCode,
  IconPalette,
  IconPlugConnected,
  IconSettings,
  IconUserPlus,
  IconUsersPlus,
} from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useEffect } from 'react';
import { type Scope, useScopes } from '../api/may.tsx';
import type { Client } from '../api/types.ts';
import { GUIDES } from '../clients/quick-start/catalogue.ts';
import { GUIDE_ICONS } from '../clients/quick-start/icons.ts';
import { clientType } from '../clients/types.tsx';
import { useDashboard } from '../dashboard.tsx';
import { ButtonLink } from '../ui/links.tsx';
import classes from '../ui/tiles.module.css';
import { useKeepProgress } from './queries.ts';
import { StepPage } from './step-page.tsx';

type Tile = {
  title: string;
  text: string;
  Icon: Icon;
  link: Pick<LinkProps, 'to' | 'params' | 'search'>;
  /** Without it there would be nothing to do there. */
  scope?: Scope;
};

export function Next({ client, guideId }: { client: Client; guideId: string | undefined }) {
  const { config } = useDashboard();
  const { mutate: keep } = useKeepProgress();
  useEffect(() => keep({ welcome: 'done' }), [keep]);
  const type = clientType(client)?.value;
  const guide = type && GUIDES[type].find(({ id }) => id === guideId);
  const params = { clientId: client.client_id };
  const has = useScopes();
  const tiles: Tile[] = [
    {
      title: guide ? `Quick start for ${guide.name}` : 'Quick start',
      text: `The code, with the values of ${client.name} filled in.`,
      Icon: (guide && GUIDE_ICONS[guide.id]) ?? IconCode,
      link: { to: '/clients/$clientId', params, search: guide ? { guide: guide.id } : {} },
    },
    {
      title: `Settings of ${client.name}`,
      text: 'Addresses of the real application, tokens, grants.',
      Icon: IconSettings,
      link: { to: '/clients/$clientId/settings', params },
    },
    {
      title: 'Users',
      text: 'Create people, or import those you have.',
      Icon: IconUserPlus,
      link: { to: '/users' },
      scope: 'read:users',
    },
    {
      title: 'Connections',
      text: 'Other ways to sign in: social, enterprise, one-time codes.',
      Icon: IconPlugConnected,
      link: { to: '/connections' },
      scope: 'read:connections',
    },
    {
      title: 'Invite a colleague',
      text: 'Others who administer this tenant, each with the roles they need.',
      Icon: IconUsersPlus,
      link: { to: '/tenant-settings/administrators' },
      scope: 'create:administrators',
    },
    {
      title: 'Branding',
      text: 'Your logo and colours on the pages of the login.',
      Icon: IconPalette,
      link: { to: '/branding' },
      scope: 'read:branding',
    },
  ];
  const choices = tiles.filter(({ scope }) => !scope || has.has(scope));
  return (
    <StepPage
      step={4}
      title="What next?"
      description={`${client.name} is set up. These steps stay in the menu under your name.`}
      actions={
        <ButtonLink to="/clients" variant="default">
          Go to clients
        </ButtonLink>
      }
    >
      <SimpleGrid component="ul" cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm" className={classes.tiles}>
        {choices.map(({ title, text, Icon, link }) => (
          <li key={title}>
            <Link {...link} className={classes.tile}>
              <TileContent title={title} text={text} Icon={Icon} />
            </Link>
          </li>
        ))}
        <li>
          <a href={`${config.api_base}/openapi.json`} target="_blank" rel="noreferrer" className={classes.tile}>
            <TileContent
              title="Management API"
              text="Its description (OpenAPI): all that this dashboard does, for programs."
              Icon={IconApi}
            />
          </a>
        </li>
      </SimpleGrid>
    </StepPage>
  );
}

function TileContent({ title, text, Icon }: Omit<Tile, 'link'>) {
  return (
    <>
      <Icon size={28} stroke={1.5} aria-hidden />
      <Stack component="span" gap={0}>
        <Text span fw={600}>
          {title}
        </Text>
        <Text span size="sm" c="dimmed">
          {text}
        </Text>
      </Stack>
    </>
  );
}
