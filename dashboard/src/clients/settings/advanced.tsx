import { Stack, Tabs, Text } from '@mantine/core';
import { CodeBlock } from '../../ui/code-block.tsx';
import { TextLink } from '../../ui/links.tsx';
import { ADVANCED } from './advanced-topics.ts';
import { Certificates } from './certificates.tsx';
import { Endpoints } from './endpoints.tsx';
import { isFor } from './fields.ts';
import { type SettingsFormState, TopicFields } from './topic.tsx';

/** The advanced tab that a setting is in; undefined for one that is not advanced. */
export function tabOf(path: string): string | undefined {
  const topic = ADVANCED.find(({ fields }) => fields.some((spec) => spec.path === path));
  return topic && nameOf(topic.title);
}

/** The name of a tab: it becomes part of an id, so it has no spaces. */
function nameOf(title: string): string {
  return title.toLowerCase().replaceAll(' ', '-');
}

const NAME_ID = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';

/** What a claim mapping of the WS-Fed addon looks like. */
const MAPPING_SAMPLE = `{
  "mappings": {
    "user_id": "${NAME_ID}/nameidentifier",
    "email": "${NAME_ID}/emailaddress",
    "name": "${NAME_ID}/name"
  }
}`;

export function AdvancedSettings(props: { form: SettingsFormState; tab: string; onTab: (tab: string) => void }) {
  const { form, tab, onTab } = props;
  const topics = ADVANCED.filter((topic) => isFor(topic, form.valueOf('app_type')));
  const read = [
    { title: 'Certificates', content: <Certificates /> },
    { title: 'Endpoints', content: <Endpoints client={form.client} /> },
  ];
  return (
    <Tabs value={tab} onChange={(next) => next && onTab(next)} variant="outline">
      <Tabs.List aria-label="Advanced settings">
        {[...topics, ...read].map(({ title }) => (
          <Tabs.Tab key={title} value={nameOf(title)}>
            {title}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {topics.map((topic) => (
        <Tabs.Panel key={topic.title} value={nameOf(topic.title)} pt="lg">
          <Stack gap="lg">
            <Text size="sm" c="dimmed">
              {topic.description}
            </Text>
            <TopicFields topic={topic} form={form} />
            {topic.title === 'WS-Federation' && <AttributeMapping clientId={form.client.client_id} />}
          </Stack>
        </Tabs.Panel>
      ))}
      {read.map(({ title, content }) => (
        <Tabs.Panel key={title} value={nameOf(title)} pt="lg">
          {content}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

function AttributeMapping({ clientId }: { clientId: string }) {
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        Claims are named by the settings of the{' '}
        <TextLink to="/clients/$clientId/addons" params={{ clientId }} inherit underline="always">
          WS-Fed addon
        </TextLink>
        : each member of a profile, and the claim it becomes.
      </Text>
      <CodeBlock caption="Attribute mapping, a sample" code={MAPPING_SAMPLE} />
    </Stack>
  );
}
