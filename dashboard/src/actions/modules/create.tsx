import { useState } from 'react';
import { CreateForm } from '../../ui/create-form.tsx';
import { dialogOf } from '../../ui/dialog-of.tsx';
import { DialogText } from '../../ui/dialog-text.tsx';
import { moduleFieldOf, useCreateModule } from './queries.ts';

const STARTER = `// What is exported here, actions get by require('actions:NAME').
module.exports = {
  greet: (name) => 'Hello, ' + name,
};
`;

/** The dialog that makes a module and opens its code. */
export const CreateModule = dialogOf('Create module', ModuleForm);

function ModuleForm({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const name = typed.trim();
  return (
    <CreateForm
      create={useCreateModule()}
      body={name ? { name, code: STARTER.replace('NAME', name) } : undefined}
      fields={['name']}
      about={moduleFieldOf}
      page={({ id }) => ({ to: '/actions/modules/$moduleId', params: { moduleId: id } })}
      onClose={onClose}
    >
      {(failure) => (
        <DialogText
          id="name"
          data-autofocus
          label="Name"
          description="Actions require the module by it, so it cannot be changed later."
          placeholder="logger"
          autoCapitalize="off"
          spellCheck={false}
          value={typed}
          failure={failure}
          onText={setTyped}
        />
      )}
    </CreateForm>
  );
}
