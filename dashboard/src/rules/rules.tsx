/**
 * Rules: the list in which they run, and the values that they read.
 */
import { Box } from '@mantine/core';
import { NoEffect } from '../ui/no-effect.tsx';
import { Page } from '../ui/page.tsx';
import { TabPages } from '../ui/tab-pages.tsx';
import { RULES_INERT } from './queries.ts';

export function RulesScreen() {
  return (
    <Page
      title="Rules"
      description="Functions in JavaScript that run after each login, one after the other. They can refuse it, change tokens, or send people elsewhere."
    >
      {RULES_INERT && (
        <Box pb="lg">
          <NoRuleRuns />
        </Box>
      )}
      <TabPages
        label="Rules"
        tabs={[
          { name: 'rules', label: 'Rules', link: { to: '/rules' } },
          { name: 'settings', label: 'Settings', link: { to: '/rules/settings' } },
        ]}
      />
    </Page>
  );
}

export function NoRuleRuns() {
  return (
    <NoEffect title="No rule runs yet">
      Rules are written, checked and kept here, and the API answers them. Logins do not call them yet.
    </NoEffect>
  );
}
