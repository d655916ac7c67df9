import { Checkbox, MultiSelect, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { clientChoicesQuery } from '../api/choices.ts';
import { placed } from '../api/errors.ts';
import type { Invitation } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { roleChoicesQuery } from '../roles/queries.ts';
import { DialogForm } from '../ui/dialog-form.tsx';
import { DialogText } from '../ui/dialog-text.tsx';
import { focusField } from '../ui/focus-field.ts';
import { notifyDone } from '../ui/notify.tsx';
import { organizationConnectionsQuery, organizationPath, useOrganizationDeed } from './queries.ts';

type NewInvitation = Pick<Invitation, 'inviter' | 'invitee' | 'client_id'> & {
  connection_id?: string;
  roles?: string[];
  send_invitation_email: boolean;
};

const FIELDS = ['invitee', 'client_id', 'connection_id', 'roles'];

/** The form that invites one person. */
export function Invite({ organizationId, onClose }: { organizationId: string; onClose: () => void }) {
  const { api, session } = useDashboard();
  const clients = useQuery(clientChoicesQuery(api)).data ?? [];
  const roles = useQuery(roleChoicesQuery(api)).data ?? [];
  const connections = useQuery(organizationConnectionsQuery(api, organizationId)).data ?? [];
  const [email, setEmail] = useState('');
  const [client, setClient] = useState<string | null>(null);
  const [connection, setConnection] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string[]>([]);
  const [sends, setSends] = useState(true);
  const invite = useOrganizationDeed<NewInvitation, Invitation>(organizationId, (body) => ({
    path: organizationPath(organizationId, 'invitations'),
    method: 'POST',
    body,
  }));
  const failure = placed(invite.error, FIELDS);
  const inPlace = { comboboxProps: { withinPortal: false } };
  const submit = () => {
    if (!client) return;
    const { name, email: own, sub } = session.profile;
    const body: NewInvitation = {
      inviter: { name: name ?? own ?? sub },
      invitee: { email: email.trim() },
      client_id: client,
      ...(connection ? { connection_id: connection } : {}),
      ...(chosen.length > 0 ? { roles: chosen } : {}),
      send_invitation_email: sends,
    };
    invite.mutate(body, {
      onSuccess: () => {
        onClose();
        notifyDone(sends ? `${email.trim()} was invited` : 'The invitation is ready; copy its link from the list');
      },
      onError: focusField,
    });
  };
  return (
    <DialogForm
      onSubmit={submit}
      onClose={onClose}
      action="Invite"
      ready={email.trim() !== '' && Boolean(client)}
      pending={invite.isPending}
      error={failure.elsewhere}
    >
      <DialogText
        id="invitee"
        data-autofocus
        type="email"
        label="Email"
        value={email}
        failure={failure}
        onText={setEmail}
      />
      <Select
        id="client_id"
        searchable
        label="Client"
        description="The application whose login page the link opens. Only those whose settings allow organizations are listed."
        placeholder="Choose a client"
        nothingFoundMessage="No client that allows organizations"
        data={clients
          .filter(({ organization_usage }) => organization_usage === 'allow' || organization_usage === 'require')
          .map(({ client_id, name }) => ({ value: client_id, label: name }))}
        value={client}
        error={failure.at('client_id')}
        onChange={setClient}
        {...inPlace}
      />
      {connections.length > 0 && (
        <Select
          id="connection_id"
          clearable
          label="Connection"
          description="Leave it empty to let them choose."
          placeholder="Any"
          data={connections.map(({ connection_id, connection: shown }) => ({
            value: connection_id,
            label: shown?.name ?? connection_id,
          }))}
          value={connection}
          error={failure.at('connection_id')}
          clearButtonProps={{ 'aria-label': 'Clear connection' }}
          onChange={setConnection}
          {...inPlace}
        />
      )}
      <MultiSelect
        id="roles"
        searchable
        label="Roles"
        description="What they get with the membership."
        nothingFoundMessage="No role found"
        data={roles
          .filter(({ type, owner_id }) => type !== 'organization' || owner_id === organizationId)
          .map(({ id, name }) => ({ value: id, label: name }))}
        value={chosen}
        error={failure.at('roles')}
        onChange={setChosen}
        {...inPlace}
      />
      <Checkbox
        label="Send the mail"
        description="Otherwise you hand the link over yourself."
        checked={sends}
        onChange={(event) => setSends(event.currentTarget.checked)}
      />
    </DialogForm>
  );
}
