/** How a tenant's pages look and what they say, from its settings, branding, theme and custom texts. */
import { branding } from '../api/branding/schema.ts';
import { themes } from '../api/branding/store.ts';
import { customTextsOf } from '../api/prompts/store.ts';
import type { Services } from '../services.ts';
import type { TenantConfiguration } from '../tenants/configuration.ts';
import { singletonOf } from '../tenants/singletons.ts';
import type { Brand } from './layout.ts';
import { layTexts, type OwnTexts } from './texts.ts';

/** The theme wins over the branding, and the branding over the tenant's settings. Read once per revision. */
export function brandOf(services: Services, configuration: TenantConfiguration): Promise<Brand> {
  const { settings, tenant } = configuration;
  const text = (name: string) =>
    typeof settings[name] === 'string' && settings[name] ? (settings[name] as string) : undefined;
  return configuration.memo('brand', async () => {
    const [{ colors, logo_url, favicon_url }, theme] = await Promise.all([
      singletonOf(services, configuration, branding),
      themes.find(services.database.read, tenant, 'default', 'true'),
    ]);
    return {
      name: text('friendly_name') ?? 'Latchkey',
      logo_url: theme?.widget.logo_url || (logo_url ?? text('picture_url')),
      hide_logo: theme?.widget.logo_position === 'none',
      favicon_url: favicon_url ?? undefined,
      support_url: text('support_url'),
      support_email: text('support_email'),
      primary_color: theme?.colors.primary_button ?? colors?.primary,
      page_background: theme?.page_background.background_color ?? colors?.page_background,
    };
  });
}

/** The texts a tenant wrote for a language, ready to be laid over ours; undefined when there are none. */
export function ownTextsOf(
  services: Services,
  configuration: TenantConfiguration,
  locale: string,
): Promise<OwnTexts | undefined> {
  return configuration.memo(`texts ${locale}`, async () => {
    const custom = await customTextsOf(services.database.read, configuration.tenant, locale);
    return custom && layTexts(locale, custom);
  });
}

/** Of the languages that are asked for, the first that the tenant has enabled; else the tenant's first. */
export function localeOf({ settings }: TenantConfiguration, asked: readonly string[]): string {
  const enabled = settings.enabled_locales as readonly string[] | undefined;
  if (!enabled?.length) return 'en';
  for (const tag of asked.map((one) => one.toLowerCase())) {
    const [language] = tag.split('-');
    const found =
      enabled.find((locale) => locale.toLowerCase() === tag) ??
      enabled.find((locale) => locale.toLowerCase() === language) ??
      enabled.find((locale) => locale.toLowerCase().split('-')[0] === language);
    if (found) return found;
  }
  return enabled[0]!;
}

/**
 * The languages of an `Accept-Language` header, the most wanted first.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4
 */
export function acceptedLanguages(header: string): string[] {
  return header
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', weight] = part.trim().split(/\s*;\s*q=/);
      return { tag, weight: weight === undefined ? 1 : Number(weight) || 0 };
    })
    .filter(({ tag, weight }) => weight > 0 && /^[a-z]{2,3}(-[a-z0-9]{1,8})*$/i.test(tag))
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}
