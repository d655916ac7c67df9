/**
 * Values that people carry elsewhere: a button that copies, and a read-only field with such a button.
 */
import { ActionIcon, CopyButton, Group, Text, TextInput, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy, IconEye, IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';

/** Copies `value`; `label` says what it is ("client ID") for those who do not see where the button stands. */
export function CopyIcon({ value, label }: { value: string; label: string }) {
  return (
    <CopyButton value={value} timeout={1600}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? 'Copied' : `Copy ${label}`}>
          <ActionIcon
            variant="subtle"
            color={copied ? 'accent' : 'gray'}
            c={copied ? undefined : 'dimmed'}
            onClick={copy}
            aria-label={copied ? `Copied ${label}` : `Copy ${label}`}
          >
            {copied ? <IconCheck size={17} /> : <IconCopy size={17} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}

/** A value in one line with the button that copies it, such as the ID below the title of a page. */
export function CopyLine({ value, label }: { value: string; label: string }) {
  return (
    <Group gap={4} wrap="nowrap" miw={0}>
      <Text span ff="monospace" size="sm" truncate>
        {value}
      </Text>
      <CopyIcon value={value} label={label} />
    </Group>
  );
}

export type CopyFieldProps = { label: string; name: string; value: string; description?: string; secret?: boolean };

/** A read-only value with its copy button. `name` is its name inside a sentence; a secret is shown on demand. */
export function CopyField({ label, name, value, description, secret = false }: CopyFieldProps) {
  const [revealed, setRevealed] = useState(!secret);
  const shown = revealed ? value : '•'.repeat(Math.min(value.length, 40));
  return (
    <TextInput
      label={label}
      description={description}
      value={shown}
      readOnly
      rightSectionWidth={secret ? 76 : 42}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', textOverflow: 'ellipsis' } }}
      rightSection={
        <Group gap={2} wrap="nowrap">
          {secret && (
            <Tooltip label={revealed ? `Hide ${name}` : `Reveal ${name}`}>
              <ActionIcon
                variant="subtle"
                color="gray"
                c="dimmed"
                onClick={() => setRevealed(!revealed)}
                aria-label={revealed ? `Hide ${name}` : `Reveal ${name}`}
              >
                {revealed ? <IconEyeOff size={17} /> : <IconEye size={17} />}
              </ActionIcon>
            </Tooltip>
          )}
          <CopyIcon value={value} label={name} />
        </Group>
      }
    />
  );
}
