import { Group, Select, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBolt } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useDashboard } from '../dashboard.tsx';
import { AddButton } from '../ui/buttons.tsx';
import { IconRow } from '../ui/icon-row.tsx';
import { Listed } from '../ui/listed.tsx';
import { Ago } from '../ui/moment.tsx';
import { Paged } from '../ui/pager.tsx';
import { Rows, rowLink } from '../ui/rows.tsx';
import { Empty } from '../ui/states.tsx';
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
  const none = query.data?.total === 0;
  const create = (
    <AddButton scope="create:actions" onClick={dialog.open}>
      Create action
    </AddButton>
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
          <Listed
            query={query}
            label="Actions"
            isEmpty={({ total }) => total === 0}
            empty={
              <Empty icon={<IconBolt />} title="No action for this trigger">
                Create one, or choose another trigger.
              </Empty>
            }
          >
            {({ actions, total }) => (
              <Paged perPage={PER_PAGE} total={total} thing="action" things="actions" isBeyond={actions.length === 0}>
                <Rows label="Actions">
                  {actions.map((action) => (
                    <ActionRow key={action.id} action={action} />
                  ))}
                </Rows>
              </Paged>
            )}
          </Listed>
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
