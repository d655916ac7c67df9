/**
 * Name and description of a role, and its end.
 */
import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { placed } from '../api/errors.ts';
import { Changeable, Controls, May } from '../api/may.tsx';
import type { Role } from '../api/types.ts';
import { Deeds } from '../ui/deed.tsx';
import { DeleteDeed } from '../ui/delete.tsx';
import { focusField } from '../ui/focus-field.ts';
import { notifyDone } from '../ui/notify.tsx';
import { SaveBar } from '../ui/save-bar.tsx';
import { Section } from '../ui/section.tsx';
import { type RoleChanges, useDeleteRole, useRole, useUpdateRole } from './queries.ts';

const FIELDS = ['name', 'description'] as const;

export function SettingsTab() {
  const role = useRole();
  return (
    <>
      <RoleForm key={role.id} role={role} />
      <May scope="delete:roles">
        <Section title="Danger zone" description="Everybody who has the role loses its permissions." danger>
          <Deeds>
            <DeleteRole role={role} />
          </Deeds>
        </Section>
      </May>
    </>
  );
}

function RoleForm({ role }: { role: Role }) {
  const [draft, setDraft] = useState<RoleChanges>({});
  const update = useUpdateRole(role.id);
  const textOf = (name: (typeof FIELDS)[number]) => draft[name] ?? role[name] ?? '';
  const changes: RoleChanges = Object.fromEntries(
    FIELDS.filter((name) => textOf(name).trim() !== (role[name] ?? '')).map((name) => [name, textOf(name).trim()]),
  );
  const changed = Object.keys(changes).length > 0;
  const failure = placed(update.error, FIELDS);
  const input = (name: (typeof FIELDS)[number]) => ({
    id: name,
    value: textOf(name),
    error: failure.at(name),
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      update.reset();
      setDraft((now) => ({ ...now, [name]: value }));
    },
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!changed) return;
        update.mutate(changes, {
          onSuccess: () => {
            setDraft({});
            notifyDone('Saved');
          },
          onError: focusField,
        });
      }}
    >
      <Changeable scope="update:roles">
        <Controls>
          <Section title="Settings" description="How administrators recognise this role.">
            <TextInput label="Name" required autoComplete="off" {...input('name')} />
            <Textarea label="Description" autosize minRows={2} {...input('description')} />
          </Section>
        </Controls>{' '}
      </Changeable>
      <SaveBar
        changed={changed}
        saving={update.isPending}
        error={failure.elsewhere}
        onDiscard={() => {
          update.reset();
          setDraft({});
        }}
      />
    </form>
  );
}

function DeleteRole({ role }: { role: Role }) {
  const remove = useDeleteRole(role.id);
  return (
    <DeleteDeed
      title="Delete role"
      text="Takes it from everybody who has it. This cannot be undone."
      thing="role"
      name={role.name}
      to="/roles"
      remove={remove}
      typed={role.name}
    >
      Everybody who has <strong>{role.name}</strong> loses the permissions that come from it. This cannot be undone.
    </DeleteDeed>
  );
}
