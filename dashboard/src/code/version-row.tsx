/**
 * A version of some code in the list of all: when it was made, what the draft changed since, and what can be done with it.
 */
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CodeDiff } from '../ui/code-diff.tsx';
import { Ago } from '../ui/moment.tsx';
import { Row } from '../ui/rows.tsx';

export type Version = {
  number: number;
  createdAt: string;
  code: string;
  /** What it consists of besides its code. */
  parts: readonly string[];
  /** Why it is not like the others: "Deployed". */
  badge?: string | undefined;
};

export type VersionRowProps = {
  version: Version;
  draft: string;
  /** Whether it is compared with the draft. */
  isOpen: boolean;
  onToggle: () => void;
  action: ReactNode;
};

export function VersionRow({ version, draft, isOpen, onToggle, action }: VersionRowProps) {
  const { parts, badge } = version;
  const name = `version ${version.number}`;
  return (
    <Row>
      <Stack gap="md">
        <Group justify="space-between" gap="xs">
          <Stack gap={2}>
            <Group gap="xs">
              <Text fw={600}>Version {version.number}</Text>
              {badge && (
                <Badge component="span" size="sm" radius="sm" variant="light" fw={500}>
                  {badge}
                </Badge>
              )}
            </Group>
            <Text size="sm" c="dimmed">
              <Ago at={version.createdAt} span inherit />
              {parts.map((part) => ` · ${part}`).join('')}
            </Text>
          </Stack>
          <Group gap="xs">
            <Button
              variant={isOpen ? 'light' : 'default'}
              size="xs"
              aria-expanded={isOpen}
              aria-label={`Compare ${name} with the draft`}
              onClick={onToggle}
            >
              Compare
            </Button>
            {action}
          </Group>
        </Group>
        {isOpen && (
          <Stack gap="xs">
            <Text size="sm" fw={600}>
              From {name} to the draft
            </Text>
            <CodeDiff label={`From ${name} to the draft`} before={version.code} after={draft} />
          </Stack>
        )}
      </Stack>
    </Row>
  );
}

/** Secrets and packages in words. */
export function partsOf(made: {
  secrets: readonly unknown[];
  dependencies: readonly { name?: string; version?: string }[];
}): string[] {
  const count = made.secrets.length === 1 ? '1 secret' : `${made.secrets.length} secrets`;
  return [
    ...(made.secrets.length > 0 ? [count] : []),
    ...made.dependencies.map(({ name, version }) => `${name}@${version}`),
  ];
}
