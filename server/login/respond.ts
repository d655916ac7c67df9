/** Sending a hosted page: the brand, the nonce, and the headers that keep the page to itself. */
import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { webUrl } from '../http/html.ts';
import type { Services } from '../services.ts';
import type { TenantConfiguration } from '../tenants/configuration.ts';
import { acceptedLanguages, brandOf, localeOf, ownTextsOf } from './brand.ts';
import type { PageView } from './layout.ts';
import { hasTexts, type Words } from './texts.ts';

/**
 * What every page of a request shares.
 * @param wanted languages that the login request asked for (`ui_locales`), before those of the browser
 */
export async function pageView(
  services: Services,
  request: FastifyRequest,
  configuration: TenantConfiguration,
  wanted = String((request.query as Record<string, unknown> | undefined)?.ui_locales ?? ''),
): Promise<PageView> {
  const asked = [...wanted.split(' '), ...acceptedLanguages(request.headers['accept-language'] ?? '')];
  return {
    brand: await brandOf(services, configuration),
    nonce: randomBytes(16).toString('base64'),
    ...(await wordsOf(services, configuration, localeOf(configuration, asked))),
  };
}

/** A language that neither we nor the tenant have words in is not said to be that of the page: it is English. */
async function wordsOf(services: Services, configuration: TenantConfiguration, locale: string): Promise<Words> {
  const own = await ownTextsOf(services, configuration, locale);
  return own || hasTexts(locale)
    ? { locale, own }
    : { locale: 'en', own: await ownTextsOf(services, configuration, 'en') };
}

/**
 * @param options.target where the redirects after a form of the page lead in the end, when that is not here
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
    `form-action 'self'${options.target === undefined ? '' : onwards(options.target)}`,
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

/**
 * What `form-action` must allow besides this server. Chromium applies it to every redirect that follows a form, and an
 * application may send the browser on from its callback to any other host; only the schemes are known.
 */
function onwards(target: string): string {
  const { protocol } = new URL(target);
  return protocol === 'https:' ? ' https:' : ` https: ${protocol}`;
}
