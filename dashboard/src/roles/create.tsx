import { useState } from 'react';
import { CreateForm } from '../ui/create-form.tsx';
import { dialogOf } from '../ui/dialog-of.tsx';
import { DialogText } from '../ui/dialog-text.tsx';
import { useCreateRole } from './queries.ts';

/** The dialog that makes a role and opens its permissions. */
export const CreateRole = dialogOf('Create role', RoleForm);

function RoleForm({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const body = { name: name.trim(), ...(description.trim() ? { description: description.trim() } : {}) };
  return (
    <CreateForm
      create={useCreateRole()}
      body={body.name ? body : undefined}
      fields={['name', 'description']}
      page={({ id }) => ({ to: '/roles/$roleId/permissions', params: { roleId: id } })}
      onClose={onClose}
    >
      {(failure) => (
        <>
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
        </>
      )}
    </CreateForm>
  );
}
