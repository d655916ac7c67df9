import { Stack } from '@mantine/core';
import {
  IconApps,
  IconBolt,
  IconBuilding,
  IconFishHook,
  IconGavel,
  IconListDetails,
  IconMail,
  IconMailCog,
  IconPalette,
  IconPlugConnected,
  IconServer2,
  IconSettings,
  IconShieldLock,
  IconUserShield,
  IconUsers,
} from '@tabler/icons-react';
import { type Scope, useScopes } from '../api/may.tsx';
import { NavItem } from '../ui/links.tsx';

/**
 * The screens, in the order of the menu, and the scopes of which one lets somebody see anything there. A new feature
 * adds its line here and its routes in router.tsx.
 */
const ENTRIES = [
  { to: '/clients', label: 'Clients', Icon: IconApps, scopes: ['read:clients'] },
  { to: '/apis', label: 'APIs', Icon: IconServer2, scopes: ['read:resource_servers'] },
  { to: '/connections', label: 'Connections', Icon: IconPlugConnected, scopes: ['read:connections'] },
  { to: '/users', label: 'Users', Icon: IconUsers, scopes: ['read:users'] },
  { to: '/roles', label: 'Roles', Icon: IconUserShield, scopes: ['read:roles'] },
  { to: '/organizations', label: 'Organizations', Icon: IconBuilding, scopes: ['read:organizations'] },
  { to: '/actions', label: 'Actions', Icon: IconBolt, scopes: ['read:actions'] },
  { to: '/rules', label: 'Rules', Icon: IconGavel, scopes: ['read:rules'] },
  { to: '/hooks', label: 'Hooks', Icon: IconFishHook, scopes: ['read:hooks'] },
  { to: '/logs', label: 'Logs', Icon: IconListDetails, scopes: ['read:logs', 'read:logs_users'] },
  { to: '/branding', label: 'Branding', Icon: IconPalette, scopes: ['read:branding'] },
  { to: '/emails', label: 'Emails', Icon: IconMailCog, scopes: ['read:email_templates', 'read:email_provider'] },
  { to: '/security', label: 'Security', Icon: IconShieldLock, scopes: ['read:attack_protection'] },
  {
    to: '/tenant-settings',
    label: 'Tenant settings',
    Icon: IconSettings,
    scopes: ['read:tenant_settings', 'read:signing_keys', 'read:custom_domains', 'read:administrators'],
  },
  { to: '/mailbox', label: 'Mailbox', Icon: IconMail, scopes: ['read:mailbox'] },
] as const satisfies readonly { scopes: readonly Scope[]; [name: string]: unknown }[];

/** The screens that the token lets one see. Others are left out: a menu is for what can be done with it. */
export function useScreens() {
  const scopes = useScopes();
  return ENTRIES.filter((entry) => entry.scopes.some((scope) => scopes.has(scope)));
}

export function Nav({ onLeave }: { onLeave: () => void }) {
  const screens = useScreens();
  return (
    <Stack gap={2}>
      {screens.map(({ to, label, Icon }) => (
        <NavItem
          key={to}
          to={to}
          label={label}
          leftSection={<Icon size={19} stroke={1.7} aria-hidden />}
          activeProps={{ active: true }}
          onClick={onLeave}
        />
      ))}
    </Stack>
  );
}
