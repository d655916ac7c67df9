/** The window of an addon: its settings, made from the server's description, and how it is used. */
import { Modal, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { reasonOf } from '../../api/errors.ts';
import type { Client } from '../../api/types.ts';
import { useDashboard } from '../../dashboard.tsx';
import { type Draft, fieldOfError, problemsOf, shown } from '../../forms/draft.ts';
import { Field } from '../../forms/field.tsx';
import type { FieldSpec, Value } from '../../forms/spec.ts';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { filledIn } from '../../ui/fill.ts';
import { focusById } from '../../ui/focus-field.ts';
import { Markdown } from '../../ui/markdown.tsx';
import { notifyDone } from '../../ui/notify.tsx';
import { Failure, Loading } from '../../ui/states.tsx';
import { useUpdateClient } from '../queries.ts';
import type { Addon } from './catalogue.ts';
import { settingsOf, switchedOn } from './form.ts';
import { NotBuilt } from './not-built.tsx';

type AddonWindowProps = { client: Client; addon: Addon; onClose: () => void };

export function AddonWindow({ client, addon, onClose }: AddonWindowProps) {
  return (
    <Modal opened onClose={onClose} title={`Addon: ${addon.title}`} size="xl">
      <Stack gap="lg">
        <NotBuilt />
        <Tabs defaultValue="settings" keepMounted>
          <Tabs.List aria-label={addon.title}>
            <Tabs.Tab value="settings">Settings</Tabs.Tab>
            <Tabs.Tab value="usage">Usage</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="settings" pt="lg">
            <AddonForm client={client} addon={addon} onClose={onClose} />
          </Tabs.Panel>
          <Tabs.Panel value="usage" pt="lg">
            <Usage client={client} addon={addon} />
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </Modal>
  );
}

function AddonForm({ client, addon, onClose }: AddonWindowProps) {
  const specs = settingsOf(addon);
  const isOn = client.addons?.[addon.name] !== undefined;
  const [draft, setDraft] = useState<Draft>({});
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const update = useUpdateClient(client.client_id);
  const refused = fieldOfError(specs, update.error);
  const submit = () => {
    const found = problemsOf(specs, client, draft);
    setProblems(found);
    const [first] = Object.keys(found);
    if (first) return void focusById(first);
    update.mutate(switchedOn(client, addon, specs, draft), {
      onSuccess: () => {
        onClose();
        notifyDone(isOn ? 'Saved' : `${addon.title} is on`);
      },
      onError: (error) => focusById(fieldOfError(specs, error)?.path),
    });
  };
  const change = ({ path }: FieldSpec, value: Value) => {
    update.reset();
    setProblems(({ [path]: _gone, ...others }) => others);
    setDraft((now) => ({ ...now, [path]: value }));
  };
  return (
    <DialogForm
      onSubmit={submit}
      onClose={onClose}
      action={isOn ? 'Save' : 'Save and switch on'}
      pending={update.isPending}
      error={refused ? undefined : update.error}
    >
      <Text c="dimmed">{addon.about}</Text>
      {specs.length === 0 && <Text>There is nothing to set.</Text>}
      {specs.map((spec) => (
        <Field
          key={spec.path}
          spec={spec}
          value={draft[spec.path] ?? shown(spec, client)}
          error={problems[spec.path] ?? (refused === spec ? reasonOf(update.error) : undefined)}
          onChange={(value) => change(spec, value)}
        />
      ))}
    </DialogForm>
  );
}

const USAGE = import.meta.glob<string>('./usage/*.md', { query: '?raw', import: 'default' });

function Usage({ client, addon }: { client: Client; addon: Addon }) {
  const { config } = useDashboard();
  const text = useQuery({
    queryKey: ['addon-usage', addon.usage],
    queryFn: () => USAGE[`./usage/${addon.usage}.md`]!(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (text.isError) return <Failure error={text.error} onRetry={() => text.refetch()} />;
  if (!text.data) return <Loading />;
  const values = {
    title: addon.title,
    addon: addon.name,
    issuer: config.issuer,
    domain: config.domain,
    client_id: client.client_id,
  };
  return <Markdown text={filledIn(text.data, values)} filledIn={[config.issuer, client.client_id]} />;
}
