import { Button } from '@mantine/core';

/** As much of an infinite query as is needed. */
type More = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };

/** Below a list that is loaded piece by piece: the next piece, while there is one. */
export function ShowMore({ list }: { list: More }) {
  if (!list.hasNextPage) return null;
  return (
    <Button
      variant="default"
      style={{ alignSelf: 'center' }}
      loading={list.isFetchingNextPage}
      onClick={() => list.fetchNextPage()}
    >
      Show more
    </Button>
  );
}
