import { Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Client } from '../api/types.ts';
import { CopyIcon } from '../ui/copy.tsx';
import { Row, rowControl, rowLink } from '../ui/rows.tsx';
import classes from './row.module.css';
import { ClientIcon, clientTypeLabel } from './types.tsx';

export function ClientRow({ client }: { client: Client }) {
  return (
    <Row>
      <div className={classes.row}>
        <ClientIcon client={client} />
        <Stack gap={1} miw={0}>
          <Link to="/clients/$clientId" params={{ clientId: client.client_id }} className={rowLink}>
            {client.name}
          </Link>
          <Text size="sm" c="dimmed">
            {clientTypeLabel(client)}
            {client.is_first_party === false && ' · Third party'}
          </Text>
        </Stack>
        <Group gap={4} wrap="nowrap" className={`${classes.id} ${rowControl}`}>
          <Text size="sm" c="dimmed" ff="monospace" truncate>
            {client.client_id}
          </Text>
          <CopyIcon value={client.client_id} label={`client ID of ${client.name}`} />
        </Group>
      </div>
    </Row>
  );
}
