import { Select, Textarea, TextInput } from '@mantine/core';
import { LinesField } from '../ui/lines-field.tsx';
import { Section } from '../ui/section.tsx';
import { cannotKeepSecret, type Settings, withType } from './form.ts';
import { CLIENT_TYPES } from './types.tsx';

type FieldsProps = {
  settings: Settings;
  onChange: (settings: Settings) => void;
  /** What the server had against a field. */
  errorOf: (name: keyof Settings) => string | undefined;
};

/** What the vendor's API names a description's limit. */
const DESCRIPTION_LENGTH = 140;

const AUTH_METHODS = [
  { value: 'client_secret_post', label: 'Client secret in the body (Post)' },
  { value: 'client_secret_basic', label: 'Client secret in the header (Basic)' },
  { value: 'none', label: 'None' },
];

const ADDRESSES = [
  {
    name: 'callbacks',
    label: 'Allowed callback URLs',
    description: 'Where people are sent after they signed in. One per line, compared letter by letter.',
    placeholder: 'https://app.example.com/callback',
  },
  {
    name: 'allowed_logout_urls',
    label: 'Allowed logout URLs',
    description: 'Where people are sent after they signed out. One per line.',
    placeholder: 'https://app.example.com',
  },
  {
    name: 'web_origins',
    label: 'Allowed web origins',
    description: 'Origins whose pages may ask in the background whether somebody is still signed in. One per line.',
    placeholder: 'https://app.example.com',
  },
] as const;

export function BasicFields({ settings, onChange, errorOf }: FieldsProps) {
  return (
    <Section title="Basic information" description="How people recognise this client.">
      <TextInput
        id="name"
        label="Name"
        required
        value={settings.name}
        error={errorOf('name')}
        onChange={(event) => onChange({ ...settings, name: event.currentTarget.value })}
      />
      <Textarea
        id="description"
        label="Description"
        description={`${settings.description.length} of ${DESCRIPTION_LENGTH} characters`}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autosize
        minRows={2}
        maxLength={DESCRIPTION_LENGTH}
        value={settings.description}
        error={errorOf('description')}
        onChange={(event) => onChange({ ...settings, description: event.currentTarget.value })}
      />
    </Section>
  );
}

export function TypeFields({ settings, onChange, errorOf }: FieldsProps) {
  const noSecret = cannotKeepSecret(settings.app_type) && settings.token_endpoint_auth_method === 'none';
  return (
    <Section title="Application" description="What it is, and how it proves to the token endpoint who it is.">
      <Select
        id="app_type"
        label="Application type"
        placeholder="Choose a type"
        allowDeselect={false}
        data={CLIENT_TYPES.map(({ value, label }) => ({ value, label }))}
        value={settings.app_type || null}
        error={errorOf('app_type')}
        onChange={(type) => type && onChange(withType(settings, type))}
      />
      <Select
        id="token_endpoint_auth_method"
        label="Token endpoint authentication method"
        description={
          noSecret ? 'An application on the device of its user cannot keep a secret; it uses PKCE.' : undefined
        }
        placeholder="Choose a method"
        allowDeselect={false}
        disabled={noSecret}
        data={AUTH_METHODS}
        value={settings.token_endpoint_auth_method || null}
        error={errorOf('token_endpoint_auth_method')}
        onChange={(method) => method && onChange({ ...settings, token_endpoint_auth_method: method })}
      />
    </Section>
  );
}

export function AddressFields({ settings, onChange, errorOf }: FieldsProps) {
  return (
    <Section
      title="Application addresses"
      description="Nobody is sent to an address that is not listed here, and no other page may ask for a session."
    >
      {ADDRESSES.map(({ name, ...field }) => (
        <LinesField
          key={name}
          id={name}
          {...field}
          value={settings[name]}
          error={errorOf(name)}
          onChange={(text) => onChange({ ...settings, [name]: text })}
        />
      ))}
    </Section>
  );
}
