import { Button, Code, Stack, Text, Title } from '@mantine/core';
import type { DashboardConfig } from '../api/types.ts';
import { Brand } from '../frame/brand.tsx';
import { WholePage } from '../ui/page.tsx';
import { SignInError } from './errors.ts';
import { changeUser, type Session, startOver } from './session.ts';

/** Why nobody is signed in, and the ways on: the same again, or as somebody else. */
export function SignInFailed({ error, config }: { error: unknown; config: DashboardConfig }) {
  const code = error instanceof SignInError ? error.code : 'unexpected';
  const denied = code === 'access_denied';
  return (
    <WholePage>
      <Stack gap="xl" maw={440} w="100%">
        <Brand />
        <Stack gap="xs" role="alert">
          <Title order={1}>{denied ? 'You may not open this dashboard' : 'You are not signed in'}</Title>
          <Text>{error instanceof Error ? error.message : 'Something went wrong.'}</Text>
          <Text size="sm" c="dimmed">
            Code <Code>{code}</Code> at {config.domain}
          </Text>
        </Stack>
        <Stack gap="sm">
          <Button size="md" variant={denied ? 'default' : 'filled'} onClick={startOver}>
            Sign in again
          </Button>
          <Button size="md" variant={denied ? 'filled' : 'default'} onClick={() => changeUser(config)}>
            Use another account
          </Button>
        </Stack>
      </Stack>
    </WholePage>
  );
}

/** Somebody signed in who administers nothing, by now or ever. */
export function NoAdministrator({ session, config }: { session: Session; config: DashboardConfig }) {
  const { email, name, sub } = session.profile;
  return (
    <WholePage>
      <Stack gap="xl" maw={440} w="100%">
        <Brand />
        <Stack gap="xs" role="alert">
          <Title order={1}>You are no administrator here</Title>
          <Text>
            You signed in as <strong>{email ?? name ?? sub}</strong>, who has no role in the administration of{' '}
            {config.tenant}. An administrator can give you one under Tenant settings, Administrators.
          </Text>
        </Stack>
        <Stack gap="sm">
          <Button size="md" onClick={session.signOut}>
            Use another account
          </Button>
          <Button size="md" variant="default" onClick={startOver}>
            Try again
          </Button>
        </Stack>
      </Stack>
    </WholePage>
  );
}
