/**
 * The settings of a client: read-only credentials, a form that sends what was changed, and the danger zone.
 */
import { useState } from 'react';
import { fieldOf } from '../api/errors.ts';
import type { Client } from '../api/types.ts';
import { focusField } from '../ui/focus-field.ts';
import { notifyDone } from '../ui/notify.tsx';
import { SaveBar } from '../ui/save-bar.tsx';
import { Credentials } from './credentials.tsx';
import { DangerZone } from './danger-zone.tsx';
import { changesOf, type Settings, settingsOf } from './form.ts';
import { useClient, useUpdateClient } from './queries.ts';
import { AddressFields, BasicFields, TypeFields } from './settings-fields.tsx';

export function SettingsTab() {
  const client = useClient();
  // The key starts the form anew for another client; a background refresh of this one must not lose what was typed.
  return <SettingsForm key={client.client_id} client={client} />;
}

function SettingsForm({ client }: { client: Client }) {
  const [draft, setDraft] = useState<Settings>();
  const update = useUpdateClient(client.client_id);
  const settings = draft ?? settingsOf(client);
  const changes = changesOf(client, settings);
  const changed = Object.keys(changes).length > 0;
  const field = fieldOf(update.error);
  const fields = {
    settings,
    onChange: (next: Settings) => {
      update.reset();
      setDraft(next);
    },
    errorOf: (name: keyof Settings) => (field === name ? update.error?.message : undefined),
  };
  const save = () =>
    update.mutate(changes, {
      onSuccess: () => {
        setDraft(undefined);
        notifyDone('Saved');
      },
      onError: focusField,
    });
  const discard = () => {
    update.reset();
    setDraft(undefined);
  };
  return (
    <>
      <Credentials client={client} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (changed) save();
        }}
      >
        <BasicFields {...fields} />
        <TypeFields {...fields} />
        {settings.app_type !== 'non_interactive' && <AddressFields {...fields} />}
        <SaveBar
          changed={changed}
          saving={update.isPending}
          error={field !== undefined && field in settings ? undefined : update.error}
          onDiscard={discard}
        />
      </form>
      <DangerZone client={client} />
    </>
  );
}
