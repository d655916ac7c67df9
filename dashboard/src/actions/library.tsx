import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBolt, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { May } from '../api/may.tsx';
import { useDashboard } from '../dashboard.tsx';
import { IconRow } from '../ui/icon-row.tsx';
import { Ago } from '../ui/moment.tsx';
import { Pager } from '../ui/pager.tsx';
import { Rows, rowLink } from '../ui/rows.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { Empty, Failure } from '../ui/states.tsx';
import { CreateAction } from './create.tsx';
import { ActionIcon, StateBadge } from './icon.tsx';
import { type Action, actionListQuery, PER_PAGE, triggerOfAction } from './queries.ts';
import { CURRENT_TRIGGERS, wordsOfTrigger } from './words.ts';

const route = getRouteApi('/actions/');

export function LibraryTab() {
  const { api } = useDashboard();
  const { trigger, page = 1 } = route.useSearch();
  const navigate = route.useNavigate();
  const [creating, dialog] = useDisclosure(false);
  const query = useQuery(actionListQuery(api, { trigger, page }));
  const total = query.data?.total ?? 0;
  const none = query.isSuccess && total === 0 && page === 1;
  const create = (
    <May scope="create:actions">
      <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={dialog.open}>
        Create action
      </Button>
    </May>
  );
  return (
    <>
      {none && !trigger ? (
        <Empty icon={<IconBolt />} title="No action yet" actions={create}>
          An action gets what is known at its moment (the event), and says through its second argument what is to
          happen: add a claim, refuse a login, send people elsewhere.
        </Empty>
      ) : (
        <Stack gap="lg" pt="lg">
          <Group justify="space-between" gap="sm">
            <Select
              aria-label="Trigger"
              placeholder="All triggers"
              clearable
              clearButtonProps={{ 'aria-label': 'Show all triggers' }}
              data={CURRENT_TRIGGERS.map(({ id }) => ({ value: id, label: wordsOfTrigger(id).label }))}
              value={trigger ?? null}
              onChange={(chosen) => navigate({ search: { trigger: chosen ?? undefined } })}
            />
            {create}
          </Group>
          {query.isPending && <RowSkeletons label="Actions" />}
          {query.isError && !query.data && <Failure error={query.error} onRetry={() => query.refetch()} />}
          {none && (
            <Empty icon={<IconBolt />} title="No action for this trigger">
              Create one, or choose another trigger.
            </Empty>
          )}
          {query.data && query.data.actions.length > 0 && (
            <>
              <Rows label="Actions">
                {query.data.actions.map((action) => (
                  <ActionRow key={action.id} action={action} />
                ))}
              </Rows>
              <Pager
                page={page}
                perPage={PER_PAGE}
                total={total}
                thing="action"
                things="actions"
                onChange={(next) => navigate({ search: (now) => ({ ...now, page: next > 1 ? next : undefined }) })}
              />
            </>
          )}
        </Stack>
      )}
      <CreateAction trigger={trigger} opened={creating} onClose={dialog.close} />
    </>
  );
}

function ActionRow({ action }: { action: Action }) {
  return (
    <IconRow icon={<ActionIcon />}>
      <Group gap="xs">
        <Link to="/actions/library/$actionId" params={{ actionId: action.id }} className={rowLink}>
          {action.name}
        </Link>
        <StateBadge action={action} />
      </Group>
      <Text size="sm" c="dimmed">
        {wordsOfTrigger(triggerOfAction(action)).label}
        {' · changed '}
        <Ago at={action.updated_at} span inherit />
      </Text>
    </IconRow>
  );
}
