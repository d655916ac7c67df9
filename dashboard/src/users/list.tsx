/**
 * Everybody who may sign in: a search in the language of the API, pages, and the way to make a user.
 */
import { Anchor, Code, Group, Select, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDownload, IconUpload, IconUserSearch, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { memo } from 'react';
import { fieldOf, queryReasonOf } from '../api/errors.ts';
import { May } from '../api/may.tsx';
import type { User } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { AddButton } from '../ui/buttons.tsx';
import { ButtonLink } from '../ui/links.tsx';
import { Ago } from '../ui/moment.tsx';
import { Page } from '../ui/page.tsx';
import { ListFailure, Paged } from '../ui/pager.tsx';
import { Row, Rows, rowLink } from '../ui/rows.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { Empty } from '../ui/states.tsx';
import { CreateUser } from './create.tsx';
import classes from './list.module.css';
import { connectionsOf, UserAvatar, UserBadges, userSubtitle, userTitle } from './person.tsx';
import { PER_PAGE, userListQuery } from './queries.ts';

const route = getRouteApi('/users');

/** The newest first, unless the address says otherwise. */
const DEFAULT_SORT = 'created_at:-1';
const SORTS = [
  { value: DEFAULT_SORT, label: 'Newest first' },
  { value: 'created_at:1', label: 'Oldest first' },
  { value: 'last_login:-1', label: 'Last login' },
  { value: 'name:1', label: 'Name' },
  { value: 'email:1', label: 'Email' },
  { value: 'logins_count:-1', label: 'Most logins' },
];

const EXAMPLES = ['blocked:true', 'email_verified:false', 'email.domain:example.com', 'logins_count:[1 TO 5]'];

export function UsersScreen() {
  const { api } = useDashboard();
  const { q, sort = DEFAULT_SORT, page = 1 } = route.useSearch();
  const navigate = route.useNavigate();
  const [creating, dialog] = useDisclosure(false);
  const list = useQuery(userListQuery(api, { q, sort, page }));
  const search = (text: string) =>
    navigate({ search: (now) => ({ ...now, q: text.trim() || undefined, page: undefined }), replace: true });
  const refused = fieldOf(list.error) === 'q' ? queryReasonOf(list.error) : undefined;
  const total = list.data?.total ?? 0;
  const none = list.isSuccess && total === 0 && q === undefined;
  const create = (
    <AddButton scope="create:users" onClick={dialog.open}>
      Create user
    </AddButton>
  );
  const importing = (
    <May scope="create:users">
      <ButtonLink to="/users/import" variant="default" leftSection={<IconUpload size={18} aria-hidden />}>
        Import
      </ButtonLink>
    </May>
  );
  return (
    <Page
      title="Users"
      description="The people who sign in to the clients of this tenant, whichever connection they come from."
      actions={
        !none && (
          <>
            {importing}
            <May scope="read:users">
              <ButtonLink to="/users/export" variant="default" leftSection={<IconDownload size={18} aria-hidden />}>
                Export
              </ButtonLink>
            </May>
            {create}
          </>
        )
      }
    >
      {none ? (
        <Empty
          icon={<IconUsers />}
          title="No user yet"
          actions={
            <>
              {create}
              {importing}
            </>
          }
        >
          People appear here when they sign up or sign in for the first time. You can also create them yourself, or
          import those you have.
        </Empty>
      ) : (
        <Stack gap="lg">
          <div className={classes.tools}>
            <SearchField
              label="Search users"
              placeholder="Name, email, or a query such as blocked:true"
              description={<SearchHelp onTry={search} />}
              value={q ?? ''}
              error={refused}
              onSearch={search}
            />
            <Select
              aria-label="Order"
              data={SORTS}
              value={sort}
              allowDeselect={false}
              onChange={(next) =>
                navigate({
                  search: (now) => ({
                    ...now,
                    sort: next === DEFAULT_SORT ? undefined : (next ?? undefined),
                    page: undefined,
                  }),
                })
              }
            />
          </div>
          {list.isPending && <RowSkeletons label="Users" />}
          {list.isError && !refused && <ListFailure error={list.error} onRetry={() => list.refetch()} />}
          {list.isSuccess && total === 0 && (
            <Empty icon={<IconUserSearch />} title="Nobody found">
              No user matches this search. Names and addresses are found by any part of them; a field is searched by its
              name, as in <Code>nickname:jo*</Code>.
            </Empty>
          )}
          {list.isSuccess && total > 0 && (
            <div aria-busy={list.isPlaceholderData} className={list.isPlaceholderData ? classes.stale : undefined}>
              <Paged
                perPage={PER_PAGE}
                total={total}
                thing="user"
                things="users"
                isBeyond={list.data.users.length === 0}
              >
                <Rows label="Users">
                  {list.data.users.map((user) => (
                    <UserRow key={user.user_id} user={user} />
                  ))}
                </Rows>
              </Paged>
            </div>
          )}
        </Stack>
      )}
      <CreateUser opened={creating} onClose={dialog.close} />
    </Page>
  );
}

/** Drawn again only for another user: fifty of them are on screen while somebody types. */
const UserRow = memo(function UserRow({ user }: { user: User }) {
  return (
    <Row>
      <div className={classes.row}>
        <UserAvatar user={user} />
        <Stack gap={1} miw={0}>
          <Group gap="2px 8px">
            <Link to="/users/$userId" params={{ userId: user.user_id }} className={rowLink}>
              {userTitle(user)}
            </Link>
            <UserBadges user={user} />
          </Group>
          <Text size="sm" c="dimmed" truncate>
            {userSubtitle(user)}
          </Text>
        </Stack>
        <div className={classes.more}>
          <Text size="sm" truncate className={classes.connection}>
            {connectionsOf(user)}
          </Text>
          <Text size="sm" c="dimmed">
            {user.last_login ? (
              <>
                Last login <Ago at={user.last_login} span inherit />
              </>
            ) : (
              'Never signed in'
            )}
          </Text>
        </div>
      </div>
    </Row>
  );
});

function SearchHelp({ onTry }: { onTry: (query: string) => void }) {
  return (
    <>
      Try{' '}
      {EXAMPLES.map((example, position) => (
        <span key={example}>
          {position > 0 && ' · '}
          <Anchor component="button" type="button" size="xs" ff="monospace" onClick={() => onTry(example)}>
            {example}
          </Anchor>
        </span>
      ))}
    </>
  );
}
