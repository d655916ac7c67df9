import type { ReactNode } from 'react';
import { ListFailure } from './pager.tsx';
import { RowSkeletons } from './skeletons.tsx';

export type ListedProps<Data> = {
  /** As much of a query as is needed. */
  query: { data: Data | undefined; isError: boolean; error: unknown; refetch: () => unknown };
  /** What is listed: "Members". */
  label: string;
  /** Whether its rows have a picture. */
  avatar?: boolean;
  /** About how many there will be. */
  count?: number;
  isEmpty: (data: Data) => boolean;
  /** Stands there while nothing is in it. */
  empty: ReactNode;
  children: (data: Data) => ReactNode;
};

/** A list; until it is there its shape, or why it does not come. */
export function Listed<Data>({ query, label, avatar, count, isEmpty, empty, children }: ListedProps<Data>) {
  if (query.data !== undefined) return isEmpty(query.data) ? empty : children(query.data);
  if (query.isError) return <ListFailure error={query.error} onRetry={() => query.refetch()} />;
  return <RowSkeletons label={label} avatar={avatar} count={count} />;
}
