import { Button } from '@mantine/core';
import { useMay } from '../../api/may.tsx';
import type { Client } from '../../api/types.ts';
import { AskedChange } from '../../ui/confirm-change.tsx';
import { Deed, Deeds } from '../../ui/deed.tsx';
import { DeleteDeed } from '../../ui/delete.tsx';
import { Section } from '../../ui/section.tsx';
import { useDeleteClient, useRotateSecret } from '../queries.ts';

/** What breaks running applications: it stands last and asks first. */
export function DangerZone({ client }: { client: Client }) {
  const mayRotate = useMay('update:client_keys') && !client.client_authentication_methods;
  const mayDelete = useMay('delete:clients');
  if (!mayRotate && !mayDelete) return null;
  return (
    <Section title="Danger Zone" description="Applications that use this client stop working." danger>
      <Deeds>
        {mayRotate && <RotateSecret client={client} />}
        {mayDelete && <DeleteClient client={client} />}
      </Deeds>
    </Section>
  );
}

function RotateSecret({ client }: { client: Client }) {
  return (
    <Deed title="Rotate Secret" text="Replaces the client secret. The old one is refused at once.">
      <AskedChange
        button={(ask) => (
          <Button variant="outline" color="red" onClick={ask}>
            Rotate Secret
          </Button>
        )}
        change={useRotateSecret(client.client_id)}
        input={undefined}
        done="The secret was replaced. Give the new one to the application."
        title="Rotate the client secret?"
        action="Rotate secret"
      >
        The secret of <strong>{client.name}</strong> stops working at once. Every place that uses it needs the new one.
      </AskedChange>
    </Deed>
  );
}

function DeleteClient({ client }: { client: Client }) {
  const remove = useDeleteClient(client.client_id);
  return (
    <DeleteDeed
      title="Delete Client"
      text="Removes the client with its grants and tokens. This cannot be undone."
      button="Delete Client"
      thing="client"
      name={client.name}
      to="/clients"
      remove={remove}
    >
      Nobody can sign in to <strong>{client.name}</strong> any more, and its tokens stop working. This cannot be undone.
    </DeleteDeed>
  );
}
