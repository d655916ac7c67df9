import { Select } from '@mantine/core';
import { useState } from 'react';
import { CreateForm } from '../ui/create-form.tsx';
import { dialogOf } from '../ui/dialog-of.tsx';
import { DialogText } from '../ui/dialog-text.tsx';
import { actionFieldOf, useCreateAction } from './queries.ts';
import { CURRENT_TRIGGERS, runtimeLabel, starterOf, TRIGGER_GROUPS, wordsOfTrigger } from './words.ts';

type CreateProps = { trigger: string | undefined; onClose: () => void };

/** The dialog that makes an action and opens its code. */
export const CreateAction = dialogOf('Create action', ActionForm);

const CHOICES = Object.entries(TRIGGER_GROUPS).map(([group, label]) => ({
  group: label,
  items: CURRENT_TRIGGERS.filter(({ id }) => wordsOfTrigger(id).group === group).map(({ id }) => ({
    value: id,
    label: wordsOfTrigger(id).label,
  })),
}));

function ActionForm({ trigger: wanted, onClose }: CreateProps) {
  const [name, setName] = useState('');
  const [id, setId] = useState(wanted ?? 'post-login');
  const [chosen, setChosen] = useState<string>();
  const trigger = CURRENT_TRIGGERS.find((one) => one.id === id) ?? CURRENT_TRIGGERS[0]!;
  const runtime = chosen && trigger.runtimes.includes(chosen) ? chosen : trigger.default_runtime;
  const body = {
    name: name.trim(),
    supported_triggers: [{ id: trigger.id, version: trigger.version }],
    code: starterOf(trigger.id),
    runtime,
  };
  return (
    <CreateForm
      create={useCreateAction()}
      body={body.name ? body : undefined}
      fields={['name']}
      about={actionFieldOf}
      page={(action) => ({ to: '/actions/library/$actionId', params: { actionId: action.id } })}
      onClose={onClose}
    >
      {(failure) => (
        <>
          <DialogText
            id="name"
            data-autofocus
            label="Name"
            placeholder="Add roles to tokens"
            value={name}
            failure={failure}
            onText={setName}
          />
          <Select
            label="Trigger"
            description={wordsOfTrigger(trigger.id).about}
            data={CHOICES}
            searchable
            allowDeselect={false}
            maxDropdownHeight={320}
            value={trigger.id}
            onChange={(next) => setId(next ?? trigger.id)}
          />
          <Select
            label="Runtime"
            allowDeselect={false}
            data={trigger.runtimes.map((value) => ({ value, label: runtimeLabel(value) }))}
            value={runtime}
            onChange={(next) => setChosen(next ?? undefined)}
          />
        </>
      )}
    </CreateForm>
  );
}
