/** Tokens as they came, what is inside of them, and the profile of whoever signed in. */
import { Stack, Tabs, Text } from '@mantine/core';
import { CodeBlock } from '../../ui/code-block.tsx';
import { decodeToken } from '../../ui/jwt.ts';
import type { Tokens } from '../token-endpoint.ts';

type TokenViewProps = { tokens: Tokens; profile?: unknown };

export function TokenView({ tokens, profile }: TokenViewProps) {
  const parts = [
    { name: 'profile', title: 'Profile', caption: 'GET /userinfo', value: profile },
    { name: 'id-token', title: 'ID token', caption: 'Claims of the ID token', value: claimsOf(tokens.id_token) },
    {
      name: 'access-token',
      title: 'Access token',
      caption: 'Claims of the access token',
      value: claimsOf(tokens.access_token),
    },
  ].filter(({ value }) => value !== undefined);
  return (
    <Tabs defaultValue={parts[0]?.name ?? 'answer'}>
      <Tabs.List aria-label="What came of it">
        {parts.map(({ name, title }) => (
          <Tabs.Tab key={name} value={name}>
            {title}
          </Tabs.Tab>
        ))}
        <Tabs.Tab value="answer">Tokens</Tabs.Tab>
      </Tabs.List>
      {parts.map(({ name, caption, value }) => (
        <Tabs.Panel key={name} value={name} pt="md">
          <CodeBlock caption={caption} code={JSON.stringify(value, null, 2)} />
        </Tabs.Panel>
      ))}
      <Tabs.Panel value="answer" pt="md">
        <Stack gap="sm">
          {!claimsOf(tokens.access_token) && (
            <Text size="sm" c="dimmed">
              The access token is opaque: it is for this server&apos;s own /userinfo. Ask for an audience to get one for
              an API.
            </Text>
          )}
          <CodeBlock caption="POST /oauth/token" code={JSON.stringify(tokens, null, 2)} />
        </Stack>
      </Tabs.Panel>
    </Tabs>
  );
}

function claimsOf(token: string | undefined): unknown {
  return token === undefined ? undefined : decodeToken(token)?.payload;
}
