/**
 * A new rule: what it starts from, then its code and name. Nothing is kept before it is created.
 */
import { SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useId } from 'react';
import { Permitted } from '../api/may.tsx';
import { BackLink } from '../ui/links.tsx';
import { NoSuch } from '../ui/not-found.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { Page } from '../ui/page.tsx';
import classes from '../ui/tiles.module.css';
import { RuleForm } from './form.tsx';
import { useCreateRule } from './queries.ts';
import { GROUPS, RULE_TEMPLATES } from './templates.ts';

const back = <BackLink to="/rules">Rules</BackLink>;

const TO_RULES = { to: '/rules', label: 'Go to rules' } as const;

export function RuleTemplatesScreen() {
  return (
    <Permitted scope="create:rules" back={TO_RULES}>
      <Templates />
    </Permitted>
  );
}

function Templates() {
  return (
    <Page
      title="Create rule"
      back={back}
      description="Choose what it starts from. You see the code, and can change all of it, before anything is created."
    >
      <Stack gap="xl">
        {(Object.keys(GROUPS) as (keyof typeof GROUPS)[]).map((group) => (
          <TemplateGroup key={group} group={group} />
        ))}
      </Stack>
    </Page>
  );
}

function TemplateGroup({ group }: { group: keyof typeof GROUPS }) {
  const id = useId();
  return (
    <Stack component="section" gap="sm" aria-labelledby={id}>
      <Title order={2} id={id}>
        {GROUPS[group]}
      </Title>
      <SimpleGrid component="ul" cols={{ base: 1, xs: 2, md: 3 }} spacing="sm" className={classes.tiles}>
        {RULE_TEMPLATES.filter((template) => template.group === group).map((template) => (
          <li key={template.id}>
            <Link to="/rules/new/$template" params={{ template: template.id }} className={classes.tile}>
              <span>
                <Text span fw={600} display="block">
                  {template.name}
                </Text>
                <Text span size="sm" c="dimmed" display="block">
                  {template.about}
                </Text>
              </span>
            </Link>
          </li>
        ))}
      </SimpleGrid>
    </Stack>
  );
}

export function NewRuleScreen() {
  return (
    <Permitted scope="create:rules" back={TO_RULES}>
      <NewRule />
    </Permitted>
  );
}

function NewRule() {
  const { template: id } = getRouteApi('/rules/new/$template').useParams();
  const navigate = useNavigate();
  const create = useCreateRule();
  const template = RULE_TEMPLATES.find((one) => one.id === id);
  if (!template) return <NoSuch thing="template" to="/rules/new" label="Go to the templates" />;
  return (
    <Page title="New rule" back={<BackLink to="/rules/new">Templates</BackLink>} description={template.about} wide>
      <RuleForm
        key={id}
        start={{ name: template.name, script: template.code, enabled: true, order: '' }}
        create="Create rule"
        save={{
          ...create,
          mutate: ({ name, script, enabled, order }, { onError }) =>
            create.mutate(
              {
                name: name ?? template.name,
                script: script ?? template.code,
                enabled: enabled ?? true,
                ...(order === undefined ? {} : { order }),
              },
              {
                onSuccess: ({ id: ruleId }) => {
                  notifyDone('The rule was created');
                  return navigate({ to: '/rules/edit/$ruleId', params: { ruleId }, ignoreBlocker: true });
                },
                onError,
              },
            ),
        }}
      />
    </Page>
  );
}
