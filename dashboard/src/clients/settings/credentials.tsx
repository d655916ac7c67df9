/**
 * How a client that can keep a secret proves who it is: with its secret, or with a key pair of which this server holds
 * the public half (private_key_jwt, RFC 7523).
 */
import { Button, Group, Modal, Paper, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKey, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldOf, reasonOf } from '../../api/errors.ts';
import { May, useMay } from '../../api/may.tsx';
import type { Client, ClientCredential } from '../../api/types.ts';
import { useDashboard } from '../../dashboard.tsx';
import { IconDeed } from '../../ui/buttons.tsx';
import { AskedChange } from '../../ui/confirm-change.tsx';
import { CopyIcon } from '../../ui/copy.tsx';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { notifyDone } from '../../ui/notify.tsx';
import { Section } from '../../ui/section.tsx';
import { InlineFailure } from '../../ui/states.tsx';
import { type ClientChanges, useUpdateClient } from '../queries.ts';

/** How many keys may be in force: the present one, and the next while they are exchanged. */
const MOST_KEYS = 2;

const keysOf = (clientId: string) => ['clients', 'credentials', clientId];

export function Credentials({ client }: { client: Client }) {
  const { api } = useDashboard();
  const [adding, dialog] = useDisclosure(false);
  const mayAdd = [useMay('create:client_credentials'), useMay('update:clients')].every(Boolean);
  const inForce = client.client_authentication_methods?.private_key_jwt?.credentials ?? [];
  const keys = useQuery({
    queryKey: keysOf(client.client_id),
    queryFn: ({ signal }) =>
      api<ClientCredential[]>(`/clients/${encodeURIComponent(client.client_id)}/credentials`, { signal }),
    enabled: inForce.length > 0,
  });
  return (
    <Section
      title="Credentials"
      description="A key pair is safer than a secret: what proves the client never leaves it."
    >
      {inForce.length === 0 ? (
        <Text>
          This client proves itself {HOW[client.token_endpoint_auth_method ?? ''] ?? 'with its client secret'}. With a
          public key here, it signs its requests instead and the secret is not accepted any more.
        </Text>
      ) : (
        <Stack gap="sm">
          <Text>This client signs its requests with a private key. These public keys are accepted:</Text>
          <InlineFailure error={keys.error} />
          {inForce.map(({ id }) => (
            <Key
              key={id}
              client={client}
              credential={keys.data?.find((credential) => credential.id === id) ?? { id }}
            />
          ))}
        </Stack>
      )}
      {mayAdd && (
        <Group gap="sm">
          <Button
            variant="default"
            leftSection={<IconKey size={17} aria-hidden />}
            disabled={inForce.length >= MOST_KEYS}
            onClick={dialog.open}
          >
            Add a public key
          </Button>
          {inForce.length > 0 && <BackToSecret client={client} />}
        </Group>
      )}
      <Modal opened={adding} onClose={dialog.close} title="Add a public key" size="lg">
        <AddKey client={client} onClose={dialog.close} />
      </Modal>
    </Section>
  );
}

const HOW: Readonly<Record<string, string>> = {
  client_secret_post: 'with its client secret in the body',
  client_secret_basic: 'with its client secret in a header',
  none: 'with nothing (PKCE only)',
};

/** The change that puts these keys in force; without any, the secret counts again. */
function withKeys(ids: readonly (string | undefined)[]): ClientChanges {
  if (ids.length === 0) {
    return { client_authentication_methods: null, token_endpoint_auth_method: 'client_secret_post' };
  }
  return { client_authentication_methods: { private_key_jwt: { credentials: ids.map((id) => ({ id })) } } };
}

const idsOf = (client: Client) =>
  client.client_authentication_methods?.private_key_jwt?.credentials.map(({ id }) => id) ?? [];

