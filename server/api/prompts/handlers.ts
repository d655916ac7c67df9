/** What the operations of `/prompts` do. */
import { ApiError } from '../../http/errors.ts';
import { withChanges } from '../../schema/resource.ts';
import type { Sql } from '../../storage/database.ts';
import { invalidBody } from '../invalid.ts';
import { pageOf, pickFields } from '../lists.ts';
import { handle, type Route } from '../pipeline.ts';
import { readsSingleton, updatesSingleton } from '../singletons.ts';
import {
  getCustomText,
  getPartials,
  getPromptSettings,
  getPushApp,
  getRendering,
  listRenderings,
  putCustomText,
  putPartials,
  updatePromptSettings,
  updatePushApp,
  updateRendering,
  updateRenderings,
} from './operations.ts';
import { promptSettings, pushApp, RENDERING_DEFAULTS, type Rendering, renderingResource } from './schema.ts';
import { PARTIAL_SCREENS, type Prompt, SCREENS } from './screens.ts';
import { customTexts, partials, put, renderings } from './store.ts';

export const promptRoutes: Route[] = [
  readsSingleton(getPromptSettings, promptSettings),
  updatesSingleton(updatePromptSettings, promptSettings),
  readsSingleton(getPushApp, pushApp),
  updatesSingleton(updatePushApp, pushApp),

  handle(getCustomText, async ({ sql, context, params }) => {
    const found = await customTexts.get(sql, context.tenant, `${params.prompt}/${params.language}`);
    return found?.screens ?? {};
  }),

  handle(putCustomText, async ({ services, sql, context, params, body }) => {
    const { prompt, language } = params;
    const { tenant, now } = context;
    const id = `${prompt}/${language}`;
    await services.configurations.touch(sql, tenant);
    if (Object.keys(body).length === 0) await customTexts.remove(sql, tenant, id);
    else await put(customTexts, sql, tenant, { id, prompt, language, screens: body }, now);
    return body;
  }),

  handle(getPartials, async ({ sql, context, params }) => {
    const found = await partials.get(sql, context.tenant, params.prompt);
    return found?.screens ?? {};
  }),

  handle(putPartials, async ({ services, sql, context, params, body }) => {
    const { prompt } = params;
    const { tenant, now } = context;
    const known: readonly string[] = PARTIAL_SCREENS[prompt];
    const other = Object.keys(body).find((screen) => !known.includes(screen));
    if (other !== undefined) {
      throw invalidBody(`Additional properties not allowed: ${other}`);
    }
    await services.configurations.touch(sql, tenant);
    if (Object.keys(body).length === 0) await partials.remove(sql, tenant, prompt);
    else await put(partials, sql, tenant, { prompt, screens: body as Record<string, Record<string, string>> }, now);
    return body;
  }),

  handle(listRenderings, async ({ sql, context, query }) => {
    const all = await renderings.list(sql, context.tenant);
    const wanted = all
      .map(shown)
      .filter((doc) => FILTERS.every((name) => query[name] === undefined || doc[name] === query[name]));
    const { offset, limit } = pageOf(query);
    const configs = wanted.slice(offset, offset + limit).map((doc) => pickFields(doc, query));
    return query.include_totals ? { configs, start: offset, limit, total: wanted.length } : configs;
  }),

  handle(updateRenderings, async ({ services, sql, context, body }) => {
    await services.configurations.touch(sql, context.tenant);
    const configs: object[] = [];
    for (const { prompt, screen, ...changes } of body.configs) {
      await changeRendering(sql, context, prompt, screen, changes);
      configs.push({ prompt, screen, ...given(changes) });
    }
    return { configs };
  }),

  handle(getRendering, async ({ sql, context, params }) => {
    const { prompt, screen } = params;
    requirePair(prompt, screen);
    return shown(await renderingOf(sql, context.tenant, prompt, screen));
  }),

  handle(updateRendering, async ({ services, sql, context, params, body }) => {
    await services.configurations.touch(sql, context.tenant);
    await changeRendering(sql, context, params.prompt, params.screen, body);
    // Recorded: the answer is what was sent, without what was taken away.
    return given(body);
  }),
];

const FILTERS = ['prompt', 'screen', 'rendering_mode'] as const;

type StoredRendering = Rendering & { id: string };

async function renderingOf(sql: Sql, tenant: string, prompt: string, screen: string): Promise<StoredRendering> {
  const id = `${prompt}/${screen}`;
  return (await renderings.get(sql, tenant, id)) ?? { id, tenant, prompt, screen, rendering_mode: 'standard' };
}

async function changeRendering(
  sql: Sql,
  { tenant, now }: { tenant: string; now: number },
  prompt: Prompt,
  screen: string,
  changes: Record<string, unknown>,
): Promise<void> {
  requirePair(prompt, screen);
  const current = await renderingOf(sql, tenant, prompt, screen);
  await put(renderings, sql, tenant, withChanges(renderingResource, current, changes) as StoredRendering, now);
}

function shown({ id: _id, ...doc }: StoredRendering): Rendering & Record<string, unknown> {
  const { tenant, prompt, screen, ...settings } = doc;
  return { tenant, prompt, screen, ...structuredClone(RENDERING_DEFAULTS), ...settings } as Rendering;
}

/** What was set of what was sent. */
function given(changes: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== null));
}

function requirePair(prompt: Prompt, screen: string): void {
  const screens: readonly string[] = SCREENS[prompt];
  if (screens.includes(screen)) return;
  throw new ApiError(400, `Path validation error: 'The prompt ${prompt} has no screen ${screen}'.`, 'invalid_uri');
}
