import { Select } from '@mantine/core';
import { useState } from 'react';
import { hookResource } from '../../../server/api/hooks/schema.ts';
import { patternOf } from '../forms/schema.ts';
import { CreateForm } from '../ui/create-form.tsx';
import { dialogOf } from '../ui/dialog-of.tsx';
import { DialogText } from '../ui/dialog-text.tsx';
import { hookFieldOf, useCreateHook } from './queries.ts';
import { HOOK_TRIGGERS, HOOK_WORDS, type HookTrigger } from './words.ts';

/** The dialog that makes a hook and opens its code. */
export const CreateHook = dialogOf('Create hook', HookForm);

const NAME = patternOf(hookResource.fields.name.schema);

/** What is wrong with a name before it is sent. */
export function hookNameProblem(name: string): string | undefined {
  return NAME.test(name.trim()) ? undefined : 'Enter a name of letters, digits, spaces and hyphens.';
}

function HookForm({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [triggerId, setTrigger] = useState<HookTrigger>('pre-user-registration');
  const problem = name.trim() === '' ? undefined : hookNameProblem(name);
  const body = { name: name.trim(), triggerId, script: HOOK_WORDS[triggerId].code };
  return (
    <CreateForm
      create={useCreateHook()}
      body={body.name && !problem ? body : undefined}
      fields={['name']}
      about={hookFieldOf}
      page={({ id }) => ({ to: '/hooks/$hookId', params: { hookId: id } })}
      onClose={onClose}
    >
      {(failure) => (
        <>
          <DialogText
            id="name"
            data-autofocus
            label="Name"
            placeholder="Check the domain"
            value={name}
            failure={failure}
            problem={problem}
            onText={setName}
          />
          <Select
            label="Moment"
            description={HOOK_WORDS[triggerId].about}
            allowDeselect={false}
            data={HOOK_TRIGGERS.map((value) => ({ value, label: HOOK_WORDS[value].label }))}
            value={triggerId}
            onChange={(chosen) => chosen && setTrigger(chosen as HookTrigger)}
          />
        </>
      )}
    </CreateForm>
  );
}
