/**
 * The template of one mail: its words, what it looks like, and for what can be sent on demand, a real one.
 */
import { Box, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { emailTemplateResource, TEMPLATE_NAMES } from '../../../server/api/email-templates/schema.ts';
import { mailTemplates } from '../../../server/mail/templates.ts';
import { May } from '../api/may.tsx';
import { useDashboard } from '../dashboard.tsx';
import type { Body } from '../forms/draft.ts';
import { SettingsForm } from '../forms/form.tsx';
import { type FormSection, fieldsOf, type Read } from '../forms/spec.ts';
import { BackLink, TextLink } from '../ui/links.tsx';
import { NoEffect } from '../ui/no-effect.tsx';
import { NoSuch } from '../ui/not-found.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { Page } from '../ui/page.tsx';
import { Section } from '../ui/section.tsx';
import { InlineFailure, Loaded } from '../ui/states.tsx';
import { MailPreview } from './preview.tsx';
import {
  type EmailTemplate,
  type TemplateName,
  templateQuery,
  useSaveTemplate,
  useSendVerification,
} from './queries.ts';
import { isSent, TEMPLATE_WORDS } from './words.ts';

const field = fieldsOf(emailTemplateResource.fields);
const text = { emptied: 'text' } as const;

const MAIL: FormSection = {
  title: 'Mail',
  description: 'From, subject and body are Liquid: {{ user.email }}, {{ application.name }}, {{ url }} and others.',
  fields: [
    field('enabled', { label: 'On', help: 'When it is off, this mail is not sent unless somebody asked for it.' }),
    field('from', {
      ...text,
      label: 'From',
      placeholder: 'Example <login@example.com>',
      help: 'Empty for the usual sender.',
    }),
    field('subject', { ...text, label: 'Subject', help: 'Empty for the usual one.' }),
    field('body', { ...text, kind: 'code', label: 'Body', help: 'HTML. Empty for the usual one.' }),
  ],
};

const LINK: FormSection = {
  title: 'Link',
  description: 'What the link of the mail does.',
  fields: [
    field('urlLifetimeInSeconds', { label: 'The link works for', unit: 'seconds', help: '432000 is five days.' }),
    field('resultUrl', {
      ...text,
      label: 'Redirect to',
      placeholder: 'https://example.com/welcome',
      help: 'Where to go on after the link was used. Liquid.',
    }),
    field('includeEmailInRedirect', { label: 'Tell the address to the redirect', unset: true }),
  ],
};

export function TemplateScreen() {
  const { api } = useDashboard();
  const { template } = getRouteApi('/emails/templates/$template').useParams();
  const name = TEMPLATE_NAMES.find((one) => one === template);
  const query = useQuery({ ...templateQuery(api, template), enabled: name !== undefined });
  if (!name) return <NoSuchTemplate />;
  return (
    <Page
      title={TEMPLATE_WORDS[name].label}
      back={<BackLink to="/emails">Emails</BackLink>}
      description={TEMPLATE_WORDS[name].about}
    >
      {!isSent(name) && (
        <Box pb="lg">
          <NoEffect title="This mail is not sent yet">
            Its template is checked and kept, and the API answers it. What would send it is not built yet.
          </NoEffect>
        </Box>
      )}
      <Loaded query={query}>
        {(stored) => (
          <>
            <TemplateForm key={name} name={name} stored={stored} />
            {name === 'verify_email' && (
              <May scope="update:users">
                <SendTest />
              </May>
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function NoSuchTemplate() {
  return <NoSuch thing="template" to="/emails" label="Go to emails" />;
}

function TemplateForm({ name, stored }: { name: TemplateName; stored: EmailTemplate | null }) {
  const save = useSaveTemplate(name, stored !== null);
  const ours = isSent(name) ? mailTemplates[name] : undefined;
  const shown = stored ?? { body: ours?.html ?? '', subject: '', from: '', enabled: false };
  const complete = (body: Body): Body => (stored ? body : { template: name, syntax: 'liquid', ...shown, ...body });
  const preview = (read: Read) => (
    <MailPreview
      subject={String(read('subject')) || (ours?.subject ?? '')}
      body={String(read('body')) || (ours?.html ?? '')}
    />
  );
  return (
    <SettingsForm
      scope={stored ? 'update:email_templates' : 'create:email_templates'}
      stored={shown}
      sections={[{ ...MAIL, below: preview }, LINK]}
      save={save}
      prepare={complete}
    />
  );
}

function SendTest() {
  const { session } = useDashboard();
  const [email, setEmail] = useState(session.profile.email ?? '');
  const send = useSendVerification();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate(email.trim(), { onSuccess: () => notifyDone('The mail is on its way') });
  };
  return (
    <Section title="Test" description="Sends this mail, as it is stored, to a user. The link in it works.">
      <form onSubmit={submit}>
        <Stack gap="md">
          <Group align="flex-end" gap="sm">
            <TextInput
              flex="1 1 16rem"
              label="Address of a user"
              type="email"
              autoComplete="off"
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <Button type="submit" variant="default" loading={send.isPending} disabled={email.trim() === ''}>
              Send test
            </Button>
          </Group>
          <InlineFailure error={send.error} />
          <Text size="sm" c="dimmed">
            Without a provider it appears in the{' '}
            <TextLink underline="always" to="/mailbox">
              mailbox
            </TextLink>
            .
          </Text>
        </Stack>
      </form>
    </Section>
  );
}
