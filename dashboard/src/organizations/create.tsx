import { useState } from 'react';
import { CreateForm } from '../ui/create-form.tsx';
import { dialogOf } from '../ui/dialog-of.tsx';
import { DialogText } from '../ui/dialog-text.tsx';
import { nameFrom } from './names.ts';
import { useCreateOrganization } from './queries.ts';

/** The dialog that makes an organization and opens its page. */
export const CreateOrganization = dialogOf('Create organization', OrganizationForm);

function OrganizationForm({ onClose }: { onClose: () => void }) {
  const [title, setTitle] = useState('');
  const [typed, setTyped] = useState<string>();
  const name = typed ?? nameFrom(title);
  const body = { name: name.trim(), ...(title.trim() ? { display_name: title.trim() } : {}) };
  return (
    <CreateForm
      create={useCreateOrganization()}
      body={body.name ? body : undefined}
      fields={['name', 'display_name']}
      page={({ id }) => ({ to: '/organizations/$organizationId', params: { organizationId: id } })}
      onClose={onClose}
    >
      {(failure) => (
        <>
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
        </>
      )}
    </CreateForm>
  );
}
