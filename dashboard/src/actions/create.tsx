import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { focusById } from '../ui/focus-field.ts';
import { InlineFailure } from '../ui/states.tsx';
import { actionFieldOf, useCreateAction } from './queries.ts';
import { CURRENT_TRIGGERS, runtimeLabel, starterOf, TRIGGER_GROUPS, wordsOfTrigger } from './words.ts';

type CreateProps = { trigger: string | undefined; onClose: () => void };

/** The dialog that makes an action and opens its code. */
export function CreateAction({ opened, ...props }: CreateProps & { opened: boolean }) {
  return (
    <Modal opened={opened} onClose={props.onClose} title="Create action">
      <CreateForm {...props} />
    </Modal>
  );
}

const CHOICES = Object.entries(TRIGGER_GROUPS).map(([group, label]) => ({
  group: label,
  items: CURRENT_TRIGGERS.filter(({ id }) => wordsOfTrigger(id).group === group).map(({ id }) => ({
    value: id,
    label: wordsOfTrigger(id).label,
  })),
}));

// Apart from the dialog, so that it starts empty each time it opens.
function CreateForm({ trigger: wanted, onClose }: CreateProps) {
  const [name, setName] = useState('');
  const [id, setId] = useState(wanted ?? 'post-login');
  const [chosen, setChosen] = useState<string>();
  const create = useCreateAction();
  const navigate = useNavigate();
  const trigger = CURRENT_TRIGGERS.find((one) => one.id === id) ?? CURRENT_TRIGGERS[0]!;
  const runtime = chosen && trigger.runtimes.includes(chosen) ? chosen : trigger.default_runtime;
  const refused = actionFieldOf(create.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(
      {
        name: name.trim(),
        supported_triggers: [{ id: trigger.id, version: trigger.version }],
        code: starterOf(trigger.id),
        runtime,
      },
      {
        onSuccess: ({ id: actionId }) => navigate({ to: '/actions/library/$actionId', params: { actionId } }),
        onError: (error) => focusById(actionFieldOf(error)),
      },
    );
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <TextInput
          id="name"
          data-autofocus
          label="Name"
          placeholder="Add roles to tokens"
          autoComplete="off"
          value={name}
          error={refused === 'name' ? create.error?.message : undefined}
          onChange={(event) => {
            create.reset();
            setName(event.currentTarget.value);
          }}
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
        {refused !== 'name' && <InlineFailure error={create.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={name.trim() === ''} loading={create.isPending}>
            Create
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
