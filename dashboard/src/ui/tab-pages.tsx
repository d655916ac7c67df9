import { Tabs } from '@mantine/core';
import { type LinkProps, Outlet, useChildMatches, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { type Scope, useScopes } from '../api/may.tsx';

/** A tab is a page with an address of its own: `link` says which, as the router's links do. `name` has no spaces. */
export type TabPage = {
  name: string;
  label: string;
  link: Pick<LinkProps, 'to' | 'params'>;
  /** Scopes of which one lets somebody see what is there. Without any, the tab is not offered. */
  scopes?: readonly Scope[];
};

/** The tabs of a thing's page, each a child of its route, and below them the one that is open. */
export function TabPages({ label, tabs }: { label: string; tabs: TabPage[] }) {
  const navigate = useNavigate();
  // What is rendered, not what the address bar says: on the way to another page the two differ.
  const path = useChildMatches({ select: (matches) => matches[0]?.fullPath.replace(/\/$/, '') });
  const active = tabs.find(({ link }) => link.to === path)?.name;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const strip = list.current;
    if (!active || !strip) return;
    // On a phone it may be beyond the edge, or come to be there when the phone is turned.
    const observer = new ResizeObserver(() =>
      strip.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest', inline: 'center' }),
    );
    observer.observe(strip);
    return () => observer.disconnect();
  }, [active]);
  const has = useScopes();
  // A tab that was come to by its address stays, and says itself what is missing.
  const offered = tabs.filter(
    ({ name, scopes }) => name === active || (scopes?.some((scope) => has.has(scope)) ?? true),
  );
  const open = (name: string | null) => {
    const tab = tabs.find((entry) => entry.name === name);
    if (tab) navigate(tab.link);
  };
  return (
    <Tabs value={active ?? null} onChange={open} activateTabWithKeyboard={false}>
      <Tabs.List ref={list} aria-label={label}>
        {offered.map((tab) => (
          <Tabs.Tab key={tab.name} value={tab.name}>
            {tab.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {active && (
        <Tabs.Panel value={active}>
          <Outlet />
        </Tabs.Panel>
      )}
    </Tabs>
  );
}
