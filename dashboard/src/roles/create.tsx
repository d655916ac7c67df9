import { Modal } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { placed } from '../api/errors.ts';
import { DialogForm } from '../ui/dialog-form.tsx';
import { DialogText } from '../ui/dialog-text.tsx';
import { focusField } from '../ui/focus-field.ts';
import { useCreateRole } from './queries.ts';

/** The dialog that makes a role and opens its permissions. */
export function CreateRole({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Create role">
      <CreateForm onClose={onClose} />
    </Modal>
  );
}

// Apart from the dialog, so that it starts empty each time it opens.
function CreateForm({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const create = useCreateRole();
  const navigate = useNavigate();
  const failure = placed(create.error, ['name', 'description']);
  const submit = () =>
    create.mutate(
      { name: name.trim(), ...(description.trim() ? { description: description.trim() } : {}) },
      {
        onSuccess: ({ id }) => navigate({ to: '/roles/$roleId/permissions', params: { roleId: id } }),
        onError: focusField,
      },
    );
  return (
    <DialogForm
      onSubmit={submit}
      onClose={onClose}
      action="Create"
      ready={name.trim() !== ''}
      pending={create.isPending}
      error={failure.elsewhere}
    >
      <DialogText
        id="name"
        data-autofocus
        label="Name"
        placeholder="Editor"
        value={name}
        failure={failure}
        onText={setName}
      />
      <DialogText
        id="description"
        label="Description"
        placeholder="May change what is published"
        value={description}
        failure={failure}
        onText={setDescription}
      />
    </DialogForm>
  );
}
