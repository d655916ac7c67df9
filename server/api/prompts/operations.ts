/** The operations of `/prompts`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { choice, opt, strict } from '../../schema/types.ts';
import { fieldsQuery, pageQuery } from '../lists.ts';
import {
  customTextBody,
  partialsResource,
  promptSettingsResource,
  pushAppResource,
  renderingResource,
} from './schema.ts';
import { ALL_SCREENS, LANGUAGES, PARTIAL_SCREENS, PROMPTS } from './screens.ts';

const tag = 'Prompts';
const read = ['read:prompts'];
const update = ['update:prompts'];
const ofText = strict({ prompt: choice(PROMPTS), language: choice(LANGUAGES) });
const ofPartials = strict({ prompt: choice(Object.keys(PARTIAL_SCREENS) as (keyof typeof PARTIAL_SCREENS)[]) });
const ofScreen = strict({ prompt: choice(PROMPTS), screen: choice(ALL_SCREENS) });

export const getPromptSettings = operation({
  id: 'get_prompts',
  method: 'GET',
  path: '/prompts',
  tag,
  summary: 'Get prompt settings',
  scopes: read,
  status: 200,
  response: promptSettingsResource.read,
});

export const updatePromptSettings = operation({
  id: 'patch_prompts',
  method: 'PATCH',
  path: '/prompts',
  tag,
  summary: 'Update prompt settings',
  scopes: update,
  body: Type.Object(promptSettingsResource.update.properties, {
    title: 'PromptSettings update',
    additionalProperties: false,
    minProperties: 1,
  }),
  status: 200,
  response: promptSettingsResource.read,
  resource: promptSettingsResource,
});

/** Not in the vendor's document; its SDKs and Terraform provider call it. */
export const getPushApp = operation({
  id: 'get_prompts_mfa-push',
  method: 'GET',
  path: '/prompts/mfa-push',
  tag,
  summary: 'Get the app for push notifications',
  scopes: read,
  status: 200,
  response: pushAppResource.read,
});

/** Not in the vendor's document; its SDKs and Terraform provider call it. */
export const updatePushApp = operation({
  id: 'patch_prompts_mfa-push',
  method: 'PATCH',
  path: '/prompts/mfa-push',
  tag,
  summary: 'Update the app for push notifications',
  scopes: update,
  body: pushAppResource.update,
  status: 200,
  response: pushAppResource.read,
  resource: pushAppResource,
});

export const getCustomText = operation({
  id: 'get_custom-text_by_language',
  method: 'GET',
  path: '/prompts/{prompt}/custom-text/{language}',
  tag,
  summary: 'Get the custom texts of a prompt',
  scopes: read,
  params: ofText,
  status: 200,
  response: customTextBody,
});

export const putCustomText = operation({
  id: 'put_custom-text_by_language',
  method: 'PUT',
  path: '/prompts/{prompt}/custom-text/{language}',
  tag,
  summary: 'Set the custom texts of a prompt',
  scopes: update,
  params: ofText,
  body: customTextBody,
  status: 200,
  response: customTextBody,
});

export const getPartials = operation({
  id: 'get_partials',
  method: 'GET',
  path: '/prompts/{prompt}/partials',
  tag,
  summary: 'Get the partials of a prompt',
  scopes: read,
  params: ofPartials,
  status: 200,
  response: partialsResource.read,
});

export const putPartials = operation({
  id: 'put_partials',
  method: 'PUT',
  path: '/prompts/{prompt}/partials',
  tag,
  summary: 'Set the partials of a prompt',
  scopes: update,
  params: ofPartials,
  body: partialsResource.create,
  status: 200,
  response: partialsResource.read,
  resource: partialsResource,
});

export const listRenderings = operation({
  id: 'get_all_rendering',
  method: 'GET',
  path: '/prompts/rendering',
  tag,
  summary: 'List the rendering settings of screens',
  scopes: read,
  query: strict({
    ...pageQuery,
    ...fieldsQuery,
    prompt: opt(Type.String({ maxLength: 100 })),
    screen: opt(Type.String({ maxLength: 100 })),
    rendering_mode: opt(choice(['advanced', 'standard'])),
  }),
  status: 200,
  response: Type.Union([
    Type.Array(Type.Partial(renderingResource.read)),
    strict({
      configs: Type.Array(Type.Partial(renderingResource.read)),
      start: Type.Integer(),
      limit: Type.Integer(),
      total: Type.Integer(),
    }),
  ]),
});

export const updateRenderings = operation({
  id: 'patch_bulk_rendering',
  method: 'PATCH',
  path: '/prompts/rendering',
  tag,
  summary: 'Update the rendering settings of several screens',
  scopes: update,
  body: strict({
    configs: Type.Array(
      strict({ prompt: choice(PROMPTS), screen: choice(ALL_SCREENS), ...renderingResource.update.properties }),
      { minItems: 1, maxItems: 100 },
    ),
  }),
  status: 200,
  resource: renderingResource,
});

export const getRendering = operation({
  id: 'get_rendering',
  method: 'GET',
  path: '/prompts/{prompt}/screen/{screen}/rendering',
  tag,
  summary: 'Get the rendering settings of a screen',
  scopes: read,
  params: ofScreen,
  status: 200,
  response: renderingResource.read,
});

export const updateRendering = operation({
  id: 'patch_rendering',
  method: 'PATCH',
  path: '/prompts/{prompt}/screen/{screen}/rendering',
  tag,
  summary: 'Update the rendering settings of a screen',
  scopes: update,
  params: ofScreen,
  body: renderingResource.update,
  status: 200,
  resource: renderingResource,
});
