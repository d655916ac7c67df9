/**
 * What is known of a user: facts, the profile as a form, accounts it signs in by, second factors.
 */
import { SimpleGrid, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { databaseChoicesQuery } from '../api/choices.ts';
import { placed } from '../api/errors.ts';
import { Changeable, Controls } from '../api/may.tsx';
import type { User } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { Facts } from '../ui/facts.tsx';
import { focusField } from '../ui/focus-field.ts';
import { Ago, fullDate } from '../ui/moment.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { SaveBar } from '../ui/save-bar.tsx';
import { Section } from '../ui/section.tsx';
import { BlockedLogins } from './blocks.tsx';
import { Identities } from './identities.tsx';
import { Methods } from './methods.tsx';
import { connectionsOf } from './person.tsx';
import { type Profile, profileChanges, profileOf } from './profile-form.ts';
import { useUpdateUser, useUser } from './queries.ts';

export function ProfileTab() {
  const user = useUser();
  return (
    <>
      <BlockedLogins user={user} />
      <Overview user={user} />
      {/* The key starts the form anew for another user; a background refresh of this one loses nothing typed. */}
      <ProfileForm key={user.user_id} user={user} />
      <Identities user={user} />
      <Methods user={user} />
    </>
  );
}

function Overview({ user }: { user: User }) {
  return (
    <Section title="Overview" description="What this server noticed by itself.">
      <Facts
        facts={[
          { label: 'Connection', value: connectionsOf(user) },
          { label: 'Created', value: fullDate(user.created_at) },
          {
            label: 'Last login',
            value: user.last_login ? (
              <>
                {fullDate(user.last_login)} (<Ago at={user.last_login} span inherit />)
              </>
            ) : (
              'Never'
            ),
          },
          { label: 'Last IP address', value: user.last_ip, mono: true },
          { label: 'Logins', value: (user.logins_count ?? 0).toLocaleString() },
          { label: 'Password changed', value: user.last_password_reset && fullDate(user.last_password_reset) },
        ]}
      />
    </Section>
  );
}

type Field = { name: keyof Profile; label: string; type?: string; description?: string };

const NAMES: readonly Field[] = [
  { name: 'name', label: 'Full name' },
  { name: 'nickname', label: 'Nickname' },
  { name: 'given_name', label: 'Given name' },
  { name: 'family_name', label: 'Family name' },
];
const IDENTIFIERS: readonly Field[] = [
  { name: 'email', label: 'Email', type: 'email', description: 'A new address counts as unverified.' },
  { name: 'username', label: 'Username', description: 'No two users of a connection share one.' },
  {
    name: 'phone_number',
    label: 'Phone number',
    type: 'tel',
    description: 'With the country: +44 20 7946 0000 is +442079460000.',
  },
];

function ProfileForm({ user }: { user: User }) {
  const { api } = useDashboard();
  const databases = useQuery(databaseChoicesQuery(api)).data ?? [];
  const hasUsername =
    user.username ||
    databases.some(({ name, options }) => options?.requires_username && name === user.identities[0]?.connection);
  const [draft, setDraft] = useState<Profile>();
  const update = useUpdateUser(user.user_id);
  const profile = draft ?? profileOf(user);
  const changes = profileChanges(user, profile);
  const changed = Object.keys(changes).length > 0;
  const failure = placed(update.error, Object.keys(profile));
  const input = ({ name, label, type, description }: Field) => (
    <TextInput
      key={name}
      id={name}
      label={label}
      type={type}
      description={description}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      autoComplete="off"
      value={profile[name]}
      error={failure.at(name)}
      onChange={(event) => {
        update.reset();
        setDraft({ ...profile, [name]: event.currentTarget.value });
      }}
    />
  );
  const discard = () => {
    update.reset();
    setDraft(undefined);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!changed) return;
        update.mutate(changes, {
          onSuccess: () => {
            setDraft(undefined);
            notifyDone('Saved');
          },
          onError: focusField,
        });
      }}
    >
      <Changeable scope="update:users">
        <Controls>
          <Section title="Profile" description="What applications learn in ID tokens and from the userinfo endpoint.">
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
              {NAMES.map(input)}
            </SimpleGrid>
          </Section>
          <Section title="Identifiers" description="What this user signs in with. Change one of them at a time.">
            {IDENTIFIERS.filter(({ name }) => name !== 'username' || hasUsername).map(input)}
          </Section>
        </Controls>{' '}
      </Changeable>
      <SaveBar changed={changed} saving={update.isPending} error={failure.elsewhere} onDiscard={discard} />
    </form>
  );
}
