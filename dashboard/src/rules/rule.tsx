/**
 * The page of one rule: its code.
 */
import { Box } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { May } from '../api/may.tsx';
import { DeletePane } from '../code/delete-pane.tsx';
import { useDashboard } from '../dashboard.tsx';
import { BackLink } from '../ui/links.tsx';
import { Found } from '../ui/not-found.tsx';
import { Page } from '../ui/page.tsx';
import { RuleForm } from './form.tsx';
import { RuleIcon } from './icon.tsx';
import { RuleIsGone } from './list.tsx';
import { RULES_INERT, type Rule, ruleQuery, useDeleteRule, useUpdateRule } from './queries.ts';
import { NoRuleRuns } from './rules.tsx';

export function RuleScreen() {
  const { api } = useDashboard();
  const { ruleId } = getRouteApi('/rules/edit/$ruleId').useParams();
  const query = useQuery(ruleQuery(api, ruleId));
  return (
    <Found query={query} to="/rules" label="Go to rules">
      {(rule) => <RulePage key={rule.id} rule={rule} />}
    </Found>
  );
}

function RulePage({ rule }: { rule: Rule }) {
  const update = useUpdateRule(rule.id);
  return (
    <Page title={rule.name} back={<BackLink to="/rules">Rules</BackLink>} icon={<RuleIcon />} wide>
      {RULES_INERT && (
        <Box pb="lg">
          <NoRuleRuns />
        </Box>
      )}
      <RuleForm
        start={{ name: rule.name, script: rule.script, enabled: rule.enabled, order: String(rule.order) }}
        save={update}
      >
        <May scope="delete:rules">
          <Delete rule={rule} />
        </May>
      </RuleForm>
    </Page>
  );
}

function Delete({ rule }: { rule: Rule }) {
  const remove = useDeleteRule();
  return (
    <DeletePane
      thing="rule"
      name={rule.name}
      to="/rules"
      remove={{ ...remove, mutate: (_, options) => remove.mutate(rule.id, options) }}
    >
      <RuleIsGone name={rule.name} />
    </DeletePane>
  );
}
