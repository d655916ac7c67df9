/**
 * Editors for the two objects that applications keep with a user.
 */
import { useState } from 'react';
import { Changeable } from '../api/may.tsx';
import type { User } from '../api/types.ts';
import { isSame, mergeChanges, parseObject, printed } from '../ui/json.ts';
import { JsonField } from '../ui/json-field.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { SaveBar } from '../ui/save-bar.tsx';
import { Section } from '../ui/section.tsx';
import { useUpdateUser, useUser } from './queries.ts';

const FIELDS = [
  {
    name: 'user_metadata',
    title: 'User metadata',
    description: 'What belongs to the user: preferences, an address. Applications may let them change it.',
  },
  {
    name: 'app_metadata',
    title: 'App metadata',
    description: 'What applications decide about the user: a plan, an account number. The user cannot change it.',
  },
] as const;

type Name = (typeof FIELDS)[number]['name'];
type Draft = Partial<Record<Name, string>>;

export function MetadataTab() {
  const user = useUser();
  return <MetadataForm key={user.user_id} user={user} />;
}

function MetadataForm({ user }: { user: User }) {
  const [draft, setDraft] = useState<Draft>({});
  const [checked, setChecked] = useState(false);
  const update = useUpdateUser(user.user_id);
  const textOf = (name: Name) => draft[name] ?? printed(user[name] ?? {});
  const edited = FIELDS.map(({ name }) => ({ name, read: parseObject(textOf(name)) }));
  const changed = edited.filter(({ name, read }) => !('object' in read) || !isSame(read.object, user[name] ?? {}));
  const problemOf = (name: Name) => {
    const read = edited.find((entry) => entry.name === name)?.read;
    return checked && read && 'problem' in read ? read.problem : undefined;
  };
  const save = () => {
    const broken = changed.find(({ read }) => 'problem' in read);
    setChecked(broken !== undefined);
    if (broken) return document.getElementById(broken.name)?.focus();
    const body = Object.fromEntries(
      changed.map(({ name, read }) => [name, mergeChanges(user[name] ?? {}, 'object' in read ? read.object : {})]),
    );
    update.mutate(body, {
      onSuccess: () => {
        setDraft({});
        notifyDone('Saved');
      },
    });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (changed.length > 0) save();
      }}
    >
      <Changeable scope="update:users">
        {FIELDS.map(({ name, title, description }) => (
          <Section key={name} title={title} description={description}>
            <JsonField
              id={name}
              label={title}
              value={textOf(name)}
              error={problemOf(name)}
              onChange={(value) => {
                update.reset();
                setDraft((now) => ({ ...now, [name]: value }));
              }}
            />
          </Section>
        ))}
      </Changeable>
      <SaveBar
        changed={changed.length > 0}
        saving={update.isPending}
        error={update.error}
        onDiscard={() => {
          update.reset();
          setChecked(false);
          setDraft({});
        }}
      />
    </form>
  );
}
