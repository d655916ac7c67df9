/**
 * Code to take along. What was filled in for this client stands out; a secret is copied but not shown.
 */
import { Group, Text } from '@mantine/core';
import classes from './code-block.module.css';
import { CopyIcon } from './copy.tsx';

export type CodeBlockProps = {
  /** Where the code belongs: a file name, or "Terminal". */
  caption: string;
  code: string;
  /** Parts of the code that were filled in. */
  filledIn?: readonly string[];
  /** A part of the code that is shown as dots. */
  secret?: string;
};

export function CodeBlock({ caption, code, filledIn = [], secret }: CodeBlockProps) {
  const shown = secret ? code.replaceAll(secret, '•'.repeat(24)) : code;
  return (
    <figure className={classes.block}>
      <Group component="figcaption" justify="space-between" wrap="nowrap" className={classes.caption}>
        <Text size="sm" c="dimmed" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
          {caption}
        </Text>
        <CopyIcon value={code} label={caption} />
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard */}
      <pre className={classes.code} tabIndex={0}>
        <code>{mark(shown, filledIn)}</code>
      </pre>
    </figure>
  );
}

function mark(code: string, parts: readonly string[]) {
  const given = parts.filter((part) => part !== '');
  if (given.length === 0) return code;
  const pattern = new RegExp(`(${given.map((part) => RegExp.escape(part)).join('|')})`);
  // Splitting at a captured pattern puts the matches at the odd positions.
  return code.split(pattern).map((text, position) =>
    position % 2 === 1 ? (
      <span key={position} className={classes.filledIn}>
        {text}
      </span>
    ) : (
      text
    ),
  );
}
