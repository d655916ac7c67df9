/**
 * Log events as a list: whether it went well, what it was, whom it was about, when.
 */
import { Text, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { clientChoicesQuery } from '../api/choices.ts';
import type { LogEvent } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { Ago } from '../ui/moment.tsx';
import { Row, Rows, rowLink } from '../ui/rows.tsx';
import { browserOf } from '../users/agent.ts';
import classes from './rows.module.css';
import { outcomeOf, typeLabel } from './types.ts';

export type LogRowsProps = {
  label: string;
  events: readonly LogEvent[];
  /** What the whole list is about, which then is not said in each row. */
  about?: 'user';
  /** Ids of the events that have come since the page was opened. */
  fresh?: ReadonlySet<string>;
};

export function LogRows({ label, events, about, fresh }: LogRowsProps) {
  const { api } = useDashboard();
  // Events of the API name their client by its ID only.
  const clients = useQuery(clientChoicesQuery(api)).data;
  const clientOf = ({ client_id, client_name }: LogEvent) =>
    client_name || clients?.find((client) => client.client_id === client_id)?.name || client_id;
  return (
    <Rows label={label}>
      {events.map((event) => (
        <Row key={event.log_id}>
          <div className={classes.row} data-fresh={fresh?.has(event.log_id) || undefined}>
            <OutcomeIcon type={event.type} />
            <div className={classes.head}>
              <Link to="/logs/$logId" params={{ logId: event.log_id }} className={rowLink}>
                {typeLabel(event.type)}
              </Link>
              <Text size="sm" c="dimmed" truncate title={event.description ?? undefined}>
                {event.description || (event.user_agent && browserOf(event.user_agent))}
              </Text>
            </div>
            <div className={classes.about}>
              <Text size="sm" truncate>
                {[about === 'user' ? undefined : personOf(event), clientOf(event)].filter(Boolean).join(' · ')}
              </Text>
              <Text size="sm" c="dimmed" truncate>
                {event.date && <Ago at={event.date} span inherit />}
                {event.ip && ` · ${event.ip}`}
              </Text>
            </div>
          </div>
        </Row>
      ))}
    </Rows>
  );
}

/** Programs call the API as `<client id>@clients`, which is no person. */
function personOf({ user_name, user_id }: LogEvent) {
  return user_name || (user_id?.endsWith('@clients') ? undefined : user_id);
}

/** A mark and a word for those who see no colours or no icons. */
export function OutcomeIcon({ type, size = 34 }: { type: string | null | undefined; size?: number }) {
  const failed = outcomeOf(type) === 'failure';
  const Icon = failed ? IconAlertTriangle : IconCheck;
  return (
    <ThemeIcon
      variant="light"
      color={failed ? 'red' : 'accent'}
      size={size}
      radius="md"
      role="img"
      aria-label={failed ? 'Failed' : 'Succeeded'}
    >
      <Icon size={size * 0.52} stroke={1.7} aria-hidden />
    </ThemeIcon>
  );
}
