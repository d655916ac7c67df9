import { Stack } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useDashboard } from '../dashboard.tsx';
import { LogRows } from '../logs/rows.tsx';
import { Listed } from '../ui/listed.tsx';
import { Paged } from '../ui/pager.tsx';
import { Empty } from '../ui/states.tsx';
import { PER_PAGE, userLogsQuery, useUser } from './queries.ts';

const route = getRouteApi('/users/$userId/history');

/** What happened with a user: the log events about them, newest first. */
export function HistoryTab() {
  const { user_id } = useUser();
  const { api } = useDashboard();
  const { page = 1 } = route.useSearch();
  const query = useQuery(userLogsQuery(api, user_id, page));
  return (
    <Stack gap="lg" pt="xl">
      <Listed
        query={query}
        label="Events"
        isEmpty={({ total }) => total === 0}
        empty={
          <Empty icon={<IconHistory />} title="Nothing happened yet">
            Logins, failed tries, mails and changes by administrators will be listed here.
          </Empty>
        }
      >
        {({ logs, total }) => (
          <Paged perPage={PER_PAGE} total={total} thing="event" things="events" isBeyond={logs.length === 0}>
            <LogRows label="Events" events={logs} about="user" />
          </Paged>
        )}
      </Listed>
    </Stack>
  );
}
