/**
 * The two shapes a page has: a screen inside the frame, and a message that fills the window before there is one.
 */
import { Box, Center, Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from './page.module.css';

export type PageProps = {
  title: string;
  /** One sentence, or what identifies the thing the page is about. */
  description?: ReactNode;
  /** A link above the title to where this page belongs. */
  back?: ReactNode;
  /** What stands before the title, such as the icon of the thing the page is about. */
  icon?: ReactNode;
  /** The page's main actions, at the right of the title. */
  actions?: ReactNode;
  /** For what needs the room, such as code. */
  wide?: boolean;
  children: ReactNode;
};

/** A screen: its title (also the window's), its actions and its content in one column. */
export function Page({ title, description, back, icon, actions, wide = false, children }: PageProps) {
  useDocumentTitle(`${title} · Latchkey`);
  return (
    <Box className={classes.page} data-wide={wide || undefined}>
      {back && <Box mb="md">{back}</Box>}
      <Group justify="space-between" align="flex-start" gap="lg" mb="xl">
        <Group gap="md" wrap="nowrap" className={classes.heading}>
          {icon}
          <Stack gap={4} miw={0}>
            <Title order={1} className={classes.title}>
              {title}
            </Title>
            {description && (
              <Text component="div" c="dimmed" maw={620}>
                {description}
              </Text>
            )}
          </Stack>
        </Group>
        {actions && <Group gap="sm">{actions}</Group>}
      </Group>
      {children}
    </Box>
  );
}

/** Content in the middle of an otherwise empty window. */
export function WholePage({ children }: { children: ReactNode }) {
  return (
    <Center component="main" mih="100dvh" p="lg">
      {children}
    </Center>
  );
}
