import type { LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ApiFailure } from '../api/errors.ts';
import { ButtonLink } from './links.tsx';
import { Empty, Failure } from './states.tsx';

export function isNotFound(error: unknown): error is ApiFailure {
  return error instanceof ApiFailure && error.statusCode === 404;
}

/** Stands where the page of a thing would be that is not there any more; leads to the list of such things. */
export function NotThere({ error, to, label }: { error: unknown; to: LinkProps['to']; label: string }) {
  return (
    <Failure
      order={1}
      error={error}
      actions={
        <ButtonLink to={to} variant="default">
          {label}
        </ButtonLink>
      }
    />
  );
}

type NoSuchProps = { thing: string; to: LinkProps['to']; label: string; icon?: ReactNode };

/** Stands at an address that never was one: nothing was asked for it. */
export function NoSuch({ thing, to, label, icon = null }: NoSuchProps) {
  return (
    <Empty
      order={1}
      icon={icon}
      title={`There is no such ${thing}`}
      actions={
        <ButtonLink to={to} variant="default">
          {label}
        </ButtonLink>
      }
    >
      The address may be old or mistyped.
    </Empty>
  );
}
