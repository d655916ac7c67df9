/**
 * Actions: the library of them, and the flows that they are put into.
 */
import { Box } from '@mantine/core';
import { NoEffect } from '../ui/no-effect.tsx';
import { Page } from '../ui/page.tsx';
import { TabPages } from '../ui/tab-pages.tsx';
import { ACTIONS_INERT } from './queries.ts';

export function ActionsScreen() {
  return (
    <Page
      title="Actions"
      description="Functions in JavaScript for certain moments, such as each login. An action is written, deployed as a version, and put into a flow."
    >
      <NoActionRuns />
      <TabPages
        label="Actions"
        tabs={[
          { name: 'library', label: 'Library', link: { to: '/actions' } },
          { name: 'flows', label: 'Flows', link: { to: '/actions/triggers' } },
          { name: 'modules', label: 'Modules', link: { to: '/actions/modules' } },
        ]}
      />
    </Page>
  );
}

export function NoActionRuns() {
  if (!ACTIONS_INERT) return null;
  return (
    <Box pb="lg">
      <NoEffect title="No action runs yet">
        Actions are written, checked, deployed as versions and bound here, and the API answers them. Nothing calls them
        yet, and packages are not installed.
      </NoEffect>
    </Box>
  );
}
