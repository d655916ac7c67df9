/**
 * The page of one action: what it is for, its code, and its versions.
 */
import { Group, Text } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useDashboard } from '../dashboard.tsx';
import { BackLink } from '../ui/links.tsx';
import { Found } from '../ui/not-found.tsx';
import { Page } from '../ui/page.tsx';
import { TabPages } from '../ui/tab-pages.tsx';
import { NoActionRuns } from './actions.tsx';
import { ActionIcon, StateBadge } from './icon.tsx';
import { type Action, actionQuery, triggerOfAction } from './queries.ts';
import { wordsOfTrigger } from './words.ts';

const route = getRouteApi('/actions/library/$actionId');

export function ActionScreen() {
  const { api } = useDashboard();
  const { actionId } = route.useParams();
  const query = useQuery(actionQuery(api, actionId));
  return (
    <Found query={query} to="/actions" label="Go to actions">
      {(action) => <ActionPage action={action} />}
    </Found>
  );
}

/** The action of the address, for the tabs of its page, which are shown only once it is there. */
export function useAction(): Action {
  const { api } = useDashboard();
  const { actionId } = route.useParams();
  return useSuspenseQuery(actionQuery(api, actionId)).data;
}

function ActionPage({ action }: { action: Action }) {
  const params = { actionId: action.id };
  return (
    <Page
      wide
      title={action.name}
      back={<BackLink to="/actions">Actions</BackLink>}
      icon={<ActionIcon size={52} />}
      description={
        <Group gap="xs">
          <Text span size="sm">
            {wordsOfTrigger(triggerOfAction(action)).label}
          </Text>
          <StateBadge action={action} />
        </Group>
      }
    >
      <NoActionRuns />
      <TabPages
        label={action.name}
        tabs={[
          { name: 'code', label: 'Code', link: { to: '/actions/library/$actionId', params } },
          { name: 'versions', label: 'Versions', link: { to: '/actions/library/$actionId/versions', params } },
        ]}
      />
    </Page>
  );
}
