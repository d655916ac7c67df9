/** Branding: how the hosted pages look. Colours, logo and icon have an effect; what has none yet says so. */
import { Type } from 'typebox';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { choice, opt, orNull, strict } from '../../schema/types.ts';
import type { Singleton } from '../../tenants/singletons.ts';

const NOT_YET = 'Kept and shown; has no effect yet.';
const color = Type.String({ format: 'html-color' });
const picture = Type.String({ maxLength: 2000, format: 'strict-https-uri' });

/** A page background of two colours. */
const gradient = strict({
  type: choice(['linear-gradient']),
  start: color,
  end: color,
  angle_deg: opt(Type.Number({ minimum: -360, maximum: 360 })),
});

export const brandingResource = resource({
  name: 'Branding',
  plural: 'branding',
  fields: {
    colors: field(
      strict(
        { primary: opt(orNull(color)), page_background: opt(Type.Union([color, gradient, Type.Null()])) },
        { minProperties: 1 },
      ),
      { nullable: 'remove', description: 'Colour of buttons and links, and of the page behind the card' },
    ),
    favicon_url: field(picture, { nullable: 'remove', description: 'Icon that browsers show' }),
    logo_url: field(picture, { nullable: 'remove', description: 'Picture on top of every page' }),
    font: field(strict({ url: opt(orNull(picture)) }, { minProperties: 1 }), { nullable: 'remove', inert: NOT_YET }),
  },
});

export type Branding = DocumentOf<typeof brandingResource>;

export const branding: Singleton<Branding> = { name: 'branding', defaults: {} };

/** The page that a tenant wrote for all hosted pages. */
export const universalLoginResource = resource({
  name: 'UniversalLoginTemplate',
  plural: 'templates',
  fields: {
    body: field(Type.String({ maxLength: 102_400 }), { inert: NOT_YET, description: 'The page, in Liquid' }),
  },
});

export const universalLogin: Singleton<{ body?: string }> = {
  name: 'branding/templates/universal-login',
  defaults: {},
};
