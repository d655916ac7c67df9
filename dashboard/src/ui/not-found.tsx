import type { LinkProps } from '@tanstack/react-router';
import { ApiFailure } from '../api/errors.ts';
import { ButtonLink } from './links.tsx';
import { Failure } from './states.tsx';

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
