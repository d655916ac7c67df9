/**
 * Mantine's look on the router's links, so that every way to another page is a real link with a checked address.
 */
import { Anchor, type AnchorProps, Button, type ButtonProps, NavLink, type NavLinkProps } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';

type LinkAttributes<Own> = Own & Omit<ComponentPropsWithRef<'a'>, keyof Own>;

export const TextLink = createLink((props: LinkAttributes<AnchorProps>) => <Anchor {...props} />);

export const ButtonLink = createLink((props: LinkAttributes<ButtonProps>) => <Button component="a" {...props} />);

export const NavItem = createLink((props: LinkAttributes<NavLinkProps>) => <NavLink {...props} />);

/** Leads up to the list that a page belongs to. */
export const BackLink = createLink(({ children, ...props }: LinkAttributes<AnchorProps>) => (
  <Anchor
    c="dimmed"
    size="sm"
    underline="never"
    display="inline-flex"
    style={{ alignItems: 'center', gap: 6 }}
    {...props}
  >
    <IconArrowLeft size={16} aria-hidden />
    {children}
  </Anchor>
));
