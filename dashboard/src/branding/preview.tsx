/**
 * The login page as it would look, drawn by the server's own code. It is a picture: nothing in it can be used, and nothing
 * is fetched for it unless it is asked for.
 */
import { Group, SegmentedControl, Stack, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { webUrl } from '../../../server/http/html.ts';
import { stylesheet } from '../../../server/login/assets.ts';
import type { Background } from '../../../server/login/colors.ts';
import { renderLogin } from '../../../server/login/login/page.ts';
import classes from './preview.module.css';

export type PreviewProps = {
  name: string;
  primary: string;
  background: Background;
  logo: string;
};

const SCHEMES = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

export function Preview(props: PreviewProps) {
  const [scheme, setScheme] = useState('light');
  const [withLogo, setWithLogo] = useState(false);
  const hasLogo = webUrl(props.logo) !== undefined;
  return (
    <Stack gap="sm" pb="xl">
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed" maw={420}>
          How people see the login page. Colours are made legible where they would not be.
        </Text>
        <Group gap="md">
          {hasLogo && (
            <Switch
              size="sm"
              label="Load the logo"
              checked={withLogo}
              onChange={(event) => setWithLogo(event.currentTarget.checked)}
            />
          )}
          <SegmentedControl
            aria-label="Colour scheme of the preview"
            data={SCHEMES}
            value={scheme}
            onChange={setScheme}
          />
        </Group>
      </Group>
      <iframe
        className={classes.frame}
        style={{ colorScheme: scheme }}
        title="Preview of the login page"
        sandbox=""
        tabIndex={-1}
        srcDoc={page({ ...props, logo: withLogo ? props.logo : '' }, scheme)}
      />
    </Stack>
  );
}

/** The page itself, as the server draws it, made a picture: its style is put inline, and nothing can be reached. */
function page({ name, primary, background, logo }: PreviewProps, scheme: string): string {
  return (
    renderLogin({
      brand: { name, logo_url: logo, primary_color: primary, page_background: background },
      clientName: 'My App',
      nonce: '',
      locale: 'en',
      csrf: '',
      action: '',
      requiresUsername: false,
      forgotPasswordUrl: '#',
      signupUrl: '#',
      connections: [],
    })
      .replace(
        /<link rel="stylesheet"[^>]*>/,
        () => `<style>${stylesheet.content}:root{color-scheme:${scheme}}</style>`,
      )
      // The scheme is chosen here, whatever that of the system is.
      .replaceAll(/\(prefers-color-scheme: ?dark\)/g, scheme === 'dark' ? 'all' : 'not all')
      .replace('<body>', '<body inert>')
      .replaceAll(' autofocus', '')
  );
}
