/**
 * Who delivers the mails of the tenant, with which credentials.
 */
import { Box, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { emailProviderResource, PROVIDER_CREDENTIALS, SHOWN_CREDENTIALS } from '../../../server/api/emails/schema.ts';
import { May } from '../api/may.tsx';
import { useDashboard } from '../dashboard.tsx';
import type { Body } from '../forms/draft.ts';
import { SettingsForm } from '../forms/form.tsx';
import type { JsonSchema } from '../forms/schema.ts';
import { type FieldSpec, type FormSection, fieldsOf, type Read, specOf } from '../forms/spec.ts';
import { AskedChange } from '../ui/confirm-change.tsx';
import { Deed, Deeds } from '../ui/deed.tsx';
import { TextLink } from '../ui/links.tsx';
import { NoEffect } from '../ui/no-effect.tsx';
import { Section } from '../ui/section.tsx';
import { Loaded } from '../ui/states.tsx';
import { type EmailProvider, providerQuery, useDeleteProvider, useSaveProvider } from './queries.ts';

const PROVIDERS = {
  smtp: 'SMTP server',
  ses: 'Amazon SES',
  sendgrid: 'SendGrid',
  mailgun: 'Mailgun',
  mandrill: 'Mandrill',
  sparkpost: 'SparkPost',
  resend: 'Resend',
  azure_cs: 'Azure Communication Services',
  ms365: 'Microsoft 365',
  custom: 'Custom (an action)',
};

const LABELS: Readonly<Record<string, string>> = {
  api_key: 'API key',
  accessKeyId: 'Access key ID',
  secretAccessKey: 'Secret access key',
  connectionString: 'Connection string',
  smtp_host: 'Host',
  smtp_port: 'Port',
  smtp_user: 'User name',
  smtp_pass: 'Password',
  tenantId: 'Tenant ID',
  clientId: 'Client ID',
  clientSecret: 'Client secret',
};

const field = fieldsOf(emailProviderResource.fields);

/** One field for each credential of each provider, shown for the chosen one. Secrets never come back. */
const CREDENTIALS: FieldSpec[] = Object.entries(PROVIDER_CREDENTIALS).flatMap(([provider, { properties }]) =>
  Object.entries(properties as Record<string, JsonSchema>).map(([name, schema]) =>
    specOf(
      `credentials.${name}`,
      { schema },
      {
        ...(LABELS[name] ? { label: LABELS[name] } : {}),
        ...(SHOWN_CREDENTIALS.includes(name)
          ? {}
          : { kind: 'secret', placeholder: 'Never shown; leave it empty to keep it' }),
        when: (read) => read('name') === provider,
      },
    ),
  ),
);

const SECTIONS: readonly FormSection[] = [
  {
    title: 'Provider',
    description: 'Mails are handed to it.',
    fields: [
      field('name', { label: 'Provider', labels: PROVIDERS, placeholder: 'Choose', help: 'Who delivers the mails.' }),
      field('enabled', {
        label: 'On',
        unset: true,
        help: 'When it is off, mails are kept or go through the server of this installation.',
      }),
      field('default_from_address', {
        label: 'From',
        placeholder: 'Example <login@example.com>',
        help: 'Sender of mails whose template names none.',
        emptied: 'text',
      }),
    ],
  },
  { title: 'Credentials', description: 'What the provider is reached with.', fields: CREDENTIALS },
  {
    title: 'More options',
    folded: true,
    fields: [field('settings', { label: 'Settings', help: 'JSON: what to tell the provider with every mail.' })],
  },
];

export function ProviderTab() {
  const { api } = useDashboard();
  const query = useQuery(providerQuery(api));
  return <Loaded query={query}>{(provider) => <ProviderForm provider={provider} />}</Loaded>;
}

function ProviderForm({ provider }: { provider: EmailProvider | null }) {
  const save = useSaveProvider(provider !== null);
  return (
    <>
      {!provider && (
        <Box py="xl">
          <NoEffect title="No provider yet">
            Mails go through the mail server of this installation if it has one, else they are kept in the{' '}
            <TextLink underline="always" to="/mailbox">
              mailbox
            </TextLink>
            .
          </NoEffect>
        </Box>
      )}
      <SettingsForm
        scope={provider ? 'update:email_provider' : 'create:email_provider'}
        key={provider ? 'change' : 'new'}
        stored={provider ?? {}}
        sections={SECTIONS}
        save={save}
        prepare={(body, read) => complete(body, read, provider)}
      />
      {provider && (
        <May scope="delete:email_provider">
          <RemoveProvider />
        </May>
      )}
    </>
  );
}

/** Only credentials that the chosen provider takes are sent; a new one is sent with some, even if there are none. */
function complete(body: Body, read: Read, provider: EmailProvider | null): Body {
  const name = String(read('name')) as keyof typeof PROVIDER_CREDENTIALS;
  const known = Object.keys(PROVIDER_CREDENTIALS[name]?.properties ?? {});
  const changesProvider = body.name !== undefined;
  if (body.credentials === undefined && !changesProvider) return body;
  const credentials = Object.entries((body.credentials ?? {}) as Body).filter(([one]) => known.includes(one));
  return { ...(provider ? {} : { enabled: read('enabled') }), ...body, credentials: Object.fromEntries(credentials) };
}

function RemoveProvider() {
  return (
    <Section title="Danger zone" danger>
      <Deeds>
        <Deed title="Remove provider" text="Forgets the provider and its credentials.">
          <AskedChange
            button={(ask) => (
              <Button color="red" onClick={ask}>
                Remove
              </Button>
            )}
            change={useDeleteProvider()}
            input={undefined}
            done="The provider was removed"
            title="Remove the mail provider?"
            action="Remove provider"
          >
            Mails no longer go through it. To use it again its credentials have to be entered once more.
          </AskedChange>
        </Deed>
      </Deeds>
    </Section>
  );
}
