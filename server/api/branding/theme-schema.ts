/** Themes: the finer points of how hosted pages look. A tenant has at most one, and it wins over the branding. */
import { Type } from 'typebox';
import { PATTERNS } from '../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { choice, opt, strict } from '../../schema/types.ts';

const hex = Type.String({ pattern: PATTERNS.rgba });
const url = Type.String({ maxLength: 2000, pattern: PATTERNS.httpsLinkOrEmpty });
const between = (minimum: number, maximum: number) => Type.Number({ minimum, maximum });
const flag = Type.Boolean();
const shape = choice(['pill', 'rounded', 'sharp']);
const side = choice(['center', 'left', 'right']);
const type = strict({ bold: flag, size: between(0, 150) });

export const themeResource = resource({
  name: 'BrandingTheme',
  plural: 'themes',
  fields: {
    borders: field(
      strict({
        button_border_radius: between(1, 10),
        button_border_weight: between(0, 10),
        buttons_style: shape,
        input_border_radius: between(0, 10),
        input_border_weight: between(0, 3),
        inputs_style: shape,
        show_widget_shadow: flag,
        widget_border_weight: between(0, 10),
        widget_corner_radius: between(0, 50),
      }),
      { required: true, always: true, inert: 'Kept and shown; has no effect yet.' },
    ),
    colors: field(
      strict({
        base_focus_color: opt(hex),
        base_hover_color: opt(hex),
        body_text: hex,
        captcha_widget_theme: opt(choice(['auto', 'dark', 'light'])),
        error: hex,
        header: hex,
        icons: hex,
        input_background: hex,
        input_border: hex,
        input_filled_text: hex,
        input_labels_placeholders: hex,
        links_focused_components: hex,
        primary_button: hex,
        primary_button_label: hex,
        read_only_background: opt(hex),
        secondary_button_border: hex,
        secondary_button_label: hex,
        success: hex,
        widget_background: hex,
        widget_border: hex,
      }),
      {
        required: true,
        always: true,
        description: 'Colours of the parts of a page',
        inert: 'Of the colours only primary_button has an effect; the others follow from it.',
      },
    ),
    displayName: field(Type.String({ maxLength: 2048, pattern: PATTERNS.withoutBracketsOrEmpty }), {
      description: 'Name for people',
    }),
    fonts: field(
      strict({
        body_text: type,
        buttons_text: type,
        font_url: url,
        input_labels: type,
        links: type,
        links_style: choice(['normal', 'underlined']),
        reference_text_size: between(12, 24),
        subtitle: type,
        title: strict({ bold: flag, size: between(75, 150) }),
      }),
      { required: true, always: true, inert: 'Kept and shown; has no effect yet.' },
    ),
    page_background: field(strict({ background_color: hex, background_image_url: url, page_layout: side }), {
      required: true,
      always: true,
      description: 'The page behind the card',
      inert: 'Of the page background only background_color has an effect.',
    }),
    widget: field(
      strict({
        header_text_alignment: side,
        logo_height: between(1, 100),
        logo_position: choice(['center', 'left', 'none', 'right']),
        logo_url: url,
        social_buttons_layout: choice(['bottom', 'top']),
      }),
      {
        required: true,
        always: true,
        description: 'The card',
        inert: 'Of the card only logo_url has an effect, and logo_position when it is none.',
      },
    ),
    // Not in the vendor's document; recorded.
    identifiers: field(
      strict({
        login_display: opt(choice(['unified', 'separate'])),
        otp_autocomplete: opt(flag),
        phone_display: opt(
          strict({
            formatting: opt(choice(['international', 'regional'])),
            masking: opt(choice(['show_all', 'hide_country_code', 'mask_digits'])),
          }),
        ),
      }),
      { inert: 'Kept and shown; has no effect yet.' },
    ),
    themeId: field(Type.String(), { readOnly: true, always: true, description: 'Identifier of the theme' }),
  },
});

export type Theme = DocumentOf<typeof themeResource>;
