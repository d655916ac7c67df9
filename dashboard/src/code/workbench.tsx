/**
 * Where code is written: the editor with the room it needs, and at its side what belongs to it, below on a phone.
 */
import { Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import type { Member } from '../ui/codemirror/language.ts';
import classes from './workbench.module.css';

export function Workbench({ children, side }: { children: ReactNode; side: ReactNode }) {
  return (
    <div className={classes.bench}>
      <Stack gap="lg" miw={0}>
        {children}
      </Stack>
      <Stack component="aside" gap="md" miw={0} aria-label="What belongs to the code">
        {side}
      </Stack>
    </div>
  );
}

export type PaneProps = { title: string; about?: ReactNode; action?: ReactNode; children?: ReactNode };

/** One thing at the side of an editor. */
export function Pane({ title, about, action, children }: PaneProps) {
  const id = useId();
  return (
    <Paper withBorder radius="lg" p="md" component="section" aria-labelledby={id}>
      <Stack gap="sm">
        <div className={classes.paneHead}>
          <Title order={2} size="h3" id={id}>
            {title}
          </Title>
          {action}
        </div>
        {about && (
          <Text size="sm" c="dimmed" component="div">
            {about}
          </Text>
        )}
        {children}
      </Stack>
    </Paper>
  );
}

/** What the code may use; the editor offers the same names while one types. */
export function MembersPane({ title = 'What it can use', members }: { title?: string; members: readonly Member[] }) {
  return (
    <Pane title={title} about="The editor offers these names, too.">
      <Members members={members} />
    </Pane>
  );
}

function Members({ members }: { members: readonly Member[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
    <section className={classes.members} tabIndex={0} aria-label="Names that the code may use">
      <dl className={classes.memberList}>
        {members.map(({ name, call, about }) => (
          <div key={name}>
            <Text component="dt" size="xs" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
              {name}
              {call}
            </Text>
            <Text component="dd" size="xs" c="dimmed" m={0}>
              {about}
            </Text>
          </div>
        ))}
      </dl>
    </section>
  );
}
