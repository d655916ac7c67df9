/**
 * The four kinds of application a client can stand for (`app_type`), and how the dashboard speaks of them.
 */
import { Avatar, ThemeIcon } from '@mantine/core';
import { IconApps, IconBrowser, IconDeviceMobile, IconServer, IconTerminal2 } from '@tabler/icons-react';
import type { Client } from '../api/types.ts';
import type { ClientType } from './type-values.ts';

type Sdk = { readonly name: string; readonly href: string };

const GITHUB = 'https://github.com/auth0/';

export const CLIENT_TYPES = [
  {
    value: 'native',
    label: 'Native',
    badge: 'Native',
    explanation: 'Apps that run on a device: phones, desktop computers, the command line.',
    Icon: IconDeviceMobile,
    sdks: sdks({
      Android: 'Auth0.Android',
      'iOS Swift': 'Auth0.swift',
      'React Native': 'react-native-auth0',
      Flutter: 'auth0-flutter',
    }),
  },
  {
    value: 'spa',
    label: 'Single Page Web Applications',
    badge: 'Single Page Web Application',
    explanation: 'Front ends in JavaScript that run in the browser and talk to an API.',
    Icon: IconBrowser,
    sdks: sdks({ JavaScript: 'auth0-spa-js', React: 'auth0-react', Angular: 'auth0-angular', Vue: 'auth0-vue' }),
  },
  {
    value: 'regular_web',
    label: 'Regular Web Applications',
    badge: 'Regular Web Application',
    explanation: 'Web applications whose pages are made on a server, which can keep a secret.',
    Icon: IconServer,
    sdks: sdks({
      Express: 'express-openid-connect',
      'Next.js': 'nextjs-auth0',
      'ASP.NET Core': 'auth0-aspnetcore-authentication',
      Laravel: 'laravel-auth0',
      Rails: 'omniauth-auth0',
    }),
  },
  {
    value: 'non_interactive',
    label: 'Non Interactive Clients',
    badge: 'Non Interactive Client',
    explanation: 'Command line tools, daemons and services that call an API with no person present.',
    Icon: IconTerminal2,
    sdks: sdks({ Node: 'node-auth0', Python: 'auth0-python', Go: 'go-auth0', Java: 'auth0-java', 'C#': 'auth0.net' }),
  },
] as const satisfies readonly { value: ClientType; [member: string]: unknown }[];

/** The entry of a client's type; undefined when it has none, or one that the dashboard does not offer. */
export function clientType(client: { readonly app_type?: string | undefined }) {
  return CLIENT_TYPES.find(({ value }) => value === client.app_type);
}

/** The name of a client's type, for every value `app_type` may have. */
export function clientTypeLabel(client: Pick<Client, 'app_type'>): string {
  return clientType(client)?.badge ?? client.app_type ?? 'No type chosen';
}

/** The client's logo, or the sign of its type. */
export function ClientIcon({ client, size = 40 }: { client: Pick<Client, 'app_type' | 'logo_uri'>; size?: number }) {
  const Icon = clientType(client)?.Icon ?? IconApps;
  if (client.logo_uri)
    return (
      <Avatar src={client.logo_uri} alt="" size={size} radius="md">
        <Icon size={size * 0.52} stroke={1.6} />
      </Avatar>
    );
  return (
    <ThemeIcon variant="light" size={size} radius="md" aria-hidden>
      <Icon size={size * 0.52} stroke={1.6} />
    </ThemeIcon>
  );
}

/** The vendor's repositories by the platform they are for. */
function sdks(repositories: Readonly<Record<string, string>>): readonly Sdk[] {
  return Object.entries(repositories).map(([name, repository]) => ({ name, href: GITHUB + repository }));
}
