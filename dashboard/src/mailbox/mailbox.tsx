/**
 * The mail that was kept instead of sent: a list, and the message that is open.
 */
import { Text } from '@mantine/core';
import { IconMailbox } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { MailboxMessage, PageOf } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { BackLink } from '../ui/links.tsx';
import { Page } from '../ui/page.tsx';
import { Paged } from '../ui/pager.tsx';
import { Row, Rows, rowLink } from '../ui/rows.tsx';
import { Empty, Loaded } from '../ui/states.tsx';
import { ago } from '../ui/time.ts';
import classes from './mailbox.module.css';
import { Message } from './message.tsx';
import { mailboxQuery, PER_PAGE } from './queries.ts';

type MailboxPage = PageOf<'messages', MailboxMessage>;

const route = getRouteApi('/mailbox');

export function MailboxScreen() {
  const { api } = useDashboard();
  const { page = 1, message } = route.useSearch();
  const query = useQuery(mailboxQuery(api, page, message === undefined));
  return (
    <Loaded query={query}>
      {(mailbox) => {
        const open = mailbox.messages.find(({ id }) => id === message);
        return open ? <OpenMessage message={open} /> : <MessageList mailbox={mailbox} />;
      }}
    </Loaded>
  );
}

function MessageList({ mailbox }: { mailbox: MailboxPage }) {
  return (
    <Page title="Mailbox" description="Mail of this tenant that was kept here instead of being sent.">
      {mailbox.total === 0 ? <NoMail /> : <Messages mailbox={mailbox} />}
    </Page>
  );
}

function Messages({ mailbox }: { mailbox: MailboxPage }) {
  const { messages, total } = mailbox;
  return (
    <Paged perPage={PER_PAGE} total={total} thing="message" things="messages" isBeyond={messages.length === 0}>
      <Rows label="Messages">
        {messages.map((message) => (
          <MessageRow key={message.id} message={message} />
        ))}
      </Rows>
    </Paged>
  );
}

function MessageRow({ message }: { message: MailboxMessage }) {
  return (
    <Row>
      <div className={classes.row}>
        <div className={classes.head}>
          <Link from="/mailbox" to="." search={(now) => ({ ...now, message: message.id })} className={rowLink}>
            {message.subject || 'No subject'}
          </Link>
          <Text size="sm" c="dimmed" truncate>
            To {message.to}
          </Text>
        </div>
        <Text size="sm" c="dimmed" component="time" dateTime={message.created_at}>
          {ago(message.created_at)}
        </Text>
      </div>
    </Row>
  );
}

function OpenMessage({ message }: { message: MailboxMessage }) {
  return (
    <Page
      title={message.subject || 'No subject'}
      back={
        <BackLink from="/mailbox" to="." search={(now) => ({ ...now, message: undefined })}>
          Mailbox
        </BackLink>
      }
      description={
        <>
          To {message.to},{' '}
          <time dateTime={message.created_at}>{new Date(message.created_at).toLocaleString(undefined, FULL)}</time>
        </>
      }
    >
      <Message key={message.id} message={message} />
    </Page>
  );
}

const FULL = { dateStyle: 'medium', timeStyle: 'medium' } as const;

function NoMail() {
  return (
    <Empty icon={<IconMailbox />} title="No mail yet">
      While no mail provider is set up, as in development, mail lands here instead of leaving this server:
      verifications, password resets, sign-in codes. It appears by itself.
    </Empty>
  );
}
