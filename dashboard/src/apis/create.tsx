import { Select } from '@mantine/core';
import { useState } from 'react';
import { fieldOf } from '../api/errors.ts';
import { CreateForm } from '../ui/create-form.tsx';
import { dialogOf } from '../ui/dialog-of.tsx';
import { DialogText } from '../ui/dialog-text.tsx';
import { useCreateApi } from './queries.ts';
import { ALGORITHM_LABELS } from './settings.tsx';

/** The dialog that describes an API and opens its page. */
export const CreateApi = dialogOf('Create API', ApiForm);

function ApiForm({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [identifier, setIdentifier] = useState('');
  const [algorithm, setAlgorithm] = useState('RS256');
  const body = { name: name.trim(), identifier: identifier.trim(), signing_alg: algorithm };
  return (
    <CreateForm
      create={useCreateApi()}
      body={body.name && body.identifier ? body : undefined}
      fields={['name', 'identifier', 'signing_alg']}
      about={fieldAbout}
      page={({ id }) => ({ to: '/apis/$apiId', params: { apiId: id } })}
      onClose={onClose}
    >
      {(failure) => (
        <>
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
        </>
      )}
    </CreateForm>
  );
}

/** The field that a refusal is about; that an identifier is taken is told without naming one. */
function fieldAbout(error: Error | null): string | undefined {
  return /identifier already exists/.test(error?.message ?? '') ? 'identifier' : fieldOf(error);
}
