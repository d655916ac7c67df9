import { Anchor, Group, Radio, SimpleGrid, Stack, Text, ThemeIcon } from '@mantine/core';
import { useState } from 'react';
import { CreateForm } from '../ui/create-form.tsx';
import { dialogOf } from '../ui/dialog-of.tsx';
import { ClientName, DEFAULT_NAME } from './client-name.tsx';
import classes from './create.module.css';
import { useCreateClient } from './queries.ts';
import { nameProblem } from './settings/checks.ts';
import type { ClientType } from './type-values.ts';
import { CLIENT_TYPES } from './types.tsx';

/** The dialog that makes a client and opens its page. */
export const CreateClient = dialogOf('Create Client', ClientForm, { size: 'xl' });

function ClientForm({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState(DEFAULT_NAME);
  const [type, setType] = useState<ClientType | ''>('');
  const name = typed.trim();
  return (
    <CreateForm
      create={useCreateClient()}
      body={name && type && !nameProblem(name) ? { name, app_type: type } : undefined}
      fields={['name']}
      page={({ client_id }) => ({ to: '/clients/$clientId', params: { clientId: client_id } })}
      onClose={onClose}
    >
      {(failure) => (
        <>
          <ClientName
            data-autofocus
            value={typed}
            failure={failure}
            onFocus={(event) => event.currentTarget.select()}
            onText={setTyped}
          />
          <TypeCards value={type} onChange={setType} />
          <Sdks type={type} />
        </>
      )}
    </CreateForm>
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
