/**
 * The form of a dialog that makes a thing and opens its page. Mount it when the dialog opens, so that it starts empty each
 * time.
 */
import { type LinkProps, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { fieldOrName, type Placed, placed } from '../api/errors.ts';
import { DialogForm } from './dialog-form.tsx';
import { focusById } from './focus-field.ts';

export type CreateFormProps<Body, Made> = {
  /** As much of a mutation as is needed. */
  create: {
    mutate: (
      body: Body,
      options: { onSuccess: (made: Made) => unknown; onError: (error: Error) => unknown },
    ) => unknown;
    reset: () => void;
    error: Error | null;
    isPending: boolean;
  };
  /** What is sent; undefined while something is missing. */
  body: Body | undefined;
  /** The fields by their ids, as the API names them: what it refuses is told there. */
  fields: readonly string[];
  /** The field that a refusal is about, where the API does not name it as it usually does. */
  about?: (error: Error | null) => string | undefined;
  /** The page of what was made. */
  page: (made: Made) => Pick<LinkProps, 'to' | 'params'>;
  onClose: () => void;
  children: (failure: Placed) => ReactNode;
};

export function CreateForm<Body, Made>(props: CreateFormProps<Body, Made>) {
  const { create, body, fields, about = fieldOrName, page, onClose, children } = props;
  const navigate = useNavigate();
  const failure = placed(create.error, fields, about(create.error));
  const submit = () =>
    body !== undefined &&
    create.mutate(body, {
      onSuccess: (made) => navigate(page(made)),
      onError: (error) => focusById(about(error)),
    });
  return (
    <DialogForm
      onSubmit={submit}
      onChange={create.reset}
      onClose={onClose}
      action="Create"
      ready={body !== undefined}
      pending={create.isPending}
      error={failure.elsewhere}
    >
      {children(failure)}
    </DialogForm>
  );
}