function Key({ client, credential }: { client: Client; credential: ClientCredential }) {
  const { api } = useDashboard();
  const update = useUpdateClient(client.client_id);
  const remove = useMutation({
    mutationFn: async () => {
      await update.mutateAsync(withKeys(idsOf(client).filter((id) => id !== credential.id)));
      await api<void>(`/clients/${encodeURIComponent(client.client_id)}/credentials/${credential.id}`, {
        method: 'DELETE',
      });
    },
  });
  const name = credential.name || 'Public key';
  return (
    <Paper withBorder radius="md" p="sm" pl="md">
      <Group justify="space-between" wrap="nowrap">
        <Stack gap={2} miw={0}>
          <Text fw={600}>{name}</Text>
          <Group gap={4} wrap="nowrap" miw={0}>
            <Text size="sm" c="dimmed" ff="monospace" truncate>
              {credential.alg ?? ''} {credential.kid ?? credential.id}
            </Text>
            {credential.kid && <CopyIcon value={credential.kid} label={`key ID of ${name}`} />}
          </Group>
        </Stack>
        <May scope="delete:client_credentials">
          <AskedChange
            button={(ask) => (
              <IconDeed label={`Remove ${name}`} onClick={ask}>
                <IconTrash size={17} />
              </IconDeed>
            )}
            change={remove}
            input={undefined}
            done="The key was removed"
            title="Remove this key?"
            action="Remove key"
          >
            Requests signed with <strong>{name}</strong> are refused at once.
            {idsOf(client).length === 1 && ' It is the last key: the client secret counts again.'}
          </AskedChange>
        </May>
      </Group>
    </Paper>
  );
}

function BackToSecret({ client }: { client: Client }) {
  return (
    <AskedChange
      button={(ask) => (
        <Button variant="subtle" onClick={ask}>
          Use the client secret instead
        </Button>
      )}
      change={useUpdateClient(client.client_id)}
      input={withKeys([])}
      done="The client secret counts again"
      title="Use the client secret?"
      action="Use the secret"
    >
      Signed requests of <strong>{client.name}</strong> are refused at once, and its secret is accepted.
    </AskedChange>
  );
}

function AddKey({ client, onClose }: { client: Client; onClose: () => void }) {
  const { api } = useDashboard();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [pem, setPem] = useState('');
  const [alg, setAlg] = useState('RS256');
  const update = useUpdateClient(client.client_id);
  const add = useMutation({
    mutationFn: async () => {
      const path = `/clients/${encodeURIComponent(client.client_id)}/credentials`;
      const body = { credential_type: 'public_key', name: name.trim() || undefined, pem, alg };
      const made = await api<ClientCredential>(path, { method: 'POST', body });
      await update.mutateAsync(withKeys([...idsOf(client), made.id]));
      await queries.invalidateQueries({ queryKey: keysOf(client.client_id) });
    },
    onSuccess: () => {
      onClose();
      notifyDone('The key is in force');
    },
  });
  const errorOf = (field: string) => (fieldOf(add.error) === field ? reasonOf(add.error) : undefined);
  return (
    <DialogForm
      onSubmit={() => add.mutate()}
      onClose={onClose}
      action="Add key"
      ready={pem.trim() !== ''}
      pending={add.isPending}
      error={errorOf('pem') || errorOf('name') ? undefined : add.error}
    >
      <TextInput
        data-autofocus
        label="Name"
        description="For you, such as the service and the year."
        maxLength={128}
        value={name}
        error={errorOf('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label="Public key or certificate"
        description="PEM; RSA of 2048 bits or more. The private key stays with you."
        placeholder={'-----BEGIN PUBLIC KEY-----\n…'}
        autosize
        minRows={6}
        maxRows={14}
        spellCheck={false}
        maxLength={4096}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        value={pem}
        error={errorOf('pem')}
        onChange={(event) => setPem(event.currentTarget.value)}
      />
      <Select
        label="Algorithm"
        data={['RS256', 'RS384', 'PS256']}
        allowDeselect={false}
        value={alg}
        onChange={(value) => value && setAlg(value)}
      />
    </DialogForm>
  );
}
