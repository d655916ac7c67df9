/** The second step: a name, a technology, and what will be set up for them. */
import { Button, Group, Paper, Select, Stack, Switch, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { databaseChoicesQuery } from '../api/choices.ts';
import { placed } from '../api/errors.ts';
import type { Connection } from '../api/types.ts';
import { ClientName, DEFAULT_NAME } from '../clients/client-name.tsx';
import { type Addresses, GUIDES } from '../clients/quick-start/catalogue.ts';
import { addressesFor } from '../clients/quick-start/facts.ts';
import { tryCallback } from '../clients/quick-start/try-login.ts';
import { nameProblem } from '../clients/settings/checks.ts';
import type { ClientType } from '../clients/type-values.ts';
import { CLIENT_TYPES } from '../clients/types.tsx';
import { useDashboard } from '../dashboard.tsx';
import { Facts } from '../ui/facts.tsx';
import { focusField } from '../ui/focus-field.ts';
import { ButtonLink, TextLink } from '../ui/links.tsx';
import { InlineFailure } from '../ui/states.tsx';
import { useMakeFirstClient } from './queries.ts';
import { StepPage } from './step-page.tsx';
import { Technologies } from './technologies.tsx';

export function MakeClient({ type }: { type: ClientType }) {
  const { api, config } = useDashboard();
  const navigate = useNavigate();
  const databases = useQuery(databaseChoicesQuery(api)).data ?? [];
  const make = useMakeFirstClient();
  const [name, setName] = useState(DEFAULT_NAME);
  const [technology, setTechnology] = useState('');
  const [isOpen, setIsOpen] = useState(true);
  const [chosen, setChosen] = useState<string>();
  const isMachine = type === 'non_interactive';
  const guide = GUIDES[type].find(({ id }) => id === technology);
  const addresses = guide && addressesFor(guide, config.domain);
  const database = databases.find(({ id }) => id === chosen) ?? databases[0];
  const connection = !isMachine && isOpen ? database?.id : undefined;
  const failure = placed(make.error, ['name']);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate(
      { name: name.trim(), type, guide: guide?.id, addresses, connection },
      {
        onSuccess: ({ client_id }) => navigate({ to: '/welcome', search: { client: client_id } }),
        onError: focusField,
      },
    );
  };
  return (
    <StepPage
      step={2}
      title={isMachine ? 'What does it run on?' : 'What is it made with?'}
      description={`${CLIENT_TYPES.find(({ value }) => value === type)!.label}. Everything here can be changed later.`}
    >
      <form onSubmit={submit}>
        <Stack gap="xl">
          <ClientName maw={480} value={name} failure={failure} onText={setName} />
          <Technologies type={type} value={technology} onChange={setTechnology} />
          {technology !== '' && !isMachine && (
            <SetUp addresses={addresses}>
              <Open isOpen={isOpen} onOpen={setIsOpen} databases={databases} chosen={database} onChoose={setChosen} />
            </SetUp>
          )}
          <InlineFailure error={failure.elsewhere} />
          <Group gap="sm">
            <Button
              type="submit"
              size="md"
              disabled={name.trim() === '' || nameProblem(name) !== undefined || technology === ''}
              loading={make.isPending}
            >
              Create client
            </Button>
            <ButtonLink to="/welcome" search={{ again: true }} size="md" variant="default">
              Back
            </ButtonLink>
          </Group>
        </Stack>
      </form>
    </StepPage>
  );
}

/** What the client will be allowed, before it is made. */
function SetUp({ addresses, children }: { addresses: Addresses | undefined; children: ReactNode }) {
  const facts = [
    ...rows('Allowed callback', addresses?.callbacks),
    { label: 'Callback of the trial', value: tryCallback(), mono: true },
    ...rows('Allowed after logout', addresses?.allowed_logout_urls),
    ...rows('Allowed web origin', addresses?.web_origins),
  ];
  return (
    <Paper withBorder radius="lg" p="lg">
      <Stack gap="md">
        <Stack gap={4}>
          <Title order={2}>What will be set up</Title>
          <Text size="sm" c="dimmed" maw={620}>
            {addresses
              ? 'Where the sample of the quick start runs on your machine, and where the trial comes back to.'
              : 'Where the trial comes back to. Add the addresses of your application in the settings of the client.'}
          </Text>
        </Stack>
        <Facts facts={facts} />
        {children}
      </Stack>
    </Paper>
  );
}

function rows(label: string, list: readonly string[] = []) {
  return list.map((value, position) => ({
    label: list.length > 1 ? `${label} ${position + 1}` : label,
    value,
    mono: true,
  }));
}

type OpenProps = {
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
  databases: readonly Connection[];
  chosen: Connection | undefined;
  onChoose: (id: string) => void;
};

/** Where people come from: a client has no connection of its own accord. */
function Open({ isOpen, onOpen, databases, chosen, onChoose }: OpenProps) {
  if (!chosen) {
    return (
      <Text size="sm" c="dimmed">
        This tenant has no database of users. Enable another way to sign in for the client later, in{' '}
        <TextLink to="/connections" inherit underline="always">
          connections
        </TextLink>
        .
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      <Switch
        label="Let people sign in with an email address and a password"
        description={`Enables the connection ${chosen.name} for this client. A new client has none, and nobody can sign in to it.`}
        checked={isOpen}
        onChange={(event) => onOpen(event.currentTarget.checked)}
      />
      {isOpen && databases.length > 1 && (
        <Select
          label="Connection"
          allowDeselect={false}
          maw={480}
          data={databases.map(({ id, name }) => ({ value: id, label: name }))}
          value={chosen.id}
          onChange={(id) => id && onChoose(id)}
        />
      )}
    </Stack>
  );
}
