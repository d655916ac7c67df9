/**
 * The versions of some code, the latest first: what the draft has changed since, and the way back to one.
 */
import { Button, Stack } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { May, type Scope } from '../api/may.tsx';
import { Pager } from '../ui/pager.tsx';
import { Rows } from '../ui/rows.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { Empty, Failure } from '../ui/states.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import { type Version, VersionRow } from './version-row.tsx';

/** What the address says: which version is compared with the draft, and the page of the list. */
export type VersionsSearch = { version?: string | undefined; page?: number | undefined };

export type VersionsProps<Kept> = {
  query: UseQueryResult<{ versions: readonly Kept[]; total: number }>;
  perPage: number;
  /** A version as it is shown. */
  shown: (version: Kept) => Version;
  draft: string;
  search: VersionsSearch;
  onSearch: (search: VersionsSearch) => void;
  /** How versions come to be and how one goes back, above the list. */
  about: string;
  /** The same, while there is none. */
  none: string;
  deed: (version: Kept) => ReactNode;
};

export function Versions<Kept extends { id: string }>(props: VersionsProps<Kept>) {
  const { query, perPage, shown, draft, search, onSearch, about, none, deed } = props;
  if (query.isPending)
    return (
      <Stack pt="lg">
        <RowSkeletons label="Versions" avatar={false} />
      </Stack>
    );
  if (!query.data) return <Failure error={query.error} onRetry={() => query.refetch()} />;
  if (query.data.versions.length === 0)
    return (
      <Empty icon={<IconHistory />} title="No version yet">
        {none}
      </Empty>
    );
  return (
    <>
      <Toolbar text={about} />
      <Stack gap="lg">
        <Rows label="Versions">
          {query.data.versions.map((version) => (
            <VersionRow
              key={version.id}
              version={shown(version)}
              draft={draft}
              isOpen={version.id === search.version}
              onToggle={() => onSearch({ ...search, version: version.id === search.version ? undefined : version.id })}
              action={deed(version)}
            />
          ))}
        </Rows>
        <Pager
          page={search.page ?? 1}
          perPage={perPage}
          total={query.data.total}
          thing="version"
          things="versions"
          onChange={(next) => onSearch({ page: next > 1 ? next : undefined })}
        />
      </Stack>
    </>
  );
}

type VersionDeedProps = { label: string; number: number; scope: Scope; onClick: () => void };

/** What can be done with one version of the list. */
export function VersionDeed({ label, number, scope, onClick }: VersionDeedProps) {
  return (
    <May scope={scope}>
      <Button variant="default" size="xs" aria-label={`${label}: version ${number}`} onClick={onClick}>
        {label}
      </Button>
    </May>
  );
}
