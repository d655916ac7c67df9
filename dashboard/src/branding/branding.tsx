/**
 * How the hosted pages look: colours and logo, with a preview that follows while they are edited.
 */
import { Box, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { brandingResource } from '../../../server/api/branding/schema.ts';
import type { Background } from '../../../server/login/colors.ts';
import { May } from '../api/may.tsx';
import { useDashboard } from '../dashboard.tsx';
import type { Body } from '../forms/draft.ts';
import { SettingsForm } from '../forms/form.tsx';
import { type FormSection, fieldsOf, type Read } from '../forms/spec.ts';
import { AskedChange } from '../ui/confirm-change.tsx';
import { NoEffect } from '../ui/no-effect.tsx';
import { Page } from '../ui/page.tsx';
import { Loaded } from '../ui/states.tsx';
import { Preview } from './preview.tsx';
import { type Branding, brandingQuery, type Theme, themeQuery, useDeleteTheme, useUpdateBranding } from './queries.ts';

const field = fieldsOf(brandingResource.fields);

export function BrandingScreen() {
  const { api } = useDashboard();
  const query = useQuery(brandingQuery(api));
  const theme = useQuery(themeQuery(api));
  return (
    <Page title="Branding" description="How the pages look that people sign in on.">
      {theme.data && <ThemeWins theme={theme.data} />}
      <Loaded query={query}>{({ branding, name }) => <BrandingForm branding={branding} name={name} />}</Loaded>
    </Page>
  );
}

function sectionsOf(hasGradient: boolean): FormSection[] {
  return [
    {
      title: 'Colours',
      description: 'In hexadecimal, such as #0f4a40.',
      fields: [
        field('colors.primary', { kind: 'colour', label: 'Primary colour', help: 'Of buttons and links.' }),
        field('colors.page_background', {
          kind: hasGradient ? 'json' : 'colour',
          label: 'Page background',
          help: hasGradient ? 'JSON: a gradient has type, start, end and angle_deg.' : 'Behind the card.',
        }),
      ],
    },
    {
      title: 'Pictures',
      description: 'They are loaded from their address by the browser of whoever signs in.',
      fields: [
        field('logo_url', {
          label: 'Logo URL',
          placeholder: 'https://example.com/logo.png',
          help: 'On top of every page.',
        }),
        field('favicon_url', {
          label: 'Icon URL',
          placeholder: 'https://example.com/icon.png',
          help: 'In the tab of the browser.',
        }),
        field('font.url', { label: 'Font URL', placeholder: 'https://example.com/font.woff2' }),
      ],
    },
  ];
}

function BrandingForm({ branding, name }: { branding: Branding; name: string }) {
  const update = useUpdateBranding();
  const gradient = typeof branding.colors?.page_background === 'object' && branding.colors.page_background !== null;
  return (
    <SettingsForm
      scope="update:branding"
      stored={branding}
      sections={sectionsOf(gradient)}
      save={update}
      prepare={withoutEmpty}
      above={(read) => (
        <Preview
          name={name}
          primary={String(read('colors.primary'))}
          background={backgroundOf(read, gradient)}
          logo={String(read('logo_url'))}
        />
      )}
    />
  );
}

/** Objects of which nothing is left are removed, because the API takes none without members. */
function withoutEmpty(body: Body): Body {
  const entries = Object.entries(body).map(([name, value]) => {
    const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
    return [name, isEmpty ? null : value];
  });
  return Object.fromEntries(entries);
}

function backgroundOf(read: Read, isGradient: boolean): Background {
  const text = String(read('colors.page_background'));
  if (!isGradient) return text;
  try {
    return JSON.parse(text) as Background;
  } catch {
    return '';
  }
}

function ThemeWins({ theme }: { theme: Theme }) {
  const remove = useDeleteTheme();
  return (
    <Box pb="xl">
      <NoEffect title="A theme is set, and it wins">
        The colour of buttons, the page background and the logo come from the theme
        {theme.displayName ? ` “${theme.displayName}”` : ''}, which was set by the API. What is chosen here counts again
        once there is none.
        <May scope="delete:branding">
          <Box mt="sm">
            <AskedChange
              button={(ask) => (
                <Button variant="default" size="xs" onClick={ask}>
                  Delete the theme
                </Button>
              )}
              change={remove}
              input={theme.themeId}
              done="The theme was deleted"
              title="Delete the theme?"
              action="Delete theme"
            >
              The pages look as the branding says. This cannot be undone.
            </AskedChange>
          </Box>
        </May>
      </NoEffect>
    </Box>
  );
}
