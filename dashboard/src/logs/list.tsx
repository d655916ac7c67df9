/**
 * What happened in this tenant: live when wanted, narrowed by filters or by a query as the API has it.
 */
import { Button, Code, Group, Stack, Switch, Text } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconCode, IconListSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { fieldOf, queryReasonOf } from '../api/errors.ts';
import { useDashboard } from '../dashboard.tsx';
import { Page } from '../ui/page.tsx';
import { ListFailure, Paged } from '../ui/pager.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { Empty, InlineFailure } from '../ui/states.tsx';
import { isFiltered, type LogAddress, queryOf } from './filter.ts';
import { FilterFields } from './filter-fields.tsx';
import { type LogPage, logListQuery, PER_PAGE } from './queries.ts';
import { LogRows } from './rows.tsx';

const route = getRouteApi('/logs');

export function LogsScreen() {
  const { api } = useDashboard();
  const address = route.useSearch();
  const { q, page = 1, live = false, ...filter } = address;
  const navigate = route.useNavigate();
  const isRaw = q !== undefined;
  const list = useQuery(
    logListQuery(api, {
      key: isRaw ? q : filter,
      q: () => (isRaw ? q : queryOf(filter, Date.now())),
      page,
      live: live && page === 1,
    }),
  );
  const go = (next: LogAddress) => navigate({ search: next, replace: true });
  const refused = isRaw && fieldOf(list.error) === 'q' ? queryReasonOf(list.error) : undefined;
  return (
    <Page
      title="Logs"
      description="Every login, token, mail and change, with what came of it."
      actions={
        <Switch
          label="Live"
          description="Shows what happens as it happens"
          checked={live}
          onChange={(event) => go({ ...address, page: undefined, live: event.currentTarget.checked || undefined })}
        />
      }
    >
      <Stack gap="lg">
        {isRaw ? (
          <RawQuery q={q} live={live} error={refused} onChange={go} />
        ) : (
          <Stack gap="sm">
            <FilterFields filter={filter} onChange={(next) => go({ ...next, live: live || undefined })} />
            <Group justify="space-between" gap="sm">
              <Button
                variant="subtle"
                size="compact-sm"
                leftSection={<IconCode size={16} aria-hidden />}
                onClick={() => go({ q: queryOf(filter, Date.now()) ?? '', live: live || undefined })}
              >
                Edit as query
              </Button>
              {isFiltered(filter) && (
                <Button variant="subtle" size="compact-sm" onClick={() => go({ live: live || undefined })}>
                  Clear filters
                </Button>
              )}
            </Group>
          </Stack>
        )}
        {list.isPending && <RowSkeletons label="Events" count={8} />}
        {list.isError && !list.data && !refused && <ListFailure error={list.error} onRetry={() => list.refetch()} />}
        {list.data && !refused && (
          <Events
            key={JSON.stringify([q, filter])}
            result={list.data}
            page={page}
            live={live}
            filtered={isRaw ? q !== '' : isFiltered(filter)}
            error={list.error}
          />
        )}
      </Stack>
    </Page>
  );
}

type EventsProps = {
  result: LogPage;
  page: number;
  live: boolean;
  filtered: boolean;
  error: unknown;
};

function Events({ result, page, live, filtered, error }: EventsProps) {
  const fresh = useFresh(result, live && page === 1);
  if (result.total === 0) {
    return filtered ? (
      <Empty icon={<IconListSearch />} title="No event found">
        Nothing that happened matches. Take a filter away, or look at a longer time.
      </Empty>
    ) : (
      <Empty icon={<IconListSearch />} title="Nothing happened yet">
        Logins, tokens and changes appear here as soon as there are some.
      </Empty>
    );
  }
  return (
    <>
      <Text size="sm" c="dimmed" role="status">
        {live && page === 1 && (fresh.size === 0 ? 'Waiting for new events …' : `${fresh.size} new`)}
      </Text>
      <InlineFailure error={error} />
      <Paged perPage={PER_PAGE} total={result.total} thing="event" things="events" isBeyond={result.logs.length === 0}>
        <LogRows label="Events" events={result.logs} fresh={fresh} />
      </Paged>
    </>
  );
}

/** The ids of the events on the page that were not there when the tail was started. Ids sort by time. */
function useFresh({ logs }: LogPage, live: boolean): ReadonlySet<string> {
  const newest = logs[0]?.log_id ?? '';
  const [since, setSince] = useState(live ? newest : undefined);
  if (live && since === undefined) setSince(newest);
  if (!live && since !== undefined) setSince(undefined);
  return new Set(since === undefined ? [] : logs.map(({ log_id }) => log_id).filter((id) => id > since));
}

type RawQueryProps = {
  q: string;
  live: boolean;
  error: string | undefined;
  onChange: (address: LogAddress) => void;
};

function RawQuery({ q, live, error, onChange }: RawQueryProps) {
  const kept = { live: live || undefined };
  return (
    <Stack gap="sm">
      <SearchField
        label="Query"
        placeholder="type:fp AND user_name:jo*"
        description={
          <>
            Fields: <Code>type</Code> <Code>user_id</Code> <Code>user_name</Code> <Code>client_id</Code>{' '}
            <Code>connection</Code> <Code>ip</Code> <Code>date</Code> and all others of an event. Combine with AND, OR,
            NOT and brackets.
          </>
        }
        value={q}
        error={error}
        mono
        onSearch={(text) => onChange({ q: text.trim(), ...kept })}
      />
      <Group>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}
          onClick={() => onChange(kept)}
        >
          Use filters
        </Button>
      </Group>
    </Stack>
  );
}
