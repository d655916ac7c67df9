/**
 * The login page as it would look, with the stylesheet and the rules for colours of the hosted pages themselves. It is a
 * picture: nothing in it can be used, and nothing is fetched for it unless it is asked for.
 */
import { Group, SegmentedControl, Stack, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { html, raw, renderHtml, webUrl } from '../../../server/http/html.ts';
import { type Background, brandStyle } from '../../../server/login/colors.ts';
import stylesheet from '../../../server/login/style.css?raw';
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

/** The markup of `server/login/login/page.ts`, as far as it carries the look. */
function page({ name, primary, background, logo }: PreviewProps, scheme: string): string {
  const style = brandStyle({ primary_color: primary, page_background: background });
  const url = webUrl(logo);
  const letter = [...name.trim()][0]?.toLocaleUpperCase() ?? '?';
  const sign = url
    ? html`<img class="logo" src="${url}" alt="${name}">`
    : html`<span class="monogram" aria-hidden="true">${letter}</span>`;
  return renderHtml(html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="${scheme}">
<title>Preview</title><style>${raw(stylesheet)}</style><style>${raw(style)}</style></head>
<body inert><main class="card"><div class="top">${sign}</div>
<header class="head"><h1>Log in to ${name}</h1><p class="lead">to continue to My App.</p></header>
<div class="field"><label>E-mail address</label><span class="input"></span></div>
<div class="field"><label>Password</label><span class="input"></span></div>
<p class="below"><a class="link" href="#">Forgot password?</a></p>
<span class="button primary">Continue</span>
<p class="switch">No account yet? <a class="link" href="#">Sign up</a></p>
</main></body></html>`);
}
