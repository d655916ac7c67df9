/** Prompts: settings of the hosted login, what a tenant says and puts on its screens, and how screens are rendered. */
import { Type } from 'typebox';
import { PATTERNS } from '../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { anyObject, choice, open, opt, orNull, strict } from '../../schema/types.ts';
import type { Singleton } from '../../tenants/singletons.ts';
import { PARTIAL_SCREENS, PLACES } from './screens.ts';

const NOT_YET = 'Kept and shown; has no effect yet.';
const flag = Type.Boolean();

export const promptSettingsResource = resource({
  name: 'PromptSettings',
  plural: 'prompts',
  fields: {
    universal_login_experience: field(choice(['new', 'classic']), {
      inert: 'The pages are the same for both.',
      description: 'Which generation of hosted pages is used',
    }),
    identifier_first: field(flag, {
      nullable: 'remove',
      inert: 'Identifier and password are asked for on one page.',
      description: 'Whether the identifier is asked for on a page of its own',
    }),
    webauthn_platform_first_factor: field(flag, {
      nullable: 'remove',
      inert: NOT_YET,
      description: 'Whether a device can stand for the password',
    }),
  },
});

export const promptSettings: Singleton<DocumentOf<typeof promptSettingsResource>> = {
  name: 'prompts',
  defaults: { universal_login_experience: 'new', identifier_first: false },
};

/** The app that a tenant gives its users in place of the vendor's. Not in the vendor's document; recorded. */
export const pushAppResource = resource({
  name: 'PushApp',
  plural: 'apps',
  fields: {
    app_name: field(Type.String({ maxLength: 200 }), { inert: NOT_YET, description: 'Name of the app' }),
    apple_app_link: field(Type.String({ maxLength: 2000 }), {
      inert: NOT_YET,
      description: 'Its page in the App Store',
    }),
    google_app_link: field(Type.String({ maxLength: 2000 }), {
      inert: NOT_YET,
      description: 'Its page in Google Play',
    }),
  },
});

export const pushApp: Singleton<DocumentOf<typeof pushAppResource>> = {
  name: 'prompts/mfa-push',
  defaults: { app_name: '', apple_app_link: '', google_app_link: '' },
};

const words = { pattern: PATTERNS.textKey };

/** Texts by screen and key. Keys that no page has are kept for pages to come. */
export const customTextBody = Type.Unsafe<Record<string, Record<string, string>>>({
  type: 'object',
  maxProperties: 100,
  propertyNames: words,
  additionalProperties: {
    type: 'object',
    maxProperties: 500,
    propertyNames: words,
    additionalProperties: { type: 'string', maxLength: 5000 },
  },
});

const markup = strict(Object.fromEntries(PLACES.map((place) => [place, opt(Type.String({ maxLength: 10_000 }))])));

/** Markup by screen and place. */
export const partialsResource = resource({
  name: 'Partials',
  plural: 'partials',
  fields: Object.fromEntries(
    Object.values(PARTIAL_SCREENS)
      .flat()
      .map((screen) => [screen, field(markup, { inert: NOT_YET, description: 'Markup by its place on the screen' })]),
  ),
});

const CONTEXT = [
  'branding\\.settings',
  'branding\\.themes\\.default',
  'client\\.logo_uri',
  'client\\.description',
  'organization\\.display_name',
  'organization\\.branding',
  'screen\\.texts',
  'tenant\\.(name|friendly_name|logo_url|enabled_locales)',
  'untrusted_data\\.submitted_form_data',
  'untrusted_data\\.authorization_params\\.(login_hint|screen_hint|ui_locales)',
  'untrusted_data\\.authorization_params\\.ext-[^.]+',
  'user\\.organizations',
  'user\\.(user_metadata|app_metadata)\\.[^.]+',
  'transaction\\.custom_domain\\.domain',
  'transaction\\.custom_domain\\.domain_metadata\\.[^.]+',
  'experiment',
  '(client|organization)\\.metadata\\.[^.]+',
];

const party = Type.Array(
  strict(
    { id: opt(Type.String({ maxLength: 255 })), metadata: opt(anyObject()) },
    { minProperties: 1, maxProperties: 1 },
  ),
  { maxItems: 100 },
);

export const renderingResource = resource({
  name: 'Rendering',
  plural: 'configs',
  fields: {
    tenant: field(Type.String(), { readOnly: true, always: true }),
    prompt: field(Type.String(), { readOnly: true, always: true }),
    screen: field(Type.String(), { readOnly: true, always: true }),
    rendering_mode: field(choice(['advanced', 'standard']), {
      always: true,
      inert: NOT_YET,
      description: 'Whether a page of the tenant draws the screen',
    }),
    context_configuration: field(
      Type.Array(Type.String({ maxLength: 255, pattern: `^(${CONTEXT.join('|')})$` }), { maxItems: 100 }),
      { nullable: 'remove', inert: NOT_YET, description: 'What that page is told' },
    ),
    default_head_tags_disabled: field(flag, { nullable: 'remove', inert: NOT_YET }),
    head_tags: field(
      Type.Array(
        open({
          tag: opt(Type.String({ maxLength: 100 })),
          attributes: opt(anyObject({ maxProperties: 10 })),
          content: opt(Type.String({ maxLength: 50_000 })),
        }),
        { maxItems: 100 },
      ),
      { nullable: 'remove', inert: NOT_YET, description: 'What stands in the head of that page' },
    ),
    filters: field(
      orNull(
        strict({
          match_type: opt(choice(['includes_any', 'excludes_any'])),
          clients: opt(party),
          organizations: opt(party),
          domains: opt(party),
        }),
      ),
      { nullable: 'keep', inert: NOT_YET, description: 'For whom that page draws the screen' },
    ),
    use_page_template: field(flag, { nullable: 'remove', inert: NOT_YET }),
  },
});

export type Rendering = DocumentOf<typeof renderingResource>;

/** What is in force for a screen that nothing was set for. */
export const RENDERING_DEFAULTS = {
  rendering_mode: 'standard',
  context_configuration: [],
  default_head_tags_disabled: false,
  head_tags: [],
  filters: null,
  use_page_template: false,
} as const;
