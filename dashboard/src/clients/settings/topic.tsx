/** The fields of a topic of the settings. */
import { Stack } from '@mantine/core';
import type { Client } from '../../api/types.ts';
import { SettingField } from './field.tsx';
import { isFor } from './fields.ts';
import type { Value } from './form.ts';
import type { FieldSpec, Topic } from './spec.ts';

/** What the parts of the page know about the form. */
export type SettingsFormState = {
  client: Client;
  valueOf: (path: string) => Value;
  errorOf: (path: string) => string | undefined;
  type: (path: string, value: Value) => void;
};

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
