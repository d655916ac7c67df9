import { Modal, Select } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { hookResource } from '../../../server/api/hooks/schema.ts';
import { placed } from '../api/errors.ts';
import { patternOf } from '../forms/schema.ts';
import { DialogForm } from '../ui/dialog-form.tsx';
import { DialogText } from '../ui/dialog-text.tsx';
import { focusById } from '../ui/focus-field.ts';
import { hookFieldOf, useCreateHook } from './queries.ts';
import { HOOK_TRIGGERS, HOOK_WORDS, type HookTrigger } from './words.ts';

/** The dialog that makes a hook and opens its code. */
export function CreateHook({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Create hook">
      <CreateForm onClose={onClose} />
    </Modal>
  );
}

const NAME = patternOf(hookResource.fields.name.schema);

/** What is wrong with a name before it is sent. */
export function hookNameProblem(name: string): string | undefined {
  return NAME.test(name.trim()) ? undefined : 'Enter a name of letters, digits, spaces and hyphens.';
}

// Apart from the dialog, so that it starts empty each time it opens.
function CreateForm({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [triggerId, setTrigger] = useState<HookTrigger>('pre-user-registration');
  const create = useCreateHook();
  const navigate = useNavigate();
  const failure = placed(create.error, ['name'], hookFieldOf(create.error));
  const problem = name.trim() === '' ? undefined : hookNameProblem(name);
  const submit = () =>
    create.mutate(
      { name: name.trim(), triggerId, script: HOOK_WORDS[triggerId].code },
      {
        onSuccess: ({ id }) => navigate({ to: '/hooks/$hookId', params: { hookId: id } }),
        onError: (error) => focusById(hookFieldOf(error)),
      },
    );
  return (
    <DialogForm
      onSubmit={submit}
      onClose={onClose}
      action="Create"
      ready={name.trim() !== '' && problem === undefined}
      pending={create.isPending}
      error={failure.elsewhere}
    >
      <DialogText
        id="name"
        data-autofocus
        label="Name"
        placeholder="Check the domain"
        value={name}
        failure={failure}
        problem={problem}
        onText={(text) => {
          create.reset();
          setName(text);
        }}
      />
      <Select
        label="Moment"
        description={HOOK_WORDS[triggerId].about}
        allowDeselect={false}
        data={HOOK_TRIGGERS.map((value) => ({ value, label: HOOK_WORDS[value].label }))}
        value={triggerId}
        onChange={(chosen) => chosen && setTrigger(chosen as HookTrigger)}
      />
    </DialogForm>
  );
}
