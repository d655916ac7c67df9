import { Avatar, Group, Menu, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconLogout, IconRocket, IconSelector } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useDashboard } from '../dashboard.tsx';
import { ColorSchemeItems } from './color-scheme.tsx';
import classes from './frame.module.css';

/** Who is signed in, how this looks, and the way out. */
export function UserMenu() {
  const { session } = useDashboard();
  const { name, nickname, email, sub } = session.profile;
  const shown = name ?? nickname ?? email ?? sub;
  return (
    <Menu position="top-start" width={230} offset={6} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <UnstyledButton className={classes.user}>
          <Group gap="sm" wrap="nowrap">
            <Avatar name={shown} color="accent" size={34} alt="" />
            <Stack gap={0} flex={1} miw={0}>
              <Text size="sm" fw={600} truncate>
                {shown}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {email && email !== shown ? email : 'Administrator'}
              </Text>
            </Stack>
            <IconSelector size={16} aria-hidden />
          </Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {session.scopes.has('create:clients') && (
          <>
            <Menu.Item component={Link} to="/welcome" leftSection={<IconRocket size={17} stroke={1.7} aria-hidden />}>
              First steps
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        <ColorSchemeItems />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={17} stroke={1.7} aria-hidden />} onClick={session.signOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
