/**
 * A mail as its reader would get it, filled in with made-up values by the same code that writes the real ones.
 */
import { Alert, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type MailVariables, renderMail } from '../../../server/mail/templates.ts';
import { useDashboard } from '../dashboard.tsx';
import classes from './preview.module.css';

const SAMPLE = {
  ttl: 432_000,
  code: '123456',
  user: { email: 'jo@example.com', name: 'Jo Example', given_name: 'Jo', nickname: 'jo', user_id: 'auth0|1' },
  application: { name: 'My App', clientID: 'my-app' },
  connection: { name: 'Username-Password-Authentication' },
  organization: { name: 'acme', display_name: 'Acme' },
  inviter: { name: 'Sam Example' },
};

export function MailPreview({ subject, body }: { subject: string; body: string }) {
  const { config } = useDashboard();
  const url = `${config.issuer}sample-link`;
  const variables: MailVariables = { ...SAMPLE, url, tenant: config.tenant, friendly_name: 'Your tenant' };
  const mail = useQuery({
    queryKey: ['emails', 'preview', subject, body],
    queryFn: () => renderMail({ subject, html: body }, variables),
    retry: false,
    gcTime: 0,
    placeholderData: (before) => before,
  });
  return (
    <Stack gap="sm" role="region" aria-label="Preview">
      <Text fw={600}>Preview</Text>
      {mail.error && (
        <Alert color="red" role="alert" title="This is no valid template">
          {mail.error.message}
        </Alert>
      )}
      {mail.data && (
        <>
          <Text size="sm" c="dimmed">
            Subject: {mail.data.subject || '(the usual one)'}
          </Text>
          <iframe
            className={classes.frame}
            title="Preview of the mail"
            sandbox=""
            tabIndex={-1}
            srcDoc={withoutPictures(mail.data.html)}
          />
        </>
      )}
    </Stack>
  );
}

/** Nothing is fetched for a preview: the pictures of a mail are on servers of others. */
function withoutPictures(html: string): string {
  const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`;
  return policy + html;
}
