/**
 * Shows Markdown as elements of this dashboard. Every piece of text arrives as text, so no document can bring markup.
 */
import { Anchor, Code, List, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { CodeBlock, type CodeBlockProps } from './code-block.tsx';
import { type Block, type Inline, parseMarkdown } from './markdown.ts';

/** What was filled into the text, for its code blocks. */
export type FilledIn = Pick<CodeBlockProps, 'filledIn' | 'secret'>;

export function Markdown({ text, ...filled }: { text: string } & FilledIn) {
  return <Blocks blocks={parseMarkdown(text)} {...filled} />;
}

/** Blocks that were read already, for pages that arrange them by themselves. */
export function Blocks({ blocks, ...filled }: { blocks: readonly Block[] } & FilledIn) {
  return (
    <Stack gap="md" miw={0}>
      {blocks.map((block, position) => (
        // A document does not change while it is shown: the position of a block is its identity.
        <BlockView key={position} block={block} {...filled} />
      ))}
    </Stack>
  );
}

const CAPTIONS: Readonly<Record<string, string>> = { sh: 'Terminal', json: 'JSON', http: 'HTTP', xml: 'XML' };

function BlockView({ block, filledIn, secret }: { block: Block } & FilledIn): ReactNode {
  switch (block.kind) {
    case 'heading':
      return <Title order={block.level <= 2 ? 2 : 3}>{block.text}</Title>;
    case 'paragraph':
      return (
        <Text maw={680}>
          <InlineParts parts={block.content} />
        </Text>
      );
    case 'list':
      return (
        <List type={block.ordered ? 'ordered' : 'unordered'} spacing={6} maw={680} withPadding>
          {block.items.map((item, position) => (
            <List.Item key={position}>
              <InlineParts parts={item} />
            </List.Item>
          ))}
        </List>
      );
    case 'code':
      return (
        <CodeBlock
          caption={block.caption || (CAPTIONS[block.language] ?? 'Code')}
          code={block.text}
          filledIn={filledIn}
          secret={secret}
        />
      );
  }
}

function InlineParts({ parts }: { parts: readonly Inline[] }) {
  return parts.map((part, position) => <InlinePart key={position} part={part} />);
}

function InlinePart({ part }: { part: Inline }) {
  switch (part.kind) {
    case 'code':
      return <Code style={{ overflowWrap: 'anywhere' }}>{part.text}</Code>;
    case 'strong':
      return <strong>{part.text}</strong>;
    case 'link': {
      const isOutside = part.href.startsWith('http');
      return (
        <Anchor href={part.href} underline="always" {...(isOutside ? { target: '_blank', rel: 'noreferrer' } : {})}>
          {part.text}
        </Anchor>
      );
    }
    default:
      return part.text;
  }
}
