/**
 * Where a user is signed in: browser sessions, and applications that hold a refresh token.
 */
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceMobile, IconKey } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { clientChoicesQuery } from '../api/choices.ts';
import { May, type Scope } from '../api/may.tsx';
import type { RefreshToken, Session } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { useAsked } from '../ui/asked.ts';
import { Confirm } from '../ui/confirm.tsx';
import { Ago } from '../ui/moment.tsx';
import { Row, Rows } from '../ui/rows.tsx';
import { Section } from '../ui/section.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { InlineFailure } from '../ui/states.tsx';
import { browserOf, isPhone } from './agent.ts';
import { userSessionsQuery, userTokensQuery, useUser, useUserDeed } from './queries.ts';

type Ending = { kind: 'session' | 'token'; id: string; name: string };

export function DevicesTab() {
  const { user_id } = useUser();
  const { api } = useDashboard();
  const sessions = useQuery(userSessionsQuery(api, user_id));
  const tokens = useQuery(userTokensQuery(api, user_id));
  const clients = useQuery(clientChoicesQuery(api));
  const nameOf = (id: string) => clients.data?.find(({ client_id }) => client_id === id)?.name ?? id;
  const end = useUserDeed<Ending>(user_id, ({ kind, id }) =>
    kind === 'session'
      ? { path: `/sessions/${encodeURIComponent(id)}/revoke`, method: 'POST' }
      : { path: `/refresh-tokens/${encodeURIComponent(id)}`, method: 'DELETE' },
  );
  const { about, ask, question } = useAsked(end, ({ kind }) =>
    kind === 'session' ? 'The session ended' : 'The token was revoked',
  );
  return (
    <>
      <Section title="Sessions" description="Browsers that this user signed in with and that are not signed out yet.">
        <List query={sessions} label="Sessions" empty="This user is signed in nowhere.">
          {(session: Session) => (
            <SessionRow
              key={session.id}
              session={session}
              clients={session.clients.map(({ client_id }) => nameOf(client_id))}
              onEnd={() => ask({ kind: 'session', id: session.id, name: browserOf(session.device.last_user_agent) })}
            />
          )}
        </List>
      </Section>
      <Section title="Applications" description="Clients that hold a refresh token and can act without asking again.">
        <List query={tokens} label="Applications" empty="No client holds a refresh token of this user.">
          {(token: RefreshToken) => (
            <TokenRow
              key={token.id}
              token={token}
              client={nameOf(token.client_id)}
              onEnd={() => ask({ kind: 'token', id: token.id, name: nameOf(token.client_id) })}
            />
          )}
        </List>
      </Section>
      <Confirm
        {...question}
        title={about?.kind === 'token' ? 'Revoke this refresh token?' : 'End this session?'}
        action={about?.kind === 'token' ? 'Revoke' : 'End session'}
      >
        {about?.kind === 'token' ? (
          <>
            <strong>{about.name}</strong> has to ask the user to sign in again once its access token has expired.
          </>
        ) : (
          <>
            The user is signed out of <strong>{about?.name}</strong>, and refresh tokens that came from this session
            stop working.
          </>
        )}
      </Confirm>
    </>
  );
}

type ListQuery<Item> = { data: Item[] | undefined; isPending: boolean; isSuccess: boolean; error: unknown };

function List<Item>(props: {
  query: ListQuery<Item>;
  label: string;
  empty: string;
  children: (item: Item) => ReactNode;
}) {
  const { query, label, empty, children } = props;
  if (query.isPending) return <RowSkeletons label={label} count={2} />;
  if (!query.data) return <InlineFailure error={query.error} />;
  if (query.data.length === 0)
    return (
      <Text c="dimmed" size="sm">
        {empty}
      </Text>
    );
  return <Rows label={label}>{query.data.map(children)}</Rows>;
}

function SessionRow({ session, clients, onEnd }: { session: Session; clients: string[]; onEnd: () => void }) {
  const { session: own } = useDashboard();
  const { last_user_agent, last_ip, initial_ip } = session.device;
  const isOwn = session.id === own.profile.sid;
  const Icon = isPhone(last_user_agent) ? IconDeviceMobile : IconDeviceDesktop;
  return (
    <DeviceRow
      icon={<Icon size={22} stroke={1.5} aria-hidden style={{ flex: 'none' }} />}
      title={browserOf(last_user_agent)}
      badge={isOwn ? 'Your session' : undefined}
      lines={[
        [last_ip ?? initial_ip, clients.join(', ')].filter(Boolean).join(' · '),
        <>
          Signed in <Ago at={session.authenticated_at} span inherit />, last seen{' '}
          <Ago at={session.last_interacted_at} span inherit />
        </>,
      ]}
      action="End"
      scope={['delete:sessions', 'delete:refresh_tokens']}
      label={`End ${isOwn ? 'your session' : 'session'}: ${browserOf(last_user_agent)}`}
      onEnd={onEnd}
    />
  );
}

function TokenRow({ token, client, onEnd }: { token: RefreshToken; client: string; onEnd: () => void }) {
  return (
    <DeviceRow
      icon={<IconKey size={22} stroke={1.5} aria-hidden style={{ flex: 'none' }} />}
      title={client}
      lines={[
        token.resource_servers.map(({ audience }) => audience).join(', '),
        <>
          Given <Ago at={token.created_at} span inherit />
          {token.last_exchanged_at && (
            <>
              , last used <Ago at={token.last_exchanged_at} span inherit />
            </>
          )}
          {token.rotating && ', rotating'}
        </>,
      ]}
      action="Revoke"
      scope={['delete:refresh_tokens']}
      label={`Revoke refresh token: ${client}`}
      onEnd={onEnd}
    />
  );
}

type DeviceRowProps = {
  icon: ReactNode;
  title: string;
  badge?: string | undefined;
  lines: ReactNode[];
  action: string;
  /** Scopes of which one is needed for the action. */
  scope: readonly Scope[];
  label: string;
  onEnd: () => void;
};

function DeviceRow({ icon, title, badge, lines, action, scope, label, onEnd }: DeviceRowProps) {
  return (
    <Row>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <Group gap="md" wrap="nowrap" align="flex-start" miw={0}>
          {icon}
          <Stack gap={1} miw={0}>
            <Group gap="2px 8px">
              <Text fw={600}>{title}</Text>
              {badge && <Badge variant="light">{badge}</Badge>}
            </Group>
            {lines.map((line, position) => (
              <Text key={position} size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                {line}
              </Text>
            ))}
          </Stack>
        </Group>
        <May scope={scope}>
          <Button variant="default" size="xs" aria-label={label} onClick={onEnd} style={{ flex: 'none' }}>
            {action}
          </Button>
        </May>
      </Group>
    </Row>
  );
}
