import { Anchor, Group, Modal, Radio, SimpleGrid, Stack, Text, TextInput, ThemeIcon } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { placed } from '../api/errors.ts';
import { DialogForm } from '../ui/dialog-form.tsx';
import { focusField } from '../ui/focus-field.ts';
import classes from './create.module.css';
import { useCreateClient } from './queries.ts';
import type { ClientType } from './type-values.ts';
import { CLIENT_TYPES } from './types.tsx';

/** The dialog that makes a client and opens its page. */
export function CreateClient({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Create Client" size="xl">
      <CreateForm onClose={onClose} />
    </Modal>
  );
}

/** What the window proposes, as the classic product did. */
const DEFAULT_NAME = 'My App';

// Apart from the dialog, so that it starts empty each time it opens.
function CreateForm({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState(DEFAULT_NAME);
  const [type, setType] = useState<ClientType | ''>('');
  const create = useCreateClient();
  const navigate = useNavigate();
  const failure = placed(create.error, ['name']);
  const submit = () => {
    if (type === '') return;
    create.mutate(
      { name: name.trim(), app_type: type },
      {
        onSuccess: ({ client_id }) => navigate({ to: '/clients/$clientId', params: { clientId: client_id } }),
        onError: focusField,
      },
    );
  };
  return (
    <DialogForm
      onSubmit={submit}
      onClose={onClose}
      action="Create"
      ready={name.trim() !== '' && !/[<>]/.test(name) && type !== ''}
      pending={create.isPending}
      error={failure.elsewhere}
    >
      <TextInput
        id="name"
        data-autofocus
        label="Name"
        description="Shown in this dashboard and, where people are asked for consent, to them."
        autoComplete="off"
        required
        withAsterisk={false}
        maxLength={300}
        value={name}
        error={failure.at('name') ?? (/[<>]/.test(name) ? 'A name has no < and no >.' : undefined)}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          create.reset();
          setName(event.currentTarget.value);
        }}
      />
      <TypeCards value={type} onChange={setType} />
      <Sdks type={type} />
    </DialogForm>
  );
}

function TypeCards({ value, onChange }: { value: ClientType | ''; onChange: (type: ClientType) => void }) {
  return (
    <Radio.Group label="Choose a type of client" value={value} onChange={(type) => onChange(type as ClientType)}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" mt={6}>
        {CLIENT_TYPES.map(({ value: type, label, explanation, Icon }) => (
          <Radio.Card key={type} value={type} className={classes.card} aria-label={`${label}: ${explanation}`}>
            <Group gap="sm" wrap="nowrap" align="flex-start">
              <ThemeIcon variant="light" size={34} aria-hidden>
                <Icon size={19} stroke={1.6} />
              </ThemeIcon>
              <Stack gap={3}>
                <Text fw={600}>{label}</Text>
                <Text size="sm" c="dimmed">
                  {explanation}
                </Text>
              </Stack>
            </Group>
          </Radio.Card>
        ))}
      </SimpleGrid>
    </Radio.Group>
  );
}

/** Where the SDKs for the chosen type are. Its place is kept free before there is one, so that nothing moves. */
function Sdks({ type }: { type: ClientType | '' }) {
  const chosen = CLIENT_TYPES.find(({ value }) => value === type);
  return (
    <Text size="sm" c="dimmed" mih="2.8em" role="status">
      {chosen ? (
        <>
          SDKs that work with it:{' '}
          {chosen.sdks.map(({ name, href }, position) => (
            <span key={name}>
              {position > 0 && ', '}
              <Anchor href={href} target="_blank" rel="noreferrer" underline="always" inherit>
                {name}
              </Anchor>
            </span>
          ))}
          . The Quick Start shows how.
        </>
      ) : (
        'The type decides what the settings offer; it can be changed later.'
      )}
    </Text>
  );
}
