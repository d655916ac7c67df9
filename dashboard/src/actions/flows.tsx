/**
 * The flows: every moment that actions can be put at, and how many are there.
 */
import { Badge, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconCircleKey, IconDots, IconKey, IconLogin2, IconMessage2, IconUserPlus } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { useDashboard } from '../dashboard.tsx';
import { IconRow } from '../ui/icon-row.tsx';
import { Rows, rowLink } from '../ui/rows.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import { bindingsQuery } from './queries.ts';
import { FLOW_TRIGGERS, TRIGGER_GROUPS, wordsOfTrigger } from './words.ts';

type Group = keyof typeof TRIGGER_GROUPS;

const ICONS = {
  login: IconLogin2,
  signup: IconUserPlus,
  password: IconKey,
  machine: IconCircleKey,
  messages: IconMessage2,
  other: IconDots,
} as const;

export function FlowsTab() {
  const { api } = useDashboard();
  const counts = useQueries({
    queries: FLOW_TRIGGERS.map(({ id }) => bindingsQuery(api, id)),
    combine: (results) => new Map(results.map(({ data }, at) => [FLOW_TRIGGERS[at]!.id, data?.length])),
  });
  return (
    <>
      <Toolbar text="A flow is a moment at which deployed actions run, one after the other. Actions for token exchange, event streams and the like are named by what uses them instead." />
      <Stack gap="xl">
        {(Object.keys(TRIGGER_GROUPS) as Group[]).map((group) => (
          <FlowGroup key={group} group={group} counts={counts} />
        ))}
      </Stack>
    </>
  );
}

function FlowGroup({ group, counts }: { group: Group; counts: ReadonlyMap<string, number | undefined> }) {
  const heading = useId();
  const triggers = FLOW_TRIGGERS.filter(({ id }) => wordsOfTrigger(id).group === group);
  if (triggers.length === 0) return null;
  const Icon = ICONS[group];
  return (
    <Stack component="section" gap="sm" aria-labelledby={heading}>
      <Title order={2} id={heading}>
        {TRIGGER_GROUPS[group]}
      </Title>
      <Rows label={TRIGGER_GROUPS[group]}>
        {triggers.map(({ id }) => (
          <IconRow
            key={id}
            icon={
              <ThemeIcon variant="light" size={38} radius="md" aria-hidden>
                <Icon size={20} stroke={1.6} />
              </ThemeIcon>
            }
            action={<Count count={counts.get(id)} />}
          >
            <Link to="/actions/triggers/$triggerId" params={{ triggerId: id }} className={rowLink}>
              {wordsOfTrigger(id).label}
            </Link>
            <Text size="sm" c="dimmed">
              {wordsOfTrigger(id).about}
            </Text>
          </IconRow>
        ))}
      </Rows>
    </Stack>
  );
}

function Count({ count }: { count: number | undefined }) {
  if (!count) return null;
  return (
    <Badge component="span" radius="sm" variant="light" fw={500}>
      {count === 1 ? '1 action' : `${count} actions`}
    </Badge>
  );
}
