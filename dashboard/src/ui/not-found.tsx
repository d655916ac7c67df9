/**
 * Pages of things that are not there: deleted meanwhile, or never made.
 */
import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ApiFailure, explain } from '../api/errors.ts';
import { ButtonLink } from './links.tsx';
import { Empty, Failure, Loaded } from './states.tsx';

type ListLink = {
  /** The list of such things. */
  to: LinkProps['to'];
  /** The way to it in words: "Go to roles". */
  label: string;
};

type FoundProps<Data> = ListLink & { query: UseQueryResult<Data>; children: (data: Data) => ReactNode };

/**
 * The page of a thing, once it is there. When it was deleted elsewhere meanwhile, the page says so and stays: something
 * may be typed on it.
 */
export function Found<Data>({ query, to, label, children }: FoundProps<Data>) {
  const isGone = isNotFound(query.error);
  if (isGone && query.data === undefined) {
    return <Failure order={1} error={query.error} actions={<ToList to={to} label={label} />} />;
  }
  return (
    <>
      {isGone && <DeletedMeanwhile error={query.error} />}
      <Loaded query={query}>{children}</Loaded>
    </>
  );
}

function isNotFound(error: unknown): error is ApiFailure {
  return error instanceof ApiFailure && error.statusCode === 404;
}

function DeletedMeanwhile({ error }: { error: unknown }) {
  const { title } = explain(error);
  return (
    <Alert role="alert" color="red" mb="lg" icon={<IconAlertTriangle />} title={title}>
      It was deleted meanwhile. What is shown here cannot be saved any more; copy from it what you need.
    </Alert>
  );
}

function ToList({ to, label }: ListLink) {
  return (
    <ButtonLink to={to} variant="default">
      {label}
    </ButtonLink>
  );
}

type NoSuchProps = ListLink & { thing: string; icon?: ReactNode };

/** Stands at an address that never was one: nothing was asked for it. */
export function NoSuch({ thing, to, label, icon = null }: NoSuchProps) {
  return (
    <Empty order={1} icon={icon} title={`There is no such ${thing}`} actions={<ToList to={to} label={label} />}>
      The address may be old or mistyped.
    </Empty>
  );
}
