/**
 * The page of one module: its code and its versions.
 */
import { Group, Text } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useDashboard } from '../../dashboard.tsx';
import { BackLink } from '../../ui/links.tsx';
import { Found } from '../../ui/not-found.tsx';
import { Page } from '../../ui/page.tsx';
import { TabPages } from '../../ui/tab-pages.tsx';
import { NoActionRuns } from '../actions.tsx';
import { ModuleBadge, ModuleIcon } from './list.tsx';
import { type Module, moduleQuery } from './queries.ts';

const route = getRouteApi('/actions/modules/$moduleId');

export function ModuleScreen() {
  const { api } = useDashboard();
  const { moduleId } = route.useParams();
  const query = useQuery(moduleQuery(api, moduleId));
  return (
    <Found query={query} to="/actions/modules" label="Go to modules">
      {(module) => <ModulePage module={module} />}
    </Found>
  );
}

/** The module of the address, for the tabs of its page, which are shown only once it is there. */
export function useModule(): Module {
  const { api } = useDashboard();
  const { moduleId } = route.useParams();
  return useSuspenseQuery(moduleQuery(api, moduleId)).data;
}

function ModulePage({ module }: { module: Module }) {
  const params = { moduleId: module.id };
  return (
    <Page
      wide
      title={module.name}
      back={<BackLink to="/actions/modules">Modules</BackLink>}
      icon={<ModuleIcon size={52} />}
      description={
        <Group gap="xs">
          <Text span size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
            require('actions:{module.name}')
          </Text>
          <ModuleBadge module={module} />
        </Group>
      }
    >
      <NoActionRuns />
      <TabPages
        label={module.name}
        tabs={[
          { name: 'code', label: 'Code', link: { to: '/actions/modules/$moduleId', params } },
          { name: 'versions', label: 'Versions', link: { to: '/actions/modules/$moduleId/versions', params } },
        ]}
      />
    </Page>
  );
}
