/** The certificates that verify what this tenant signs, to take along in the three forms that other software reads. */
import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Api } from '../../api/request.ts';
import type { SigningKey } from '../../api/types.ts';
import { useDashboard } from '../../dashboard.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { CopyField } from '../../ui/copy.tsx';
import { download } from '../../ui/download.ts';
import { Failure, Loading } from '../../ui/states.tsx';

export function Certificates() {
  const { api } = useDashboard();
  const keys = useQuery(signingKeysQuery(api));
  if (keys.isError) return <Failure error={keys.error} onRetry={() => keys.refetch()} />;
  if (!keys.data) return <Loading />;
  return (
    <Stack gap="xl">
      <Text size="sm" c="dimmed">
        The same for every client of this tenant. The next one signs after a rotation: applications that keep
        certificates by hand should know both.
      </Text>
      {keys.data
        .filter(({ key }) => (key.current || key.next) && !key.revoked)
        .map(({ key, sha256 }) => (
          <Certificate key={key.kid} signingKey={key} sha256={sha256} />
        ))}
    </Stack>
  );
}

function Certificate({ signingKey: key, sha256 }: { signingKey: SigningKey; sha256: string }) {
  const state = key.current ? 'current' : 'next';
  const files = [
    { form: 'PEM', name: `${state}.pem`, type: 'application/x-pem-file', content: () => key.cert },
    { form: 'CER', name: `${state}.cer`, type: 'application/pkix-cert', content: () => bytesOf(key.cert) },
    { form: 'PKCS#7', name: `${state}.p7b`, type: 'application/x-pkcs7-certificates', content: () => key.pkcs7 ?? '' },
  ];
  return (
    <Paper withBorder radius="lg" p="lg">
      <Stack gap="md">
        <Group justify="space-between" gap="sm">
          <Group gap="sm">
            <Text fw={600}>Signing certificate</Text>
            <Badge variant={key.current ? 'light' : 'default'} tt="none" fw={550}>
              {key.current ? 'Current' : 'Next'}
            </Badge>
          </Group>
          <Group gap="xs">
            {files.map(({ form, name, type, content }) => (
              <Button
                key={form}
                size="xs"
                variant="default"
                leftSection={<IconDownload size={15} aria-hidden />}
                aria-label={`Download the ${state} certificate as ${form}`}
                onClick={() => download(name, type, content())}
              >
                {form}
              </Button>
            ))}
          </Group>
        </Group>
        <CopyField label="Key ID" name={`key ID of the ${state} certificate`} value={key.kid} />
        <CopyField
          label="Fingerprint (SHA-1)"
          name={`SHA-1 fingerprint of the ${state} certificate`}
          value={key.fingerprint}
        />
        <CopyField
          label="Fingerprint (SHA-256)"
          name={`SHA-256 fingerprint of the ${state} certificate`}
          value={sha256}
        />
        <CopyField label="Thumbprint" name={`thumbprint of the ${state} certificate`} value={key.thumbprint} />
        <CodeBlock caption={`${state}.pem`} code={key.cert.trim()} />
      </Stack>
    </Paper>
  );
}

function signingKeysQuery(api: Api) {
  return queryOptions({
    queryKey: ['signing-keys'],
    queryFn: async ({ signal }) => {
      const keys = await api<SigningKey[]>('/keys/signing', { signal });
      return Promise.all(keys.map(async (key) => ({ key, sha256: await sha256Of(key.cert) })));
    },
  });
}

/** The bytes (DER) that a PEM text encloses. */
function bytesOf(pem: string): Uint8Array<ArrayBuffer> {
  const body = pem.replace(/-----[^-]+-----/g, '').replace(/\s/g, '');
  return Uint8Array.from(atob(body), (char) => char.charCodeAt(0));
}

async function sha256Of(pem: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytesOf(pem)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':');
}
