/**
 * One log event: what it means, why it failed if it did, everything that is known of it.
 */
import { List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { LogEvent } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { CodeBlock } from '../ui/code-block.tsx';
import { Facts } from '../ui/facts.tsx';
import { printed } from '../ui/json.ts';
import { BackLink, TextLink } from '../ui/links.tsx';
import { Ago, fullDate } from '../ui/moment.tsx';
import { Found } from '../ui/not-found.tsx';
import { Page } from '../ui/page.tsx';
import { Section } from '../ui/section.tsx';
import { browserOf } from '../users/agent.ts';
import { adviceOf, meaningOf } from './explain.ts';
import { logQuery } from './queries.ts';
import { OutcomeIcon } from './rows.tsx';
import { outcomeOf, typeLabel } from './types.ts';

export function LogScreen() {
  const { api } = useDashboard();
  const { logId } = getRouteApi('/logs/$logId').useParams();
  const query = useQuery(logQuery(api, logId));
  return (
    <Found query={query} to="/logs" label="Go to logs">
      {(event) => <EventPage event={event} />}
    </Found>
  );
}

function EventPage({ event }: { event: LogEvent }) {
  return (
    <Page
      title={typeLabel(event.type)}
      back={<BackLink to="/logs">Logs</BackLink>}
      icon={<OutcomeIcon type={event.type} size={52} />}
      description={
        event.date && (
          <>
            {fullDate(event.date)} (<Ago at={event.date} span inherit />)
          </>
        )
      }
    >
      <Explanation event={event} />
      <Section title="Context" description="Who, by what, from where.">
        <Facts facts={factsOf(event)} />
      </Section>
      <Section title="Raw event" description="As the API and log streams have it.">
        <CodeBlock caption="event.json" code={printed(event)} />
      </Section>
    </Page>
  );
}

function Explanation({ event }: { event: LogEvent }) {
  const meaning = meaningOf(event);
  const failed = outcomeOf(event.type) === 'failure';
  const advice = failed ? adviceOf(event) : undefined;
  return (
    <>
      <Section title="What happened">
        <Stack gap="xs">
          {meaning && <Text>{meaning}</Text>}
          {event.description && (
            <Text c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              “{event.description}”
            </Text>
          )}
          {!meaning && !event.description && <Text c="dimmed">The event says no more than its name.</Text>}
        </Stack>
      </Section>
      {failed && (
        <Section title="Why did this fail?">
          <Stack gap="sm">
            <Text>{advice?.why ?? 'The description above is all that is known. The raw event may hold more.'}</Text>
            {advice && (
              <List spacing={6} size="sm" aria-label="What to do">
                {advice.steps.map((step) => (
                  <List.Item key={step}>{step}</List.Item>
                ))}
              </List>
            )}
            {event.ip && (
              <Text size="sm">
                <TextLink to="/logs" search={{ ip: event.ip, outcome: 'failure' }}>
                  Other failures from {event.ip}
                </TextLink>
              </Text>
            )}
          </Stack>
        </Section>
      )}
    </>
  );
}

function factsOf(event: LogEvent) {
  const { type, user_id, user_name, client_id, client_name, connection, ip, user_agent, audience, scope } = event;
  return [
    { label: 'Type code', value: type, copy: type ?? undefined, mono: true },
    { label: 'User', value: user_id ? <UserLink id={user_id}>{user_name || user_id}</UserLink> : user_name },
    {
      label: 'Client',
      value: client_id && (
        <TextLink size="sm" to="/clients/$clientId" params={{ clientId: client_id }}>
          {client_name || client_id}
        </TextLink>
      ),
      copy: client_id ?? undefined,
    },
    { label: 'Connection', value: connection },
    { label: 'API', value: audience, mono: true },
    { label: 'Scopes', value: scope, mono: true },
    { label: 'IP address', value: ip, copy: ip ?? undefined, mono: true },
    { label: 'Device', value: user_agent && <span title={user_agent}>{browserOf(user_agent)}</span> },
    { label: 'Log ID', value: event.log_id, copy: event.log_id, mono: true },
  ];
}

/** Programs call the API as `<client id>@clients`, which is no user. */
function UserLink({ id, children }: { id: string; children: ReactNode }) {
  if (id.endsWith('@clients')) return children;
  return (
    <TextLink size="sm" to="/users/$userId" params={{ userId: id }}>
      {children}
    </TextLink>
  );
}
