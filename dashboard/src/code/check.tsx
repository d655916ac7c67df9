/**
 * Asks before code is kept or deployed that nothing could run.
 */
import { Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Problem, Shape } from '../ui/codemirror/syntax.ts';
import { Confirm } from '../ui/confirm.tsx';

type Doubt = { problem: Problem; proceed: () => void };

/**
 * @param action the deed in words: "Save", "Deploy"
 * @returns `check`, which goes on at once with code that is well, and the dialog that asks about other code
 */
export function useCodeCheck(shape: Shape, action: string) {
  const [doubt, setDoubt] = useState<Doubt>();
  const check = async (code: string, proceed: () => void) => {
    const [problem] = await problemsOf(code, shape);
    if (problem) setDoubt({ problem, proceed });
    else proceed();
  };
  const dialog: ReactNode = (
    <Confirm
      opened={doubt !== undefined}
      onClose={() => setDoubt(undefined)}
      onConfirm={() => {
        doubt?.proceed();
        setDoubt(undefined);
      }}
      title={`${action} code that cannot run?`}
      action={`${action} anyway`}
    >
      There is a mistake in line {doubt?.problem.line}:
      <Text ff="monospace" size="sm" mt="xs" component="p" mb={0}>
        {doubt?.problem.message}
      </Text>
    </Confirm>
  );
  return { check, dialog };
}

/** Without the parser, which is loaded when it is needed, nothing is held up. */
async function problemsOf(code: string, shape: Shape): Promise<Problem[]> {
  const parser = await import('../ui/codemirror/syntax.ts').catch(() => undefined);
  return parser?.syntaxProblems(code, shape) ?? [];
}
