/** The operations of `/branding` except phone providers and templates, which have files of their own. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { strict } from '../../schema/types.ts';
import { brandingResource, universalLoginResource } from './schema.ts';
import { themeResource } from './theme-schema.ts';

const tag = 'Branding';
const read = ['read:branding'];
const update = ['update:branding'];
const params = strict({ themeId: Type.String({ maxLength: 64 }) });
const NO_THEME = { 404: 'theme_not_found' };

export const getBranding = operation({
  id: 'get_branding',
  method: 'GET',
  path: '/branding',
  tag,
  summary: 'Get branding settings',
  scopes: read,
  status: 200,
  response: brandingResource.read,
});

export const updateBranding = operation({
  id: 'patch_branding',
  method: 'PATCH',
  path: '/branding',
  tag,
  summary: 'Update branding settings',
  scopes: update,
  body: Type.Object(brandingResource.update.properties, {
    title: 'Branding update',
    additionalProperties: false,
    minProperties: 1,
  }),
  status: 200,
  response: brandingResource.read,
  resource: brandingResource,
});

export const getUniversalLogin = operation({
  id: 'get_universal-login',
  method: 'GET',
  path: '/branding/templates/universal-login',
  tag,
  summary: 'Get the template of the hosted pages',
  scopes: read,
  status: 200,
  response: universalLoginResource.read,
  errors: { 404: 'inexistent_template' },
});

/** The template as JSON (`{"template": …}` or the bare text) or as `text/html`. */
export const putUniversalLogin = operation({
  id: 'put_universal-login',
  method: 'PUT',
  path: '/branding/templates/universal-login',
  tag,
  summary: 'Set the template of the hosted pages',
  scopes: update,
  body: Type.Union([
    universalLoginResource.fields.body.schema,
    strict({ template: universalLoginResource.fields.body.schema }),
  ]),
  status: 201,
  alsoAnswers: [204],
});

export const deleteUniversalLogin = operation({
  id: 'delete_universal-login',
  method: 'DELETE',
  path: '/branding/templates/universal-login',
  tag,
  summary: 'Delete the template of the hosted pages',
  scopes: ['delete:branding'],
  status: 204,
});

export const createTheme = operation({
  id: 'post_branding_theme',
  method: 'POST',
  path: '/branding/themes',
  tag,
  summary: 'Create the branding theme',
  scopes: update,
  body: themeResource.create,
  status: 200,
  response: themeResource.read,
  errors: { 409: 'theme_already_exists' },
  resource: themeResource,
});

export const getDefaultTheme = operation({
  id: 'get_default_branding_theme',
  method: 'GET',
  path: '/branding/themes/default',
  tag,
  summary: 'Get the default branding theme',
  scopes: read,
  status: 200,
  response: themeResource.read,
  errors: NO_THEME,
});

export const getTheme = operation({
  id: 'get_branding_theme',
  method: 'GET',
  path: '/branding/themes/{themeId}',
  tag,
  summary: 'Get a branding theme',
  scopes: read,
  params,
  status: 200,
  response: themeResource.read,
  errors: NO_THEME,
});

export const updateTheme = operation({
  id: 'patch_branding_theme',
  method: 'PATCH',
  path: '/branding/themes/{themeId}',
  tag,
  summary: 'Update a branding theme',
  scopes: update,
  params,
  // Every part is asked for, as on create: an update replaces the theme.
  body: themeResource.create,
  status: 200,
  response: themeResource.read,
  errors: NO_THEME,
  resource: themeResource,
});

export const deleteTheme = operation({
  id: 'delete_branding_theme',
  method: 'DELETE',
  path: '/branding/themes/{themeId}',
  tag,
  summary: 'Delete a branding theme',
  scopes: ['delete:branding'],
  params,
  status: 204,
  errors: NO_THEME,
});
