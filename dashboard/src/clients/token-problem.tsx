import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { TokenFailure } from './token-endpoint.ts';

/** What the protocol endpoints had against it, with the code that documentation and logs know. */
export function TokenProblem({ error }: { error: Error }) {
  const code = error instanceof TokenFailure ? error.code : undefined;
  return (
    <Alert role="alert" color="red" icon={<IconAlertTriangle />} title={code ?? 'This did not work'}>
      {error.message}
    </Alert>
  );
}
