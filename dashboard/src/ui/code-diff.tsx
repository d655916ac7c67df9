/**
 * How one text became another: lines that went, lines that came. What draws it is loaded with the first one.
 */
import { Box, Text, useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { CodeBlock } from './code-block.tsx';
import classes from './code-editor.module.css';

export type CodeDiffProps = {
  /** What is compared with what, such as "Version 2 and the draft". */
  label: string;
  before: string;
  after: string;
};

type Loaded = typeof import('./codemirror/diff.ts');
type Diff = ReturnType<Loaded['openDiff']>;

export function CodeDiff({ label, before, after }: CodeDiffProps) {
  const [loaded, setLoaded] = useState<Loaded | 'failed'>();
  useEffect(() => {
    import('./codemirror/diff.ts').then(setLoaded, () => setLoaded('failed'));
  }, []);
  if (before === after)
    return (
      <Text size="sm" c="dimmed">
        The code is the same.
      </Text>
    );
  // What can be read is better than nothing.
  if (loaded === undefined || loaded === 'failed') return <CodeBlock caption={label} code={after} />;
  return <Drawn codemirror={loaded} label={label} before={before} after={after} />;
}

function Drawn({ codemirror, label, before, after }: CodeDiffProps & { codemirror: Loaded }) {
  const parent = useRef<HTMLDivElement>(null);
  const drawn = useRef<Diff>(undefined);
  const dark = useComputedColorScheme('light') === 'dark';
  // The scheme of now, for when something else makes it drawn anew.
  const scheme = useRef(dark);
  useEffect(() => {
    const diff = codemirror.openDiff(parent.current!, before, after, label, scheme.current);
    drawn.current = diff;
    return () => diff.destroy();
  }, [codemirror, before, after, label]);
  useEffect(() => {
    scheme.current = dark;
    drawn.current?.setDark(dark);
  }, [dark]);
  return (
    <Box
      ref={parent}
      className={classes.editor}
      __vars={{ '--rows-min': codemirror.heightOf(3), '--rows-max': codemirror.heightOf(30) }}
    />
  );
}
