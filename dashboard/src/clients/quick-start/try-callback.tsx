/** Where the window of a tried login ends: it hands the answer to the dashboard and closes. */
import { Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { Brand } from '../../frame/brand.tsx';
import { WholePage } from '../../ui/page.tsx';
import { TRY_CHANNEL, type TryMessage } from './try-path.ts';

export function TryCallback() {
  useEffect(() => {
    const channel = new BroadcastChannel(TRY_CHANNEL);
    channel.postMessage({ search: location.search } satisfies TryMessage);
    channel.close();
    // The code is spent in a moment and has no place in the history.
    history.replaceState(null, '', location.pathname);
    window.close();
  }, []);
  return (
    <WholePage>
      <Stack gap="md" maw={420}>
        <Brand />
        <Title order={1}>The login is done</Title>
        <Text>The dashboard shows what came of it. You may close this window.</Text>
      </Stack>
    </WholePage>
  );
}
