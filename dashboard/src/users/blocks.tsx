import { Alert, Button, Group, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { May } from '../api/may.tsx';
import type { Api } from '../api/request.ts';
import type { User } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { InlineFailure } from '../ui/states.tsx';
import { userKey, useUserDeed } from './queries.ts';

type Blocks = { blocked_for: { identifier: string; connection: string; ip?: string }[] };

const pathOf = (id: string) => `/user-blocks/${encodeURIComponent(id)}`;

function blocksQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: userKey(id, 'blocks'),
    queryFn: ({ signal }) => api<Blocks>(pathOf(id), { signal }),
  });
}

/** Tells that too many failed logins have blocked an account, and lifts that. Nothing when it is not so. */
export function BlockedLogins({ user }: { user: User }) {
  const { api } = useDashboard();
  const blocks = useQuery(blocksQuery(api, user.user_id)).data?.blocked_for ?? [];
  const lift = useUserDeed(user.user_id, () => ({ path: pathOf(user.user_id), method: 'DELETE' }));
  if (blocks.length === 0) return null;
  const from = [...new Set(blocks.map(({ ip }) => ip ?? 'everywhere'))].join(', ');
  return (
    <Alert color="red" mt="lg" icon={<IconLock />} title="Blocked after too many failed logins">
      <Group justify="space-between" gap="sm">
        <Text size="sm">
          Logins from {from} are refused, also with the right password, until the block ends by itself.
        </Text>
        <May scope="update:users">
          <Button
            variant="default"
            size="xs"
            loading={lift.isPending}
            onClick={() => lift.mutate(undefined, { onSuccess: () => notifyDone('The block is lifted') })}
          >
            Lift the block
          </Button>
        </May>
      </Group>
      <InlineFailure error={lift.error} />
    </Alert>
  );
}
