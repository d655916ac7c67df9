/**
 * What the mailbox asks the Management API.
 */
import { pageQuery } from '../api/paging.ts';
import type { Api } from '../api/request.ts';
import type { MailboxMessage } from '../api/types.ts';

export const PER_PAGE = 25;
/** Milliseconds between two looks for new mail: a person waits for it. */
const INTERVAL = 4000;

/**
 * One page of the mail that was kept, newest first. `page` counts from 1, as the address does; `watch` asks again and
 * again, which would push an open message off its page.
 */
export function mailboxQuery(api: Api, page: number, watch: boolean) {
  return {
    ...pageQuery<'messages', MailboxMessage>(api, { path: '/mailbox', key: ['mailbox'], page, perPage: PER_PAGE }),
    refetchInterval: watch && INTERVAL,
  };
}
