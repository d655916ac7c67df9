/**
 * Hosts of the tenant's own: added, shown to be the tenant's by a record in the DNS, and chosen for links.
 */
import { Badge, Button, Code, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconWorld } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiFailure, fieldOf, placed } from '../api/errors.ts';
import { May } from '../api/may.tsx';
import { useDashboard } from '../dashboard.tsx';
import { AddButton } from '../ui/buttons.tsx';
import { AskedChange } from '../ui/confirm-change.tsx';
import { CopyIcon } from '../ui/copy.tsx';
import { DialogForm } from '../ui/dialog-form.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { Row, Rows } from '../ui/rows.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { Empty, Failure, InlineFailure } from '../ui/states.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import {
  type CustomDomain,
  customDomainsQuery,
  useCreateDomain,
  useDeleteDomain,
  useSetDefaultDomain,
  useVerifyDomain,
} from './queries.ts';

export function CustomDomainsTab() {
  const { api } = useDashboard();
  const domains = useQuery(customDomainsQuery(api));
  const [adding, dialog] = useDisclosure(false);
  const add = (
    <AddButton scope="create:custom_domains" onClick={dialog.open}>
      Add domain
    </AddButton>
  );
  const none = domains.data?.length === 0;
  return (
    <>
      <Toolbar text="Hosts of your own that this tenant answers on, each with an issuer of its own.">
        {domains.data && !none && add}
      </Toolbar>
      {domains.isPending && <RowSkeletons label="Custom domains" count={2} avatar={false} />}
      {domains.isError && !domains.data && <Failure error={domains.error} onRetry={() => domains.refetch()} />}
      {none && (
        <Empty icon={<IconWorld />} title="No custom domain yet" actions={add}>
          People sign in at a host of yours, such as login.example.com, instead of the address of this server.
        </Empty>
      )}
      {domains.data && !none && (
        <Rows label="Custom domains">
          {domains.data.map((domain) => (
            <DomainRow key={domain.custom_domain_id} domain={domain} />
          ))}
        </Rows>
      )}
      <Modal opened={adding} onClose={dialog.close} title="Add domain">
        <AddDomain onClose={dialog.close} />
      </Modal>
    </>
  );
}

const TYPES = [
  {
    value: 'auth0_managed_certs',
    label: 'CNAME record',
    about: 'The host points to this server, which shows that it is yours.',
  },
  {
    value: 'self_managed_certs',
    label: 'TXT record',
    about: 'A reverse proxy of yours stands in front; a text record shows that the host is yours.',
  },
];

function AddDomain({ onClose }: { onClose: () => void }) {
  const [domain, setDomain] = useState('');
  const [type, setType] = useState(TYPES[0]!.value);
  const create = useCreateDomain();
  const taken = create.error instanceof ApiFailure && create.error.statusCode === 409;
  const failure = placed(create.error, ['domain'], taken ? 'domain' : fieldOf(create.error));
  const submit = () => create.mutate({ domain: domain.trim(), type }, { onSuccess: onClose });
  return (
    <DialogForm
      onSubmit={submit}
      onClose={onClose}
      action="Add"
      ready={domain.trim() !== ''}
      pending={create.isPending}
      error={failure.elsewhere}
    >
      <TextInput
        data-autofocus
        label="Domain"
        placeholder="login.example.com"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={domain}
        error={failure.at('domain')}
        onChange={(event) => setDomain(event.currentTarget.value)}
      />
      <Radio.Group label="Shown to be yours by" value={type} onChange={setType}>
        <Stack gap="sm" mt="xs">
          {TYPES.map(({ value, label, about }) => (
            <Radio key={value} value={value} label={label} description={about} />
          ))}
        </Stack>
      </Radio.Group>
    </DialogForm>
  );
}

const STATUS = {
  pending_verification: 'To be verified',
  ready: 'Ready',
  failed: 'Failed',
} as const;

function DomainRow({ domain }: { domain: CustomDomain }) {
  const { custom_domain_id: id, status, is_default, verification } = domain;
  const verify = useVerifyDomain(id);
  const makeDefault = useSetDefaultDomain();
  const [method] = verification.methods;
  return (
    <Row>
      <Stack gap="sm">
        <Group justify="space-between" gap="sm">
          <Group gap="xs" miw={0}>
            <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
              {domain.domain}
            </Text>
            <Badge variant={status === 'ready' ? 'light' : 'default'} radius="sm" tt="none">
              {STATUS[status]}
            </Badge>
            {is_default && (
              <Badge variant="default" radius="sm" tt="none">
                Default
              </Badge>
            )}
          </Group>
          <Group gap="xs">
            {status !== 'ready' && (
              <May scope="create:custom_domains">
                <Button
                  size="xs"
                  loading={verify.isPending}
                  aria-label={`Verify ${domain.domain}`}
                  onClick={() => verify.mutate()}
                >
                  Verify
                </Button>
              </May>
            )}
            {status === 'ready' && !is_default && (
              <May scope="update:custom_domains">
                <Button
                  size="xs"
                  variant="default"
                  loading={makeDefault.isPending}
                  aria-label={`Make ${domain.domain} the default`}
                  onClick={() =>
                    makeDefault.mutate(domain.domain, { onSuccess: () => notifyDone('The default was set') })
                  }
                >
                  Make default
                </Button>
              </May>
            )}
            <May scope="delete:custom_domains">
              <DeleteDomain domain={domain} />
            </May>
          </Group>
        </Group>
        {status !== 'ready' && method && <Record method={method} domain={domain.domain} />}
        {verification.error_msg && (
          <Text size="sm" c="var(--mantine-color-error)">
            {verification.error_msg}
          </Text>
        )}
        <InlineFailure error={verify.error ?? makeDefault.error} />
      </Stack>
    </Row>
  );
}

function Record({ method, domain }: { method: { name: string; record: string; domain: string }; domain: string }) {
  return (
    <Stack gap={4}>
      <Text size="sm" c="dimmed">
        Make this {method.name} record where the DNS of {domain} is kept, then verify:
      </Text>
      <Group gap={4} wrap="nowrap">
        <Code block flex={1} style={{ overflowX: 'auto' }} tabIndex={0}>
          {method.domain} {method.name} {method.record}
        </Code>
        <CopyIcon value={method.record} label={`record for ${domain}`} />
      </Group>
    </Stack>
  );
}

function DeleteDomain({ domain: { custom_domain_id, domain } }: { domain: CustomDomain }) {
  return (
    <AskedChange
      button={(ask) => (
        <Button size="xs" variant="outline" color="red" aria-label={`Delete ${domain}`} onClick={ask}>
          Delete
        </Button>
      )}
      change={useDeleteDomain(custom_domain_id)}
      input={undefined}
      done={`${domain} was deleted`}
      title="Delete this domain?"
      action="Delete domain"
      typed={domain}
    >
      This tenant no longer answers on <strong>{domain}</strong>. Applications that are configured with it stop working.
    </AskedChange>
  );
}
