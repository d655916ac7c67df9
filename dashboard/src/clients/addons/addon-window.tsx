/** The window of an addon: its settings, made from the server's description, and how it is used. */
import { Modal, PasswordInput, Stack, Switch, Tabs, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Client } from '../../api/types.ts';
import { useDashboard } from '../../dashboard.tsx';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { filledIn } from '../../ui/fill.ts';
import { LinesField } from '../../ui/lines-field.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import { notifyDone } from '../../ui/notify.tsx';
import { Failure, Loading } from '../../ui/states.tsx';
import { useUpdateClient } from '../queries.ts';
import type { Addon } from './catalogue.ts';
import { type AddonDraft, draftOf, problemsOf, type SettingSpec, settingsFrom, settingsOf } from './form.ts';
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
  const stored = (client.addons?.[addon.name] ?? {}) as Record<string, unknown>;
  const isOn = client.addons?.[addon.name] !== undefined;
  const [draft, setDraft] = useState<AddonDraft>(() => draftOf(specs, stored));
  const [hasTried, setHasTried] = useState(false);
  const update = useUpdateClient(client.client_id);
  const problems = problemsOf(specs, draft);
  const submit = () => {
    setHasTried(true);
    if (Object.keys(problems).length > 0) return;
    update.mutate(
      { addons: { ...client.addons, [addon.name]: settingsFrom(specs, draft, stored) } },
      {
        onSuccess: () => {
          onClose();
          notifyDone(isOn ? 'Saved' : `${addon.title} is on`);
        },
      },
    );
  };
  return (
    <DialogForm
      onSubmit={submit}
      onClose={onClose}
      action={isOn ? 'Save' : 'Save and switch on'}
      pending={update.isPending}
      error={update.error}
    >
      <Text c="dimmed">{addon.about}</Text>
      {specs.length === 0 && <Text>There is nothing to set.</Text>}
      {specs.map((spec) => (
        <AddonSetting
          key={spec.name}
          spec={spec}
          value={draft[spec.name] ?? ''}
          error={hasTried ? problems[spec.name] : undefined}
          onChange={(value) => {
            update.reset();
            setDraft((now) => ({ ...now, [spec.name]: value }));
          }}
        />
      ))}
    </DialogForm>
  );
}

type AddonSettingProps = {
  spec: SettingSpec;
  value: string | boolean;
  error: string | undefined;
  onChange: (value: string | boolean) => void;
};

function AddonSetting({ spec, value, error, onChange }: AddonSettingProps) {
  const { label, help, placeholder, kind, secret, isRequired } = spec;
  const base = { label, description: help, error, placeholder, withAsterisk: isRequired };
  const text = { ...base, value: String(value), autoComplete: 'off', spellCheck: false };
  if (kind === 'switch') {
    return (
      <Switch
        label={label}
        description={help}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  if (kind === 'lines') return <LinesField {...base} value={String(value)} onChange={onChange} />;
  if (kind === 'json' || secret === 'key') {
    return (
      <Textarea
        {...text}
        autosize
        minRows={4}
        maxRows={14}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  if (secret === 'line') {
    return (
      <PasswordInput
        {...text}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': `Show or hide ${label}` }}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      {...text}
      inputMode={kind === 'number' ? 'numeric' : undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
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
