import { Badge, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { User } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { useAsked } from '../ui/asked.ts';
import { RowButton } from '../ui/buttons.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Ago } from '../ui/moment.tsx';
import { Row, Rows } from '../ui/rows.tsx';
import { Section } from '../ui/section.tsx';
import { InlineFailure } from '../ui/states.tsx';
import { type Method, userMethodsQuery, userPath, useUserDeed } from './queries.ts';

const TYPES: Readonly<Record<string, string>> = {
  totp: 'Authenticator app',
  phone: 'Phone',
  email: 'Email',
  'push-notification': 'Push notification',
  'webauthn-roaming': 'Security key',
  'webauthn-platform': 'Device biometrics',
  passkey: 'Passkey',
  'recovery-code': 'Recovery code',
  password: 'Password',
};

/** What a user has shown besides a password, and the way to take one away when a device is lost. */
export function Methods({ user }: { user: User }) {
  const { api } = useDashboard();
  const query = useQuery(userMethodsQuery(api, user.user_id));
  const remove = useUserDeed<Method>(user.user_id, ({ id }) => ({
    path: userPath(user.user_id, 'authentication-methods', id),
    method: 'DELETE',
  }));
  const removal = useAsked(remove, 'Removed');
  const methods = query.data ?? [];
  return (
    <Section title="Second factors" description="What this user enrolled to prove who they are besides the password.">
      <InlineFailure error={query.error} />
      {query.isSuccess && methods.length === 0 && (
        <Text c="dimmed" size="sm">
          None is enrolled.
        </Text>
      )}
      {methods.length > 0 && (
        <Rows label="Second factors">
          {methods.map((method) => (
            <Row key={method.id}>
              <Group justify="space-between" gap="xs">
                <Stack gap={1} miw={0} flex="1 1 12rem">
                  <Group gap="2px 8px">
                    <Text fw={600}>{TYPES[method.type] ?? method.type}</Text>
                    {!method.confirmed && <Badge variant="default">Not confirmed</Badge>}
                  </Group>
                  <Text size="sm" c="dimmed">
                    {[method.name, method.phone_number, method.email].filter(Boolean).join(' · ')}{' '}
                    <Ago at={method.created_at} span inherit />
                  </Text>
                </Stack>
                <RowButton
                  scope="delete:authentication_methods"
                  label={`Remove ${TYPES[method.type] ?? method.type}`}
                  onClick={() => removal.ask(method)}
                >
                  Remove
                </RowButton>
              </Group>
            </Row>
          ))}
        </Rows>
      )}
      <Confirm {...removal.question} title="Remove this second factor?" action="Remove">
        The user cannot use it any more and enrols a new one at the next login that asks for it.
      </Confirm>
    </Section>
  );
}
