import { Text } from '@mantine/core';
import { CodeBlock } from '../ui/code-block.tsx';
import { printed } from '../ui/json.ts';
import { Section } from '../ui/section.tsx';
import { userPath, useUser } from './queries.ts';

/** The user as the API answers it. */
export function RawJsonTab() {
  const user = useUser();
  return (
    <Section
      title="Raw JSON"
      description={
        <>
          The answer of{' '}
          <Text span ff="monospace" inherit style={{ overflowWrap: 'anywhere' }}>
            GET {userPath(user.user_id)}
          </Text>
          .
        </>
      }
    >
      <CodeBlock caption="user.json" code={printed(user)} />
    </Section>
  );
}
