/** The buttons of lists: one that adds to a list, and those that do something to a row of it. */
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { May, type Scope } from '../api/may.tsx';

type ListButtonProps = {
  /** Scopes of which one is enough; without any of them the button is not there. */
  scope: Scope | readonly Scope[];
  onClick: () => void;
  children: ReactNode;
};

/** Adds something to a list: usually it opens the dialog for that. */
export function AddButton({ scope, onClick, children }: ListButtonProps) {
  return (
    <May scope={scope}>
      <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={onClick}>
        {children}
      </Button>
    </May>
  );
}

/** Does something to a row; `label` says to which, for those who do not see where the button stands. */
export function RowButton({ scope, label, onClick, children }: ListButtonProps & { label: string }) {
  return (
    <May scope={scope}>
      <Button variant="default" size="xs" flex="none" aria-label={label} onClick={onClick}>
        {children}
      </Button>
    </May>
  );
}

/** A button that is only a picture; its label shows on hover. */
export function IconDeed({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" c="dimmed" aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
