import { useState } from 'react';
import { fieldOf, pathOf, reasonOf } from '../../api/errors.ts';
import { Changeable } from '../../api/may.tsx';
import type { Client } from '../../api/types.ts';
import { focusById } from '../../ui/focus-field.ts';
import { notifyDone } from '../../ui/notify.tsx';
import { SaveBar } from '../../ui/save-bar.tsx';
import { Section } from '../../ui/section.tsx';
import { useClient, useUpdateClient } from '../queries.ts';
import { AdvancedSettings, tabOf } from './advanced.tsx';
import { Basics } from './basics.tsx';
import { Credentials } from './credentials.tsx';
import { DangerZone } from './danger-zone.tsx';
import { FIELD_SPECS, isFor } from './fields.ts';
import { cannotKeepSecret, changesOf, type Draft, problemsOf, shownValue, withTyped } from './form.ts';
import type { FieldSpec } from './spec.ts';
import { type SettingsFormState, TopicFields } from './topic.tsx';
import { TOPICS } from './topics.ts';

export function SettingsTab() {
  const client = useClient();
  // The key starts the form anew for another client; a background refresh of this one must not lose what was typed.
  return <SettingsForm key={client.client_id} client={client} />;
}

function SettingsForm({ client }: { client: Client }) {
  const [draft, setDraft] = useState<Draft>({});
  const [hasTried, setHasTried] = useState(false);
  const [tab, setTab] = useState('application-metadata');
  const update = useUpdateClient(client.client_id);
  const changes = changesOf(client, draft);
  const changed = Object.keys(changes).length > 0;
  const problems = problemsOf(client, draft);
  const refused = placeOf(update.error);
  const form: SettingsFormState = {
    client,
    valueOf: (path) => shownValue(client, draft, specOf(path)),
    errorOf: (path) =>
      (hasTried ? problems[path] : undefined) ?? (refused === path ? reasonOf(update.error) : undefined),
    type: (path, value) => {
      update.reset();
      setDraft((now) => withTyped(client, now, path, value));
    },
  };
  const show = (path: string | undefined) => {
    const found = path && tabOf(path);
    if (found) setTab(found);
    // The tab has to be there before a field of it can be looked at.
    if (path) setTimeout(() => focusById(path));
  };
  const save = () => {
    setHasTried(true);
    const [first] = Object.keys(problems);
    if (first) return show(first);
    update.mutate(changes, {
      onSuccess: () => {
        setDraft({});
        setHasTried(false);
        notifyDone('Saved');
      },
      onError: (error) => show(placeOf(error)),
    });
  };
  const discard = () => {
    update.reset();
    setDraft({});
    setHasTried(false);
  };
  return (
    <>
      <Basics client={client} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (changed) save();
        }}
      >
        <Changeable scope="update:clients">
          {TOPICS.filter((topic) => isFor(topic, form.valueOf('app_type'))).map((topic) => (
            <Section key={topic.title} title={topic.title} description={topic.description}>
              <TopicFields topic={topic} form={form} />
            </Section>
          ))}
          <Section title="Advanced settings" description="For what most applications never need.">
            <AdvancedSettings form={form} tab={tab} onTab={setTab} />
          </Section>
        </Changeable>
        <SaveBar
          changed={changed}
          saving={update.isPending}
          error={refused ? undefined : update.error}
          onDiscard={discard}
        />
      </form>
      {!cannotKeepSecret(client.app_type) && <Credentials client={client} />}
      <DangerZone client={client} />
    </>
  );
}

const SPECS = new Map(FIELD_SPECS.map((spec) => [spec.path, spec]));

function specOf(path: string): FieldSpec {
  const spec = SPECS.get(path);
  if (!spec) throw new TypeError(`No setting ${path}`);
  return spec;
}

/** The setting that an API error is about, when the form has it. */
function placeOf(error: unknown): string | undefined {
  return [pathOf(error), fieldOf(error)].find((path) => path !== undefined && SPECS.has(path));
}
