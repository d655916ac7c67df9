import { Group, Stack, Switch, Text } from '@mantine/core';
import { IconGavel, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { May, useMay } from '../api/may.tsx';
import { useDashboard } from '../dashboard.tsx';
import { useAsked } from '../ui/asked.ts';
import { IconDeed } from '../ui/buttons.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { OrderedRows } from '../ui/ordered-rows.tsx';
import { rowLink } from '../ui/rows.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { Empty, Failure, InlineFailure } from '../ui/states.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import { changesOfMove } from './order.ts';
import { type ListedRule, rulesQuery, useDeleteRule, useMoveRule, useSwitchRule } from './queries.ts';

const create = (
  <May scope="create:rules">
    <ButtonLink to="/rules/new" leftSection={<IconPlus size={18} aria-hidden />}>
      Create rule
    </ButtonLink>
  </May>
);

export function RulesTab() {
  const { api } = useDashboard();
  const query = useQuery(rulesQuery(api));
  if (query.isPending)
    return (
      <Stack pt="lg">
        <RowSkeletons label="Rules" avatar={false} />
      </Stack>
    );
  if (!query.data) return <Failure error={query.error} onRetry={() => query.refetch()} />;
  if (query.data.length === 0)
    return (
      <Empty icon={<IconGavel />} title="No rule yet" actions={create}>
        A rule gets the user and what is known about the login, and says how it goes on. Start from a template: claims
        in tokens, allowed domains, a page to accept terms.
      </Empty>
    );
  return <RuleList rules={query.data} />;
}

function RuleList({ rules }: { rules: ListedRule[] }) {
  const move = useMoveRule();
  const turn = useSwitchRule();
  const mayChange = useMay('update:rules');
  const remove = useDeleteRule();
  const deletion = useAsked<ListedRule>(
    { ...remove, mutate: ({ id }, options) => remove.mutate(id, options) },
    ({ name }) => `${name} was deleted`,
  );
  return (
    <>
      <Toolbar text="They run from the first to the last; each gets what the one before it made of the user and the context.">
        {create}
      </Toolbar>
      <Stack gap="md">
        <InlineFailure error={move.error ?? turn.error} />
        <OrderedRows
          label="Rules"
          onMove={mayChange ? (from, to) => move.mutate(changesOfMove(rules, from, to)) : undefined}
          items={rules.map((rule) => ({
            id: rule.id,
            name: rule.name,
            content: (
              <Group justify="space-between" gap="xs" wrap="nowrap">
                <Link to="/rules/edit/$ruleId" params={{ ruleId: rule.id }} className={rowLink}>
                  {rule.name}
                </Link>
                {!rule.enabled && (
                  <Text size="sm" c="dimmed" style={{ flex: 'none' }}>
                    Off
                  </Text>
                )}
              </Group>
            ),
            action: (
              <>
                <Switch
                  mr="xs"
                  aria-label={`${rule.name} is on`}
                  checked={rule.enabled}
                  disabled={!mayChange}
                  onChange={(event) => turn.mutate({ id: rule.id, enabled: event.currentTarget.checked })}
                />
                <May scope="delete:rules">
                  <IconDeed label={`Delete ${rule.name}`} onClick={() => deletion.ask(rule)}>
                    <IconTrash size={18} />
                  </IconDeed>
                </May>
              </>
            ),
          }))}
        />
      </Stack>
      <Confirm {...deletion.question} title="Delete this rule?" action="Yes, delete rule">
        <RuleIsGone name={deletion.about?.name} />
      </Confirm>
    </>
  );
}

/** What is said before a rule is deleted. */
export function RuleIsGone({ name }: { name: string | undefined }) {
  return (
    <>
      The code of <strong>{name}</strong> is gone for good. To stop a rule and keep it, switch it off.
    </>
  );
}
