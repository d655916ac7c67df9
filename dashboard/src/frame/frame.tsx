/**
 * What surrounds every screen: the menu at the left, which folds into a button on a phone, and the place for content.
 * It knows the names of the screens, not what is in them.
 */
import { AppShell, Burger, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet } from '@tanstack/react-router';
import { useDashboard } from '../dashboard.tsx';
import { Brand } from './brand.tsx';
import classes from './frame.module.css';
import { Nav } from './nav.tsx';
import { TroubleBar } from './trouble-bar.tsx';
import { useScreenFocus } from './use-screen-focus.ts';
import { UserMenu } from './user-menu.tsx';

export function Frame() {
  const [open, menu] = useDisclosure(false);
  useScreenFocus('content');
  return (
    <AppShell
      layout="alt"
      header={{ height: { base: 56, sm: 0 } }}
      navbar={{ width: 248, breakpoint: 'sm', collapsed: { mobile: !open } }}
    >
      <a href="#content" className={classes.skip}>
        Skip to the content
      </a>
      <AppShell.Header hiddenFrom="sm" className={classes.bar}>
        <Brand />
        <Burger opened={open} onClick={menu.toggle} size="sm" aria-label="Open the menu" />
      </AppShell.Header>
      <AppShell.Navbar className={classes.rail} aria-label="Main">
        <Group justify="space-between" className={classes.railHead}>
          <Brand />
          <Burger opened onClick={menu.close} size="sm" hiddenFrom="sm" aria-label="Close the menu" />
        </Group>
        <Tenant />
        <AppShell.Section grow className={classes.menu}>
          <Nav onLeave={menu.close} />
        </AppShell.Section>
        <Stack gap={6}>
          <UserMenu />
          <Version />
        </Stack>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        <TroubleBar />
        <div className={classes.content}>
          <Outlet />
        </div>
      </AppShell.Main>
    </AppShell>
  );
}

function Version() {
  const { config } = useDashboard();
  return (
    <Text size="xs" c="dimmed" px="sm">
      Version {config.version}
    </Text>
  );
}

function Tenant() {
  const { config } = useDashboard();
  return (
    <Stack gap={0} className={classes.tenant}>
      <Text size="xs" c="dimmed">
        Tenant
      </Text>
      <Text size="sm" fw={600} truncate title={config.tenant}>
        {config.tenant}
      </Text>
      <Text size="xs" c="dimmed" truncate title={config.domain}>
        {config.domain}
      </Text>
    </Stack>
  );
}
