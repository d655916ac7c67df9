import { ActionIcon, Badge, Group, Stack, Text, Tooltip } from '@mantine/core';
import { IconPlugConnected, IconPuzzle, IconRocket, IconSettings } from '@tabler/icons-react';
import { createLink, Link } from '@tanstack/react-router';
import type { ComponentPropsWithRef, ReactNode } from 'react';
import { CopyIcon } from '../ui/copy.tsx';
import { Row, rowControl, rowLink } from '../ui/rows.tsx';
import type { ListedClient } from './queries.ts';
import classes from './row.module.css';
import { ClientIcon, clientType, clientTypeLabel } from './types.tsx';

const SHORTCUTS = [
  { to: '/clients/$clientId', label: 'Quick Start', Icon: IconRocket },
  { to: '/clients/$clientId/settings', label: 'Settings', Icon: IconSettings },
  { to: '/clients/$clientId/addons', label: 'Addons', Icon: IconPuzzle },
  { to: '/clients/$clientId/connections', label: 'Connections', Icon: IconPlugConnected },
] as const;

export function ClientRow({ client }: { client: ListedClient }) {
  const params = { clientId: client.client_id };
  return (
    <Row>
      <div className={classes.row}>
        <ClientIcon client={client} />
        <Stack gap={4} miw={0} align="flex-start">
          <Link to="/clients/$clientId" params={params} className={rowLink}>
            {client.name}
          </Link>
          <Group gap={6}>
            <Badge variant={clientType(client) ? 'light' : 'default'} tt="none" fw={550}>
              {clientTypeLabel(client)}
            </Badge>
            {client.is_first_party === false && (
              <Badge variant="default" tt="none" fw={550}>
                Third party
              </Badge>
            )}
          </Group>
        </Stack>
        <Group gap={4} wrap="nowrap" className={`${classes.id} ${rowControl}`}>
          <Text size="sm" c="dimmed" ff="monospace" truncate>
            {client.client_id}
          </Text>
          <CopyIcon value={client.client_id} label={`client ID of ${client.name}`} />
        </Group>
        <Group gap={2} wrap="nowrap" className={`${classes.shortcuts} ${rowControl}`}>
          {SHORTCUTS.map(({ to, label, Icon }) => (
            <Tooltip key={to} label={label}>
              <IconLink to={to} params={params} label={`${label} of ${client.name}`}>
                <Icon size={18} stroke={1.7} aria-hidden />
              </IconLink>
            </Tooltip>
          ))}
        </Group>
      </div>
    </Row>
  );
}

type IconLinkProps = Omit<ComponentPropsWithRef<'a'>, 'color'> & { label: string; children?: ReactNode };

const IconLink = createLink(({ label, ...props }: IconLinkProps) => (
  <ActionIcon component="a" variant="subtle" color="gray" c="dimmed" size="lg" aria-label={label} {...props} />
));
