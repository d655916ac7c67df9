/**
 * Mails: what they say, and who delivers them.
 */
import { Badge, Group, Text, ThemeIcon } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { TEMPLATE_NAMES } from '../../../server/api/email-templates/schema.ts';
import { IconRow } from '../ui/icon-row.tsx';
import { TextLink } from '../ui/links.tsx';
import { NoEffectBadge } from '../ui/no-effect.tsx';
import { Page } from '../ui/page.tsx';
import { Rows, rowLink } from '../ui/rows.tsx';
import { TabPages } from '../ui/tab-pages.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import { isSent, TEMPLATE_WORDS } from './words.ts';

export function EmailsScreen() {
  return (
    <Page title="Emails" description="What the mails of this tenant say, and who delivers them.">
      <TabPages
        label="Emails"
        tabs={[
          { name: 'templates', label: 'Templates', link: { to: '/emails' } },
          { name: 'provider', label: 'Provider', link: { to: '/emails/provider' }, scopes: ['read:email_provider'] },
        ]}
      />
    </Page>
  );
}

export function TemplatesTab() {
  return (
    <>
      <Toolbar
        text={
          <>
            Each occasion has a template. While there is no provider, mails are kept in the{' '}
            <TextLink underline="always" to="/mailbox">
              mailbox
            </TextLink>{' '}
            of this dashboard.
          </>
        }
      />
      <Rows label="Templates">
        {TEMPLATE_NAMES.map((name) => (
          <IconRow
            key={name}
            icon={
              <ThemeIcon variant="light" size={38} radius="md" aria-hidden>
                <IconMail size={21} stroke={1.6} />
              </ThemeIcon>
            }
          >
            <Group gap="xs">
              <Link to="/emails/templates/$template" params={{ template: name }} className={rowLink}>
                {TEMPLATE_WORDS[name].label}
              </Link>
              {isSent(name) ? (
                <Badge size="sm" radius="sm" variant="light" tt="none" fw={500}>
                  Sent
                </Badge>
              ) : (
                <NoEffectBadge />
              )}
            </Group>
            <Text size="sm" c="dimmed">
              {TEMPLATE_WORDS[name].about}
            </Text>
          </IconRow>
        ))}
      </Rows>
    </>
  );
}
