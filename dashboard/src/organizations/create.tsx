import { Modal } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { placed } from '../api/errors.ts';
import { DialogForm } from '../ui/dialog-form.tsx';
import { DialogText } from '../ui/dialog-text.tsx';
import { focusField } from '../ui/focus-field.ts';
import { nameFrom } from './names.ts';
import { useCreateOrganization } from './queries.ts';

/** The dialog that makes an organization and opens its page. */
export function CreateOrganization({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Create organization">
      <CreateForm onClose={onClose} />
    </Modal>
  );
}

// Apart from the dialog, so that it starts empty each time it opens.
function CreateForm({ onClose }: { onClose: () => void }) {
  const [title, setTitle] = useState('');
  const [typed, setTyped] = useState<string>();
  const create = useCreateOrganization();
  const navigate = useNavigate();
  const name = typed ?? nameFrom(title);
  const failure = placed(create.error, ['name', 'display_name']);
  const submit = () =>
    create.mutate(
      { name: name.trim(), ...(title.trim() ? { display_name: title.trim() } : {}) },
      {
        onSuccess: ({ id }) => navigate({ to: '/organizations/$organizationId', params: { organizationId: id } }),
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
        id="display_name"
        data-autofocus
        label="Display name"
        description="What people read."
        placeholder="Acme Ltd"
        value={title}
        failure={failure}
        onText={setTitle}
      />
      <DialogText
        id="name"
        label="Name"
        description="What requests and tokens say: lower-case letters, digits, hyphens and underscores."
        placeholder="acme"
        autoCapitalize="off"
        spellCheck={false}
        value={name}
        failure={failure}
        onText={setTyped}
      />
    </DialogForm>
  );
}
