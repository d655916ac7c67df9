import { SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import type { MailboxMessage } from '../api/types.ts';
import classes from './mailbox.module.css';

type Part = 'html' | 'text';

const PARTS = [
  { value: 'html', label: 'HTML' },
  { value: 'text', label: 'Text' },
];

/**
 * A message as its reader sees it. Its HTML is a stranger's: the frame has an origin of its own and runs no script;
 * the policy of this page, which it inherits, lets it load nothing but images. Its links open new windows.
 */
export function Message({ message }: { message: MailboxMessage }) {
  const [part, setPart] = useState<Part>(message.html ? 'html' : 'text');
  return (
    <Stack gap="md" align="stretch">
      {message.html && message.text && (
        <SegmentedControl
          aria-label="Part of the message"
          style={{ alignSelf: 'flex-start' }}
          data={PARTS}
          value={part}
          onChange={(next) => setPart(next as Part)}
        />
      )}
      {part === 'html' ? (
        <iframe
          className={classes.html}
          title={`Message: ${message.subject}`}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          srcDoc={`<base target="_blank">${message.html}`}
        />
      ) : (
        <pre className={classes.text}>{message.text}</pre>
      )}
    </Stack>
  );
}
