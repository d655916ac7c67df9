/**
 * The four kinds of application a client can stand for (`app_type`), and how the dashboard speaks of them.
 */
import { Avatar, ThemeIcon } from '@mantine/core';
import { IconApps, IconBrowser, IconDeviceMobile, IconServer, IconTerminal2 } from '@tabler/icons-react';
import type { Client } from '../api/types.ts';

export const CLIENT_TYPES = [
  {
    value: 'native',
    label: 'Native',
    explanation: 'An app that runs on a phone, a desktop computer or a command line.',
    Icon: IconDeviceMobile,
  },
  {
    value: 'spa',
    label: 'Single Page Application',
    explanation: 'A front end in JavaScript that runs in the browser and calls APIs.',
    Icon: IconBrowser,
  },
  {
    value: 'regular_web',
    label: 'Regular Web Application',
    explanation: 'A web app whose pages are made on a server, which can keep a secret.',
    Icon: IconServer,
  },
  {
    value: 'non_interactive',
    label: 'Machine to Machine',
    explanation: 'A service, script or job that calls an API without a person present.',
    Icon: IconTerminal2,
  },
] as const;

export type ClientType = (typeof CLIENT_TYPES)[number]['value'];

/** The entry of a client's type; undefined when it has none, or one that the dashboard does not offer. */
export function clientType(client: Pick<Client, 'app_type'>) {
  return CLIENT_TYPES.find(({ value }) => value === client.app_type);
}

/** The name of a client's type, for every value `app_type` may have. */
export function clientTypeLabel(client: Pick<Client, 'app_type'>): string {
  return clientType(client)?.label ?? client.app_type ?? 'No type chosen';
}

/** The client's logo, or the sign of its type. */
export function ClientIcon({ client, size = 40 }: { client: Client; size?: number }) {
  if (client.logo_uri) return <Avatar src={client.logo_uri} alt="" size={size} radius="md" />;
  const Icon = clientType(client)?.Icon ?? IconApps;
  return (
    <ThemeIcon variant="light" size={size} radius="md" aria-hidden>
      <Icon size={size * 0.52} stroke={1.6} />
    </ThemeIcon>
  );
}
