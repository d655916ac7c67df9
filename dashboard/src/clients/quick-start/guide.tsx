/** One guide: its text as numbered steps, with this client's values in it. */
import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Client } from '../../api/types.ts';
import { useDashboard } from '../../dashboard.tsx';
import { filledIn } from '../../ui/fill.ts';
import { type Block, parseMarkdown } from '../../ui/markdown.ts';
import { Blocks } from '../../ui/markdown.tsx';
import { Failure, Loading } from '../../ui/states.tsx';
import type { ClientType } from '../type-values.ts';
import { AllowAddresses } from './allow-addresses.tsx';
import type { Guide } from './catalogue.ts';
import { factsFor } from './facts.ts';
import { Step, Steps } from './steps.tsx';

const TEXTS = import.meta.glob<string>('../guides/*/*.md', { query: '?raw', import: 'default' });

type GuideViewProps = {
  client: Client;
  type: ClientType;
  guide: Guide;
  audience: string;
  /** Stands between what the guide is about and its first step. */
  children?: ReactNode;
};

export function GuideView({ client, type, guide, audience, children }: GuideViewProps) {
  const { config } = useDashboard();
  const text = useQuery({
    queryKey: ['guide', type, guide.id],
    queryFn: () => TEXTS[`../guides/${type}/${guide.id}.md`]!(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (text.isError) return <Failure error={text.error} onRetry={() => text.refetch()} />;
  if (!text.data) return <Loading />;
  const { values, addresses, secret } = factsFor(guide, client, config, audience);
  const { about, steps } = stepsOf(parseMarkdown(filledIn(text.data, values)));
  const filled = {
    filledIn: [values.issuer!, values.domain!, client.client_id, values.callback!, values.logout_url!, audience],
    secret,
  };
  return (
    <Stack gap="xl">
      <Blocks blocks={about} {...filled} />
      {children}
      <Steps>
        {addresses && <AllowAddresses client={client} addresses={addresses} />}
        {steps.map(({ title, blocks }) => (
          <Step key={title} title={title}>
            <Blocks blocks={blocks} {...filled} />
          </Step>
        ))}
      </Steps>
    </Stack>
  );
}

/** What stands before the first heading, and a step for each heading. */
function stepsOf(blocks: readonly Block[]) {
  const about: Block[] = [];
  const steps: { title: string; blocks: Block[] }[] = [];
  for (const block of blocks) {
    if (block.kind === 'heading') steps.push({ title: block.text, blocks: [] });
    else (steps.at(-1)?.blocks ?? about).push(block);
  }
  return { about, steps };
}
