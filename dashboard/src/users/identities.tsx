import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useMay } from '../api/may.tsx';
import type { Identity, User } from '../api/types.ts';
import { useAsked } from '../ui/asked.ts';
import { Confirm } from '../ui/confirm.tsx';
import { Row, Rows } from '../ui/rows.tsx';
import { Section } from '../ui/section.tsx';
import { userPath, useUserDeed } from './queries.ts';

/** The accounts that a user signs in by; all but the first can be made users of their own again. */
export function Identities({ user }: { user: User }) {
  const mayChange = useMay('update:users');
  const unlink = useUserDeed<Identity>(user.user_id, ({ provider, user_id }) => ({
    path: userPath(user.user_id, 'identities', provider, user_id),
    method: 'DELETE',
  }));
  const { about, ask, question } = useAsked(unlink, 'The account is a user of its own again');
  return (
    <Section title="Accounts" description="Each is a way to sign in as this user. Link another one under Actions.">
      <Rows label="Accounts">
        {user.identities.map((identity) => {
          const isMain = idOf(identity) === user.user_id;
          return (
            <Row key={idOf(identity)}>
              <Group justify="space-between" gap="xs">
                <Stack gap={1} miw={0} flex="1 1 12rem">
                  <Group gap="2px 8px">
                    <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
                      {identity.connection}
                    </Text>
                    {isMain && <Badge variant="default">Main</Badge>}
                    {identity.isSocial && <Badge variant="default">Social</Badge>}
                  </Group>
                  <Text size="sm" c="dimmed" ff="monospace" truncate>
                    {calledIn(identity) ?? idOf(identity)}
                  </Text>
                </Stack>
                {!isMain && mayChange && (
                  <Button
                    variant="default"
                    size="xs"
                    aria-label={`Unlink ${identity.connection}`}
                    onClick={() => ask(identity)}
                  >
                    Unlink
                  </Button>
                )}
              </Group>
            </Row>
          );
        })}
      </Rows>
      <Confirm {...question} title="Unlink this account?" action="Unlink">
        The account in <strong>{about?.connection}</strong> becomes a user of its own again, without metadata or roles.
      </Confirm>
    </Section>
  );
}

function idOf({ provider, user_id }: Identity) {
  return `${provider}|${user_id}`;
}

/** What the linked account was called before it was linked. */
function calledIn({ profileData }: Identity): string | undefined {
  const { email, username, name } = (profileData ?? {}) as Partial<Record<string, string>>;
  return email ?? username ?? name;
}
