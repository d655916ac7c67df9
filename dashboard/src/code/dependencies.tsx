/**
 * Packages that code needs, by name and version. Which of them exist is not asked of anybody.
 */
import { Button, Group, Modal, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPackage, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { type Scope, useMay } from '../api/may.tsx';
import { IconDeed } from '../ui/buttons.tsx';
import { DialogForm } from '../ui/dialog-form.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { Row, Rows, rowControl } from '../ui/rows.tsx';
import { InlineFailure } from '../ui/states.tsx';
import { Pane } from './workbench.tsx';

export type Dependency = { readonly name: string; readonly version: string };

export type DependenciesProps = {
  dependencies: readonly Dependency[];
  /** Takes all of them. */
  save: {
    mutate: (all: Dependency[], options: { onSuccess: () => void }) => void;
    reset: () => void;
    error: Error | null;
    isPending: boolean;
  };
  scope: Scope;
};

/** The list at the side of the code, with its dialog. */
export function PackagesPane({ dependencies, save, scope }: DependenciesProps) {
  const [adding, dialog] = useDisclosure(false);
  const mayChange = useMay(scope);
  const add = mayChange && (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconPlus size={15} aria-hidden />}
      onClick={() => {
        save.reset();
        dialog.open();
      }}
    >
      Add package
    </Button>
  );
  const remove = (name: string) =>
    save.mutate(
      dependencies.filter((one) => one.name !== name),
      { onSuccess: () => notifyDone(`${name} was removed`) },
    );
  return (
    <Pane
      title="Packages"
      about={dependencies.length === 0 && 'Packages of npm that the code requires. They are kept, not installed yet.'}
      action={add}
    >
      {dependencies.length > 0 && (
        <Rows label="Packages">
          {dependencies.map(({ name, version }) => (
            <Row key={name}>
              <Group justify="space-between" gap="xs" wrap="nowrap">
                <Group gap="sm" wrap="nowrap" miw={0}>
                  <IconPackage size={17} stroke={1.7} aria-hidden style={{ flex: 'none' }} />
                  <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
                    {name}@{version}
                  </Text>
                </Group>
                {mayChange && (
                  <div className={rowControl}>
                    <IconDeed label={`Remove ${name}`} onClick={() => remove(name)}>
                      <IconTrash size={17} />
                    </IconDeed>
                  </div>
                )}
              </Group>
            </Row>
          ))}
        </Rows>
      )}
      {!adding && <InlineFailure error={save.error} />}
      <Modal opened={adding} onClose={dialog.close} title="Add package">
        <PackageForm dependencies={dependencies} save={save} scope={scope} onClose={dialog.close} />
      </Modal>
    </Pane>
  );
}

/** A name that the registry of npm would take. */
const NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;

// Apart from the dialog, so that it starts empty each time it opens.
function PackageForm({ dependencies, save, onClose }: DependenciesProps & { onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const [version, setVersion] = useState('');
  // `axios@1.7.2` may be pasted whole.
  const pasted = /^(@?[^@\s]+)@(\S+)$/.exec(typed.trim());
  const name = pasted?.[1] ?? typed.trim();
  const chosen = version.trim() || (pasted?.[2] ?? '');
  const problem = name === '' || NAME.test(name) ? undefined : 'This is no name of a package.';
  const submit = () => {
    const others = dependencies.filter((one) => one.name !== name);
    save.mutate([...others, { name, version: chosen || 'latest' }], {
      onSuccess: () => {
        onClose();
        notifyDone(`${name} was added`);
      },
    });
  };
  return (
    <DialogForm
      onSubmit={submit}
      onClose={onClose}
      action="Add"
      ready={name !== '' && problem === undefined}
      pending={save.isPending}
      error={save.error}
    >
      <TextInput
        data-autofocus
        label="Name"
        placeholder="axios"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={typed}
        error={problem}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <TextInput
        label="Version"
        description="An exact one is the same at each deployment."
        placeholder={pasted?.[2] ?? 'latest'}
        autoComplete="off"
        maxLength={50}
        value={version}
        onChange={(event) => setVersion(event.currentTarget.value)}
      />
    </DialogForm>
  );
}
