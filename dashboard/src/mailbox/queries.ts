/**
 * What the mailbox asks the Management API.
 */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Api } from '../api/request.ts';
import type { MailboxMessage } from '../api/types.ts';

export type MailboxPage = { messages: MailboxMessage[]; total: number; start: number; limit: number };

export const PER_PAGE = 25;
/** Milliseconds between two looks for new mail: a person waits for it. */
const INTERVAL = 4000;

/**
 * One page of the mail that was kept, newest first. `page` counts from 1, as the address does; `watch` asks again and
 * again, which would push an open message off its page.
 */
export function mailboxQuery(api: Api, page: number, watch: boolean) {
  return queryOptions({
    queryKey: ['mailbox', page],
    queryFn: ({ signal }) =>
      api<MailboxPage>('/mailbox', { query: { page: page - 1, per_page: PER_PAGE, include_totals: true }, signal }),
    refetchInterval: watch && INTERVAL,
    placeholderData: keepPreviousData,
  });
}
