/**
 * The settings of a client: read-only basics, a form that sends what was changed, and the danger zone. Which settings
 * there are is in fields.ts.
 */
import { Stack } from '@mantine/core';
import { useState } from 'react';
import { fieldOf, pathOf } from '../../api/errors.ts';
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
import { SettingField } from './field.tsx';
import { FIELD_SPECS, type FieldSpec, isFor, TOPICS, type Topic } from './fields.ts';
import { cannotKeepSecret, changesOf, type Draft, problemsOf, shownValue, type Value, withTyped } from './form.ts';

export function SettingsTab() {
  const client = useClient();
  // The key starts the form anew for another client; a background refresh of this one must not lose what was typed.
  return <SettingsForm key={client.client_id} client={client} />;
}

/** What the parts of the page know about the form. */
export type SettingsFormState = {
  client: Client;
  valueOf: (path: string) => Value;
  errorOf: (path: string) => string | undefined;
  type: (path: string, value: Value) => void;
};

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
      (hasTried ? problems[path] : undefined) ?? (refused === path ? update.error?.message : undefined),
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

/** The fields of a topic that matter to this client now. */
export function TopicFields({ topic, form }: { topic: Topic; form: SettingsFormState }) {
  const shown = topic.fields.filter((spec) => isShown(spec, form));
  return (
    <Stack gap="lg">
      {shown.map((spec) => (
        <SettingField
          key={spec.path}
          spec={spec}
          value={form.valueOf(spec.path)}
          error={form.errorOf(spec.path)}
          refused={spec.path === 'grant_types' ? refusedGrants(form) : undefined}
          onChange={(value) => form.type(spec.path, value)}
        />
      ))}
    </Stack>
  );
}

function isShown(spec: FieldSpec, { client, valueOf: value }: SettingsFormState): boolean {
  if (!isFor(spec, value('app_type'))) return false;
  // A client that proves itself with a key has no such method; the section of credentials tells about it.
  if (spec.path === 'token_endpoint_auth_method' && client.client_authentication_methods) return false;
  return !spec.shownIf || value(spec.shownIf.path) === spec.shownIf.is;
}

function refusedGrants(form: SettingsFormState): Record<string, string> {
  if (form.valueOf('token_endpoint_auth_method') !== 'none') return {};
  return { client_credentials: 'A client without a secret cannot act for itself.' };
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
