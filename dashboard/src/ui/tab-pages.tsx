import { Tabs } from '@mantine/core';
import { type LinkProps, Outlet, useMatchRoute, useNavigate } from '@tanstack/react-router';

/** A tab is a page with an address of its own: `link` says which, as the router's links do. */
export type TabPage = { label: string; link: Pick<LinkProps, 'to' | 'params'> };

/** The tabs of a thing's page, and below them the tab of the address that is open. */
export function TabPages({ label, tabs }: { label: string; tabs: TabPage[] }) {
  const navigate = useNavigate();
  const matchRoute = useMatchRoute();
  const active = tabs.find(({ link }) => matchRoute(link))?.label ?? null;
  const open = (name: string | null) => {
    const tab = tabs.find((entry) => entry.label === name);
    if (tab) navigate(tab.link);
  };
  return (
    <Tabs value={active} onChange={open} activateTabWithKeyboard={false}>
      <Tabs.List aria-label={label}>
        {tabs.map((tab) => (
          <Tabs.Tab key={tab.label} value={tab.label}>
            {tab.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={active ?? ''}>
        <Outlet />
      </Tabs.Panel>
    </Tabs>
  );
}
