/**
 * What a screen shows instead of its content: that it is on its way, that it failed, or that there is nothing yet.
 */
import { Alert, Button, EmptyState, Loader, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconLock, IconPlugConnectedX } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { explain, refusal } from '../api/errors.ts';
import classes from './states.module.css';

/** Appears only after a moment: what arrives at once should not flicker. */
export function Loading({ label = 'Loading' }: { label?: string }) {
  return (
    <div role="status" className={classes.loading}>
      <Loader size="sm" type="dots" />
      <VisuallyHidden>{label}</VisuallyHidden>
    </div>
  );
}

/** Where the title stands: 1 when the state is all there is, 2 (the default) below the title of a page. */
type HeadingOrder = 1 | 2;

/** Why there is no content, and what to do about it. `actions` replaces the button that tries again. */
export function Failure(props: { error: unknown; onRetry?: () => void; actions?: ReactNode; order?: HeadingOrder }) {
  const { title, detail, canRetry } = explain(props.error);
  const retry = canRetry && props.onRetry && (
    <Button variant="default" onClick={props.onRetry}>
      Try again
    </Button>
  );
  return (
    <StateMessage
      role="alert"
      icon={<IconPlugConnectedX />}
      color="red"
      title={title}
      order={props.order}
      actions={props.actions ?? retry}
    >
      {detail}
    </StateMessage>
  );
}

/** In place of a screen that is there to do something, for who may not do it; `actions` lead back. */
export function Refusal({ scopes, actions }: { scopes: readonly string[]; actions: ReactNode }) {
  const { title, detail } = refusal(scopes);
  return (
    <StateMessage role="alert" icon={<IconLock />} color="red" title={title} order={1} actions={actions}>
      {detail}
    </StateMessage>
  );
}

/** Why a form or a dialog could not do what was asked; stands inside of it, where Failure stands for a whole page. */
export function InlineFailure({ error }: { error: unknown }) {
  if (!error) return null;
  const { title, detail } = explain(error);
  return (
    <Alert role="alert" color="red" icon={<IconAlertTriangle />} title={title}>
      {detail}
    </Alert>
  );
}

/** Says what will be here and how to get the first one. */
export function Empty(props: StateMessageProps) {
  return <StateMessage {...props} />;
}

/** A whole page once its query has answered; until then, and when it fails, the states above in its place. */
export function Loaded<Data>(props: { query: UseQueryResult<Data>; children: (data: Data) => ReactNode }) {
  const { query } = props;
  if (query.data !== undefined) return props.children(query.data);
  if (query.isError) return <Failure order={1} error={query.error} onRetry={() => query.refetch()} />;
  return <Loading />;
}

type StateMessageProps = {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  actions?: ReactNode;
  order?: HeadingOrder;
};

function StateMessage(props: StateMessageProps & { color?: string; role?: string }) {
  const { icon, title, children, actions, order = 2, color, role } = props;
  return (
    <EmptyState role={role} className={classes.message} variant="light" color={color}>
      <EmptyState.Indicator>{icon}</EmptyState.Indicator>
      <EmptyState.Title order={order}>{title}</EmptyState.Title>
      <EmptyState.Description maw={460}>{children}</EmptyState.Description>
      {actions && <EmptyState.Actions mt="xs">{actions}</EmptyState.Actions>}
    </EmptyState>
  );
}
