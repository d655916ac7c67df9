import { Pagination, Stack, Text, useMatches } from '@mantine/core';

export type PagerProps = {
  /** Counts from 1. */
  page: number;
  perPage: number;
  total: number;
  /** What is listed, in the plural: "users". */
  things: string;
  /** The same for exactly one. */
  thing: string;
  onChange: (page: number) => void;
};

/** The Management API pages through this many records of a search. */
const REACHABLE = 1000;

/** Counting ends at these, whatever more there is. */
const isBound = (total: number) => total === REACHABLE || total >= 10_000;

/** How many there are, and the way through them. */
export function Pager({ page, perPage, total, things, thing, onChange }: PagerProps) {
  // On a phone all of them stay in one line.
  const siblings = useMatches({ base: 0, xs: 1 }, { getInitialValueInEffect: false });
  const pages = Math.ceil(Math.min(total, REACHABLE) / perPage);
  return (
    <Stack gap="sm" align="center">
      <Text size="sm" c="dimmed" role="status" ta="center">
        {total.toLocaleString()}
        {isBound(total) && ' or more'} {total === 1 ? thing : things}
        {total > REACHABLE &&
          `. The first ${REACHABLE.toLocaleString()} can be paged through; a search reaches the rest.`}
      </Text>
      {pages > 1 && (
        <Pagination
          total={pages}
          value={page}
          siblings={siblings}
          onChange={onChange}
          getControlProps={(control) => ({ 'aria-label': `${control} page` })}
          getItemProps={(item) => ({ 'aria-label': `Page ${item}` })}
        />
      )}
    </Stack>
  );
}
