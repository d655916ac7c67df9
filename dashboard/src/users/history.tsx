import { Stack } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useDashboard } from '../dashboard.tsx';
import { LogRows } from '../logs/rows.tsx';
import { Pager } from '../ui/pager.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { Empty, Failure } from '../ui/states.tsx';
import { PER_PAGE, userLogsQuery, useUser } from './queries.ts';

const route = getRouteApi('/users/$userId/history');

/** What happened with a user: the log events about them, newest first. */
export function HistoryTab() {
  const { user_id } = useUser();
  const { api } = useDashboard();
  const { page = 1 } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(userLogsQuery(api, user_id, page));
  return (
    <Stack gap="lg" pt="xl">
      {query.isPending && <RowSkeletons label="Events" />}
      {query.isError && !query.data && <Failure error={query.error} onRetry={() => query.refetch()} />}
      {query.data?.total === 0 && (
        <Empty icon={<IconHistory />} title="Nothing happened yet">
          Logins, failed tries, mails and changes by administrators will be listed here.
        </Empty>
      )}
      {query.data && query.data.total > 0 && (
        <>
          <LogRows label="Events" events={query.data.logs} about="user" />
          <Pager
            page={page}
            perPage={PER_PAGE}
            total={query.data.total}
            thing="event"
            things="events"
            onChange={(next) => navigate({ search: { page: next > 1 ? next : undefined } })}
          />
        </>
      )}
    </Stack>
  );
}
