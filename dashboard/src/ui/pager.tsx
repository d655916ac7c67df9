/**
 * A page of a list, with the way to the others. Which page it is stands in the address (`page`, which counts from 1), so
 * that the way back leads to the same one.
 */
import { Button, Pagination, Stack, Text, useMatches } from '@mantine/core';
import { IconFileOff } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ApiFailure } from '../api/errors.ts';
import { Empty, Failure } from './states.tsx';

export type PagerProps = {
  perPage: number;
  total: number;
  /** What is listed, in the plural: "users". */
  things: string;
  /** The same for exactly one. */
  thing: string;
};

/** The Management API pages through this many records of a search. */
const REACHABLE = 1000;

/** Counting ends at these, whatever more there is. */
const isBound = (total: number) => total === REACHABLE || total >= 10_000;

function usePage() {
  const { page = 1 } = useSearch({ strict: false });
  const navigate = useNavigate();
  const turnTo = (next: number) =>
    navigate({ to: '.', search: (now: object) => ({ ...now, page: next > 1 ? next : undefined }) });
  return { page, turnTo };
}

/** What stands on the page, and below it the way through; beyond the last page the way back. */
export function Paged({ isBeyond, children, ...pager }: PagerProps & { isBeyond: boolean; children: ReactNode }) {
  if (isBeyond) return <BeyondTheEnd {...pager} />;
  return (
    <Stack gap="lg">
      {children}
      <Pager {...pager} />
    </Stack>
  );
}

/** What was on this page is gone meanwhile, or the address is old. */
function BeyondTheEnd({ perPage, total, things, thing }: PagerProps) {
  const { page, turnTo } = usePage();
  const last = lastPage(total, perPage);
  return (
    <Empty
      icon={<IconFileOff />}
      title={`There is no page ${page}`}
      actions={
        <Button variant="default" onClick={() => turnTo(last)}>
          Go to the last page
        </Button>
      }
    >
      {total === 1 ? `There is 1 ${thing}` : `There are ${total.toLocaleString()} ${things}`}
      {last === 1 ? ', on one page.' : `, on ${last} pages.`}
    </Empty>
  );
}

/** Why a list does not come; of a page that cannot be reached, the way to the first one. */
export function ListFailure({ error, onRetry }: { error: unknown; onRetry: () => unknown }) {
  const { page, turnTo } = usePage();
  const isRefused = error instanceof ApiFailure && error.statusCode === 400;
  const back = page > 1 && isRefused && (
    <Button variant="default" onClick={() => turnTo(1)}>
      Go to the first page
    </Button>
  );
  return <Failure error={error} onRetry={onRetry} actions={back || undefined} />;
}

/** How many there are, and the way through them. */
function Pager({ perPage, total, things, thing }: PagerProps) {
  const { page, turnTo } = usePage();
  // On a phone all of them stay in one line.
  const siblings = useMatches({ base: 0, xs: 1 }, { getInitialValueInEffect: false });
  const pages = lastPage(total, perPage);
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
          onChange={turnTo}
          getControlProps={(control) => ({ 'aria-label': `${control} page` })}
          getItemProps={(item) => ({ 'aria-label': `Page ${item}` })}
        />
      )}
    </Stack>
  );
}

function lastPage(total: number, perPage: number): number {
  return Math.max(1, Math.ceil(Math.min(total, REACHABLE) / perPage));
}
