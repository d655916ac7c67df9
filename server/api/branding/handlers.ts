/** What the operations of `/branding` do, except phone providers and templates. */
import { ApiError } from '../../http/errors.ts';
import { randomAlphanumeric } from '../../keys/secrets.ts';
import type { Sql } from '../../storage/database.ts';
import { changeSingleton, findSingleton, removeSingleton } from '../../tenants/singletons.ts';
import { invalidBody } from '../invalid.ts';
import { answerWith, handle, type Route } from '../pipeline.ts';
import { readsSingleton, updatesSingleton } from '../singletons.ts';
import {
  createTheme,
  deleteTheme,
  deleteUniversalLogin,
  getBranding,
  getDefaultTheme,
  getTheme,
  getUniversalLogin,
  putUniversalLogin,
  updateBranding,
  updateTheme,
} from './operations.ts';
import { branding, universalLogin } from './schema.ts';
import { themes } from './store.ts';
import type { Theme } from './theme-schema.ts';

export const brandingRoutes: Route[] = [
  readsSingleton(getBranding, branding),
  updatesSingleton(updateBranding, branding),

  handle(getUniversalLogin, async ({ services, sql, context }) => {
    const template = await findSingleton(services, sql, context.tenant, universalLogin);
    if (!template) throw new ApiError(404, 'The template does not exist', 'inexistent_template');
    return template;
  }),

  handle(putUniversalLogin, async ({ services, sql, context, body }) => {
    const template = typeof body === 'string' ? body : body.template;
    checkTemplate(template);
    const before = await findSingleton(services, sql, context.tenant, universalLogin);
    await changeSingleton(services, sql, context, universalLogin, () => ({ body: template }));
    return before ? answerWith(204) : {};
  }),

  handle(deleteUniversalLogin, async ({ services, sql, context }) => {
    await removeSingleton(services, sql, context.tenant, universalLogin);
  }),

  handle(createTheme, async ({ services, sql, context, body }) => {
    await services.configurations.touch(sql, context.tenant);
    if (await defaultTheme(sql, context.tenant)) {
      throw new ApiError(
        409,
        'There was an error updating branding settings: The theme already exists',
        'theme_already_exists',
      );
    }
    const theme = { ...body, themeId: randomAlphanumeric(32) } as Theme;
    await themes.insert(sql, context.tenant, theme, context.now);
    return theme;
  }),

  handle(getDefaultTheme, async ({ sql, context }) => {
    const theme = await defaultTheme(sql, context.tenant);
    if (!theme) throw noTheme();
    return theme;
  }),

  handle(getTheme, ({ sql, context, params }) => requireTheme(sql, context.tenant, params.themeId)),

  handle(updateTheme, async ({ services, sql, context, params, body }) => {
    const current = await requireTheme(sql, context.tenant, params.themeId);
    const theme = { ...current, ...body } as Theme;
    await themes.replace(sql, context.tenant, theme, context.now);
    await services.configurations.touch(sql, context.tenant);
    return theme;
  }),

  handle(deleteTheme, async ({ services, sql, context, params }) => {
    if (!(await themes.remove(sql, context.tenant, params.themeId))) throw noTheme();
    await services.configurations.touch(sql, context.tenant);
  }),
];

/** What a template must hold, or the pages would have no content. */
const REQUIRED_TAGS = ['auth0:head', 'auth0:widget'];

function checkTemplate(template: string): void {
  const missing = REQUIRED_TAGS.filter((tag) => !new RegExp(`\\{%-?\\s*${tag}\\s*-?%\\}`).test(template));
  if (missing.length === 0) return;
  const tags = missing.map((tag) => `{%- ${tag} -%}`).join(' and ');
  throw invalidBody(`The template must contain ${tags}`);
}

function defaultTheme(sql: Sql, tenant: string): Promise<Theme | undefined> {
  return themes.find(sql, tenant, 'default', 'true');
}

async function requireTheme(sql: Sql, tenant: string, id: string): Promise<Theme> {
  const theme = await themes.get(sql, tenant, id);
  if (!theme) throw noTheme();
  return theme;
}

function noTheme(): ApiError {
  return new ApiError(404, 'There was an error retrieving branding settings: invalid theme ID', 'theme_not_found');
}
