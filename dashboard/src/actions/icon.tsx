import { Badge, ThemeIcon } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import type { Action } from './queries.ts';

/** The sign of actions. */
export function ActionIcon({ size = 38 }: { size?: number }) {
  return (
    <ThemeIcon variant="light" size={size} radius="md" aria-hidden>
      <IconBolt size={size * 0.52} stroke={1.6} />
    </ThemeIcon>
  );
}

type Stated = Pick<Action, 'status' | 'deployed_version' | 'all_changes_deployed'>;

/** How far an action has come, in a word or two. */
function stateOf({ status, deployed_version, all_changes_deployed }: Stated): string {
  if (status === 'failed') return 'Failed';
  if (!deployed_version) return 'Draft';
  return all_changes_deployed ? 'Deployed' : 'Deployed, draft differs';
}

export function StateBadge({ action }: { action: Stated }) {
  const state = stateOf(action);
  return (
    <Badge
      component="span"
      size="sm"
      radius="sm"
      fw={500}
      variant={state === 'Draft' ? 'default' : 'light'}
      color={state === 'Failed' ? 'red' : undefined}
    >
      {state}
    </Badge>
  );
}
