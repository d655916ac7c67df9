/**
 * The end of a thing that has a page of its own: the question before it, and the way to the list that it was in.
 */
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type LinkProps, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Confirm } from './confirm.tsx';
import { Deed } from './deed.tsx';
import { notifyDone } from './notify.tsx';

export type Deletion = {
  /** What it is: "client". */
  thing: string;
  name: string;
  /** The list of such things. */
  to: LinkProps['to'];
  remove: {
    mutate: (input: undefined, options: { onSuccess: () => unknown }) => void;
    reset: () => void;
    error: Error | null;
    isPending: boolean;
  };
  /** What has to be typed first, for what cannot be undone. */
  typed?: string | undefined;
  /** What goes with it. */
  children: ReactNode;
};

export function ConfirmDelete(props: Deletion & { opened: boolean; onClose: () => void }) {
  const { thing, name, to, remove, typed, children, opened, onClose } = props;
  const navigate = useNavigate();
  const confirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        notifyDone(`${name} was deleted`);
        return navigate({ to, ignoreBlocker: true });
      },
    });
  return (
    <Confirm
      opened={opened}
      onClose={() => {
        remove.reset();
        onClose();
      }}
      onConfirm={confirm}
      title={`Delete this ${thing}?`}
      action={`Yes, delete ${thing}`}
      typed={typed}
      pending={remove.isPending}
      error={remove.error}
    >
      {children}
    </Confirm>
  );
}

type DeleteDeedProps = Deletion & { title: string; text: string; button?: string };

/** Deletes the thing of a page of settings. */
export function DeleteDeed({ title, text, button = 'Delete', ...deletion }: DeleteDeedProps) {
  const [asking, dialog] = useDisclosure(false);
  return (
    <Deed title={title} text={text}>
      <Button color="red" onClick={dialog.open}>
        {button}
      </Button>
      <ConfirmDelete {...deletion} opened={asking} onClose={dialog.close} />
    </Deed>
  );
}
