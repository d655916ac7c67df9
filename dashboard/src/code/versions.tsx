import { IconHistory } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Scope } from '../api/may.tsx';
import { RowButton } from '../ui/buttons.tsx';
import { Listed } from '../ui/listed.tsx';
import { Paged } from '../ui/pager.tsx';
import { Rows } from '../ui/rows.tsx';
import { Empty } from '../ui/states.tsx';
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
  return (
    <Listed
      query={query}
      label="Versions"
      avatar={false}
      isEmpty={({ total }) => total === 0}
      empty={
        <Empty icon={<IconHistory />} title="No version yet">
          {none}
        </Empty>
      }
    >
      {({ versions, total }) => (
        <>
          <Toolbar text={about} />
          <Paged perPage={perPage} total={total} thing="version" things="versions" isBeyond={versions.length === 0}>
            <Rows label="Versions">
              {versions.map((version) => (
                <VersionRow
                  key={version.id}
                  version={shown(version)}
                  draft={draft}
                  isOpen={version.id === search.version}
                  onToggle={() =>
                    onSearch({ ...search, version: version.id === search.version ? undefined : version.id })
                  }
                  action={deed(version)}
                />
              ))}
            </Rows>
          </Paged>
        </>
      )}
    </Listed>
  );
}

type VersionDeedProps = { label: string; number: number; scope: Scope; onClick: () => void };

/** What can be done with one version of the list. */
export function VersionDeed({ label, number, scope, onClick }: VersionDeedProps) {
  return (
    <RowButton scope={scope} label={`${label}: version ${number}`} onClick={onClick}>
      {label}
    </RowButton>
  );
}
