/**
 * Values that code reads by their names: set and replaced, and never shown again.
 */
import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { IconKey, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { fieldOf, reasonOf } from '../api/errors.ts';
import { type Scope, useMay } from '../api/may.tsx';
import { useAsked } from '../ui/asked.ts';
import { IconDeed } from '../ui/buttons.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { DialogForm } from '../ui/dialog-form.tsx';
import { Ago } from '../ui/moment.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { Row, Rows, rowControl } from '../ui/rows.tsx';
import { Pane } from './workbench.tsx';

export type Secret = { readonly name: string; readonly updated_at?: string };
export type SecretValue = { readonly name: string; readonly value: string };

/** As much of a mutation as is needed. */
type Change<Input> = {
  mutate: (input: Input, options: { onSuccess: () => void }) => void;
  reset: () => void;
  error: Error | null;
  isPending: boolean;
};

export type SecretsProps = {
  /** What one of them is called, such as "secret". */
  thing: string;
  secrets: readonly Secret[];
  set: Change<SecretValue>;
  remove: Change<string>;
  /** What setting one and removing one need. */
  setScope: Scope;
  removeScope: Scope;
  /** How the code reads one: `event.secrets.`, which the name is put behind. */
  readBy: string;
  /** Why a name cannot be, before it is sent. */
  problemOf?: (name: string) => string | undefined;
};

/** The list with its dialogs; where the button that adds one stands is for the caller to say. */
export function useSecrets(props: SecretsProps): { add: ReactNode; list: ReactNode } {
  const { thing, secrets, set, remove } = props;
  const maySet = useMay(props.setScope);
  const mayRemove = useMay(props.removeScope);
  const [editing, setEditing] = useState<string>();
  const removal = useAsked(remove, (name) => `${name} was removed`);
  const open = (name: string) => {
    set.reset();
    setEditing(name);
  };
  const add = maySet && (
    <Button variant="default" size="xs" leftSection={<IconPlus size={15} aria-hidden />} onClick={() => open('')}>
      Add {thing}
    </Button>
  );
  const list = (
    <>
      {secrets.length > 0 && (
        <Rows label={`${thing}s`}>
          {secrets.map((secret) => (
            <SecretRow
              key={secret.name}
              secret={secret}
              onReplace={maySet && (() => open(secret.name))}
              onRemove={mayRemove && (() => removal.ask(secret.name))}
            />
          ))}
        </Rows>
      )}
      <Modal
        opened={editing !== undefined}
        onClose={() => setEditing(undefined)}
        title={editing ? `Replace ${editing}` : `Add ${thing}`}
      >
        <ValueForm {...props} name={editing ?? ''} onClose={() => setEditing(undefined)} />
      </Modal>
      <Confirm {...removal.question} title={`Remove this ${thing}?`} action="Remove">
        Code that reads <strong>{removal.about}</strong> gets nothing. Its value cannot be brought back.
      </Confirm>
    </>
  );
  return { add, list };
}

/** The same at the side of the code. */
export function SecretsPane(props: SecretsProps) {
  const { add, list } = useSecrets(props);
  return (
    <Pane
      title="Secrets"
      about={props.secrets.length === 0 && 'Keys of other systems, which do not belong into code.'}
      action={add}
    >
      {list}
    </Pane>
  );
}

type Deed = false | (() => void);

function SecretRow(props: { secret: Secret; onReplace: Deed; onRemove: Deed }) {
  const { name, updated_at } = props.secret;
  return (
    <Row>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Group gap="sm" wrap="nowrap" miw={0}>
          <IconKey size={17} stroke={1.7} aria-hidden style={{ flex: 'none' }} />
          <Stack gap={0} miw={0}>
            <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
              {name}
            </Text>
            {updated_at && (
              <Text size="xs" c="dimmed">
                Set <Ago at={updated_at} span inherit />
              </Text>
            )}
          </Stack>
        </Group>
        <Group gap={2} wrap="nowrap" className={rowControl}>
          {props.onReplace && (
            <IconDeed label={`Replace ${name}`} onClick={props.onReplace}>
              <IconPencil size={17} />
            </IconDeed>
          )}
          {props.onRemove && (
            <IconDeed label={`Remove ${name}`} onClick={props.onRemove}>
              <IconTrash size={17} />
            </IconDeed>
          )}
        </Group>
      </Group>
    </Row>
  );
}

// Inside of the dialog, so that a value is gone from memory when it closes.
function ValueForm(props: SecretsProps & { name: string; onClose: () => void }) {
  const { thing, secrets, set, readBy, problemOf, onClose } = props;
  const isNew = props.name === '';
  const [name, setName] = useState(props.name);
  const [value, setValue] = useState('');
  const typed = name.trim();
  const isTaken = isNew && secrets.some((secret) => secret.name === typed);
  const problem = isTaken ? `There is such a ${thing} already.` : typed === '' ? undefined : problemOf?.(typed);
  const refused = fieldOf(set.error);
  const isValueRefused = refused === 'value' || refused === 'secrets';
  const submit = () =>
    set.mutate(
      { name: typed, value },
      {
        onSuccess: () => {
          onClose();
          notifyDone(`${typed} was set`);
        },
      },
    );
  return (
    <DialogForm
      onSubmit={submit}
      onClose={onClose}
      action={isNew ? 'Add' : 'Replace'}
      ready={typed !== '' && problem === undefined && value !== ''}
      pending={set.isPending}
      error={isValueRefused ? undefined : set.error}
    >
      {isNew && (
        <TextInput
          id="key"
          data-autofocus
          label="Name"
          placeholder="API_KEY"
          autoComplete="off"
          spellCheck={false}
          value={name}
          error={problem}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      <PasswordInput
        id="value"
        data-autofocus={isNew ? undefined : true}
        label="Value"
        description={
          <>
            The code reads it as{' '}
            <Text span ff="monospace" inherit>
              {readBy}
              {typed || 'NAME'}
            </Text>
            . It is kept sealed and not shown again.
          </>
        }
        autoComplete="off"
        data-1p-ignore
        value={value}
        error={isValueRefused ? reasonOf(set.error) : undefined}
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the value', tabIndex: 0 }}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
    </DialogForm>
  );
}
