/**
 * The keys that tokens are signed with: which one signs, which comes next, and which is still trusted.
 */
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { May } from '../api/may.tsx';
import { useDashboard } from '../dashboard.tsx';
import { AskedChange } from '../ui/confirm-change.tsx';
import { CopyIcon } from '../ui/copy.tsx';
import { download } from '../ui/download.ts';
import { fullDate } from '../ui/moment.tsx';
import { Row, Rows } from '../ui/rows.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { Failure } from '../ui/states.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import { type SigningKeyAnswer, signingKeysQuery, useRevokeKey, useRotateKeys } from './queries.ts';

export function SigningKeysTab() {
  const { api } = useDashboard();
  const keys = useQuery(signingKeysQuery(api));
  return (
    <>
      <Toolbar text="Every token is signed with the current key. The next one is published already, so that APIs know it before it signs.">
        <May scope={['create:signing_keys', 'update:signing_keys']}>
          <Rotate />
        </May>
      </Toolbar>
      {keys.isPending && <RowSkeletons label="Signing keys" count={2} avatar={false} />}
      {keys.isError && !keys.data && <Failure error={keys.error} onRetry={() => keys.refetch()} />}
      {keys.data && (
        <Rows label="Signing keys">
          {keys.data.map((key) => (
            <KeyRow key={key.kid} signingKey={key} />
          ))}
        </Rows>
      )}
    </>
  );
}

const STATES = [
  { name: 'current', label: 'Current', about: 'Signs tokens' },
  { name: 'next', label: 'Next', about: 'Signs after the next rotation' },
  { name: 'previous', label: 'Previous', about: 'Does not sign; its tokens are still trusted' },
  { name: 'revoked', label: 'Revoked', about: 'Trusted by nobody' },
] as const;

function KeyRow({ signingKey }: { signingKey: SigningKeyAnswer }) {
  const { kid, cert, fingerprint } = signingKey;
  const state = STATES.find(({ name }) => signingKey[name] === true) ?? STATES[3];
  const dates = [
    signingKey.current_since && `Signing since ${fullDate(signingKey.current_since)}`,
    signingKey.current_until && `until ${fullDate(signingKey.current_until)}`,
    signingKey.revoked_at && `revoked ${fullDate(signingKey.revoked_at)}`,
  ];
  return (
    <Row>
      <Group justify="space-between" gap="md">
        <Stack gap={4} miw={0} flex="1 1 16rem">
          <Group gap="xs">
            <Badge variant={state.name === 'current' ? 'filled' : 'default'} radius="sm" tt="none">
              {state.label}
            </Badge>
            <Text size="sm" c="dimmed">
              {state.about}
            </Text>
          </Group>
          <Group gap={4} wrap="nowrap" miw={0}>
            <Text ff="monospace" size="sm" fw={600} truncate>
              {kid}
            </Text>
            <CopyIcon value={kid} label={`key ID ${kid}`} />
          </Group>
          <Text size="xs" c="dimmed" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
            SHA-1 {fingerprint}
          </Text>
          {dates.some(Boolean) && (
            <Text size="xs" c="dimmed">
              {dates.filter(Boolean).join(', ')}
            </Text>
          )}
        </Stack>
        <Group gap="xs">
          <Button
            variant="default"
            size="xs"
            leftSection={<IconDownload size={16} aria-hidden />}
            aria-label={`Certificate of ${kid}`}
            onClick={() => download(`${kid}.pem`, 'application/x-pem-file', cert)}
          >
            Certificate
          </Button>
          {state.name === 'previous' && (
            <May scope="update:signing_keys">
              <Revoke kid={kid} />
            </May>
          )}
        </Group>
      </Group>
    </Row>
  );
}

function Rotate() {
  return (
    <AskedChange
      button={(ask) => <Button onClick={ask}>Rotate key</Button>}
      change={useRotateKeys()}
      input={undefined}
      done="The next key signs now"
      title="Rotate the signing key?"
      action="Rotate key"
    >
      The next key signs from now on, and the current one becomes the previous one. Its tokens stay good until they
      expire. APIs and applications that have the certificate fixed in their configuration need the new one.
    </AskedChange>
  );
}

function Revoke({ kid }: { kid: string }) {
  return (
    <AskedChange
      button={(ask) => (
        <Button size="xs" variant="outline" color="red" aria-label={`Revoke ${kid}`} onClick={ask}>
          Revoke
        </Button>
      )}
      change={useRevokeKey()}
      input={kid}
      done="The key was revoked"
      title="Revoke this key?"
      action="Revoke key"
    >
      Tokens that were signed with <strong>{kid}</strong> are no longer accepted by anybody who reads the key set. This
      cannot be undone.
    </AskedChange>
  );
}
