/**
 * The settings of an organization, and its end.
 */
import { Box, ColorInput, SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import { fieldOf, reasonOf } from '../api/errors.ts';
import { Changeable, Controls, May } from '../api/may.tsx';
import type { Organization } from '../api/types.ts';
import { Deeds } from '../ui/deed.tsx';
import { DeleteDeed } from '../ui/delete.tsx';
import { focusField } from '../ui/focus-field.ts';
import { JsonField } from '../ui/json-field.tsx';
import { NoEffect } from '../ui/no-effect.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { SaveBar } from '../ui/save-bar.tsx';
import { Section } from '../ui/section.tsx';
import { changesOf, type Settings, settingsOf } from './form.ts';
import { organizationTitle } from './names.ts';
import { useDeleteOrganization, useOrganization, useUpdateOrganization } from './queries.ts';

export function OverviewTab() {
  const organization = useOrganization();
  return (
    <>
      <Box py="xl">
        <NoEffect title="No login asks for an organization yet">
          Organizations are kept for your applications, which read them through the API.
        </NoEffect>
      </Box>
      <SettingsForm key={organization.id} organization={organization} />
      <May scope="delete:organizations">
        <Section title="Danger zone" description="Members keep their accounts and lose what they had here." danger>
          <Deeds>
            <DeleteOrganization organization={organization} />
          </Deeds>
        </Section>
      </May>
    </>
  );
}

/** The API names all of the branding by one word; its message goes below the first of these fields. */
const BRANDING = 'branding';

function SettingsForm({ organization }: { organization: Organization }) {
  const [draft, setDraft] = useState<Settings>();
  const [checked, setChecked] = useState(false);
  const update = useUpdateOrganization(organization.id);
  const settings = draft ?? settingsOf(organization);
  const { changes, problem } = changesOf(organization, settings);
  const changed = Object.keys(changes).length > 0 || problem !== undefined;
  const field = fieldOf(update.error);
  const errorOf = (name: string) => (field === name ? reasonOf(update.error) : undefined);
  const set = (name: keyof Settings, value: string) => {
    update.reset();
    setDraft({ ...settings, [name]: value });
  };
  const text = (name: keyof Settings, id: string = name) => ({
    id,
    value: settings[name],
    error: errorOf(id),
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) => set(name, event.currentTarget.value),
  });
  const color = (name: 'primary' | 'page_background') => ({
    value: settings[name],
    placeholder: 'As the tenant has it',
    popoverProps: { withinPortal: false },
    eyeDropperButtonProps: { 'aria-label': 'Pick a colour from the screen' },
    onChange: (value: string) => set(name, value),
  });
  const save = () => {
    setChecked(problem !== undefined);
    if (problem !== undefined) return document.getElementById('metadata')?.focus();
    update.mutate(changes, {
      onSuccess: () => {
        setDraft(undefined);
        notifyDone('Saved');
      },
      onError: focusField,
    });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (changed) save();
      }}
    >
      <Changeable scope="update:organizations">
        <Controls>
          <Section title="Basic information" description="What this organization is called.">
            <TextInput label="Display name" description="What people read." {...text('display_name')} />
            <TextInput
              label="Name"
              description="What requests and tokens say: lower-case letters, digits, hyphens and underscores."
              spellCheck={false}
              autoCapitalize="off"
              {...text('name')}
            />
          </Section>
          <Section title="Branding" description="How login pages look for its members. Empty fields follow the tenant.">
            <TextInput
              label="Logo"
              type="url"
              description="Address of a picture, over HTTPS."
              placeholder="https://acme.example.com/logo.png"
              {...text('logo_url', BRANDING)}
            />
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
              <ColorInput label="Primary colour" {...color('primary')} />
              <ColorInput label="Page background" {...color('page_background')} />
            </SimpleGrid>
          </Section>
        </Controls>
        <Section title="Metadata" description="Up to 25 texts that your application keeps with the organization.">
          <JsonField
            id="metadata"
            label="Metadata"
            value={settings.metadata}
            error={checked ? (problem ?? errorOf('metadata')) : errorOf('metadata')}
            onChange={(value) => set('metadata', value)}
          />
        </Section>
      </Changeable>
      <SaveBar
        changed={changed}
        saving={update.isPending}
        error={field !== undefined && (field in settings || field === BRANDING) ? undefined : update.error}
        onDiscard={() => {
          update.reset();
          setChecked(false);
          setDraft(undefined);
        }}
      />
    </form>
  );
}

function DeleteOrganization({ organization }: { organization: Organization }) {
  const remove = useDeleteOrganization(organization.id);
  const title = organizationTitle(organization);
  return (
    <DeleteDeed
      title="Delete organization"
      text="Removes it with its memberships, invitations and roles."
      thing="organization"
      name={title}
      to="/organizations"
      remove={remove}
      typed={organization.name}
    >
      The memberships, invitations and roles of <strong>{title}</strong> are removed. The people stay users. This cannot
      be undone.
    </DeleteDeed>
  );
}
