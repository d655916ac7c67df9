import { Modal, Select } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { fieldOf, placed } from '../api/errors.ts';
import { DialogForm } from '../ui/dialog-form.tsx';
import { DialogText } from '../ui/dialog-text.tsx';
import { focusField } from '../ui/focus-field.ts';
import { useCreateApi } from './queries.ts';
import { ALGORITHM_LABELS } from './settings.tsx';

/** The dialog that describes an API and opens its page. */
export function CreateApi({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Create API">
      <CreateForm onClose={onClose} />
    </Modal>
  );
}

const FIELDS = ['name', 'identifier', 'signing_alg'];

// Apart from the dialog, so that it starts empty each time it opens.
function CreateForm({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [identifier, setIdentifier] = useState('');
  const [algorithm, setAlgorithm] = useState('RS256');
  const create = useCreateApi();
  const navigate = useNavigate();
  const taken = create.error && /identifier already exists/.test(create.error.message);
  const failure = placed(create.error, FIELDS, taken ? 'identifier' : fieldOf(create.error));
  const submit = () =>
    create.mutate(
      { name: name.trim(), identifier: identifier.trim(), signing_alg: algorithm },
      {
        onSuccess: ({ id }) => navigate({ to: '/apis/$apiId', params: { apiId: id } }),
        onError: focusField,
      },
    );
  return (
    <DialogForm
      onSubmit={submit}
      onClose={onClose}
      action="Create"
      ready={name.trim() !== '' && identifier.trim() !== ''}
      pending={create.isPending}
      error={failure.elsewhere}
    >
      <DialogText
        id="name"
        data-autofocus
        label="Name"
        placeholder="Orders"
        value={name}
        failure={failure}
        onText={setName}
      />
      <DialogText
        id="identifier"
        label="Identifier"
        description="The audience of its tokens. Usually the address of the API, which need not be reachable. It cannot be changed later."
        placeholder="https://api.example.com/orders"
        spellCheck={false}
        value={identifier}
        failure={failure}
        onText={setIdentifier}
      />
      <Select
        id="signing_alg"
        label="Signing algorithm"
        allowDeselect={false}
        data={Object.entries(ALGORITHM_LABELS).map(([value, label]) => ({ value, label }))}
        value={algorithm}
        error={failure.at('signing_alg')}
        onChange={(chosen) => chosen && setAlgorithm(chosen)}
      />
    </DialogForm>
  );
}
