/**
 * The secrets of a module. The API takes them all together, each with its value, so that they are entered together.
 */
import { Button, Group, Modal, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { May } from '../../api/may.tsx';
import { Pane } from '../../code/workbench.tsx';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { notifyDone } from '../../ui/notify.tsx';
import { Row, Rows } from '../../ui/rows.tsx';
import { type Module, useUpdateModule } from './queries.ts';
import { secretsIn } from './secret-lines.ts';

export function ModuleSecrets({ module }: { module: Module }) {
  const [setting, dialog] = useDisclosure(false);
  return (
    <Pane
      title="Secrets"
      about={module.secrets.length === 0 && 'Keys of other systems, which do not belong into code.'}
      action={
        <May scope="update:actions">
          <Button variant="default" size="xs" onClick={dialog.open}>
            Set secrets
          </Button>
        </May>
      }
    >
      {module.secrets.length > 0 && (
        <Rows label="Secrets">
          {module.secrets.map(({ name }) => (
            <Row key={name}>
              <Group gap="sm" wrap="nowrap">
                <IconKey size={17} stroke={1.7} aria-hidden style={{ flex: 'none' }} />
                <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
                  {name}
                </Text>
              </Group>
            </Row>
          ))}
        </Rows>
      )}
      <Modal opened={setting} onClose={dialog.close} title="Set secrets">
        <SecretsForm module={module} onClose={dialog.close} />
      </Modal>
    </Pane>
  );
}

// Inside of the dialog, so that values are gone from memory when it closes.
function SecretsForm({ module, onClose }: { module: Module; onClose: () => void }) {
  const [text, setText] = useState(module.secrets.map(({ name }) => `${name}=`).join('\n'));
  const [problem, setProblem] = useState<string>();
  const update = useUpdateModule(module.id);
  const submit = () => {
    const read = secretsIn(text);
    if ('problem' in read) return setProblem(read.problem);
    update.mutate(
      { secrets: read.secrets },
      {
        onSuccess: () => {
          onClose();
          notifyDone('The secrets were set');
        },
      },
    );
  };
  return (
    <DialogForm onSubmit={submit} onClose={onClose} action="Set" pending={update.isPending} error={update.error}>
      <Textarea
        data-autofocus
        label="Secrets"
        description="One in each line: NAME=value. They are set all together: what is left out is removed. Values are kept sealed and not shown again."
        autosize
        minRows={4}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        placeholder="API_KEY=…"
        value={text}
        error={problem}
        onChange={(event) => {
          setProblem(undefined);
          setText(event.currentTarget.value);
        }}
      />
    </DialogForm>
  );
}
