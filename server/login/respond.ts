/** Sending a hosted page: the brand, the nonce, and the headers that keep the page to itself. */
import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { webUrl } from '../http/html.ts';
import type { TenantConfiguration } from '../tenants/configuration.ts';
import type { Brand, PageView } from './layout.ts';

/** What every page of a request shares. */
export function pageView(request: FastifyRequest, configuration: TenantConfiguration): PageView {
  const asked = String(
    (request.query as Record<string, unknown> | undefined)?.ui_locales ?? request.headers['accept-language'] ?? 'en',
  );
  return {
    brand: brandOf(configuration),
    nonce: randomBytes(16).toString('base64'),
    locale: /^[a-z]{2}/i.exec(asked)?.[0].toLowerCase() ?? 'en',
  };
}

function brandOf({ settings }: TenantConfiguration): Brand {
  const text = (name: string) =>
    typeof settings[name] === 'string' && settings[name] ? (settings[name] as string) : undefined;
  const colors = (settings.universal_login as { colors?: { primary?: string; page_background?: string } } | undefined)
    ?.colors;
  return {
    name: text('friendly_name') ?? 'Latchkey',
    logo_url: text('picture_url'),
    support_url: text('support_url'),
    support_email: text('support_email'),
    primary_color: colors?.primary,
    page_background: colors?.page_background,
  };
}

/**
 * @param target where a form of the page may lead in the end: browsers apply `form-action` to redirects too
 */
export function sendPage(
  reply: FastifyReply,
  view: PageView,
  markup: string,
  options: { status?: number; target?: string | undefined } = {},
): FastifyReply {
  const logo = webUrl(view.brand.logo_url);
  const images = logo?.startsWith('http:') ? "'self' https: data: http://localhost:*" : "'self' https: data:";
  const policy = [
    "default-src 'none'",
    `style-src 'self' 'nonce-${view.nonce}'`,
    `script-src 'nonce-${view.nonce}'`,
    `img-src ${images}`,
    `form-action 'self'${options.target ? ` ${originOf(options.target)}` : ''}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  return reply
    .code(options.status ?? 200)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-security-policy', policy.join('; '))
    .header('x-frame-options', 'DENY')
    .send(markup);
}

/** What a policy calls the place of a URL: its origin, or its scheme for those that have none. */
function originOf(url: string): string {
  const { protocol, origin } = new URL(url);
  return protocol === 'http:' || protocol === 'https:' ? origin : protocol;
}
