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
import { NavItem } from '../ui/links.tsx';

/** The screens, in the order of the menu. A new feature adds its line here and its routes in router.tsx. */
const ENTRIES = [
  { to: '/clients', label: 'Clients', Icon: IconApps },
  { to: '/apis', label: 'APIs', Icon: IconServer2 },
  { to: '/connections', label: 'Connections', Icon: IconPlugConnected },
  { to: '/users', label: 'Users', Icon: IconUsers },
  { to: '/roles', label: 'Roles', Icon: IconUserShield },
  { to: '/organizations', label: 'Organizations', Icon: IconBuilding },
  { to: '/actions', label: 'Actions', Icon: IconBolt },
  { to: '/rules', label: 'Rules', Icon: IconGavel },
  { to: '/hooks', label: 'Hooks', Icon: IconFishHook },
  { to: '/logs', label: 'Logs', Icon: IconListDetails },
  { to: '/branding', label: 'Branding', Icon: IconPalette },
  { to: '/emails', label: 'Emails', Icon: IconMailCog },
  { to: '/security', label: 'Security', Icon: IconShieldLock },
  { to: '/tenant-settings', label: 'Tenant settings', Icon: IconSettings },
  { to: '/mailbox', label: 'Mailbox', Icon: IconMail },
] as const;

export function Nav({ onLeave }: { onLeave: () => void }) {
  return (
    <Stack gap={2}>
      {ENTRIES.map(({ to, label, Icon }) => (
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
