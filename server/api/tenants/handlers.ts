/** What the operations of `/tenants/settings` do. */
import { withChanges } from '../../schema/resource.ts';
import { invalidUrl } from '../invalid.ts';
import { pickFields } from '../lists.ts';
import { handle, type Route } from '../pipeline.ts';
import { isRegistrable } from '../registered-url.ts';
import { getSettings, updateSettings } from './operations.ts';
import { FLAG_DEFAULTS, SANDBOX_VERSIONS, SETTINGS_DEFAULTS, settingsResource } from './schema.ts';
import { readSettings, writeSettings } from './store.ts';

type Settings = Record<string, unknown>;

export const tenantRoutes: Route[] = [
  handle(getSettings, async ({ configuration, query }) =>
    pickFields({ ...shown(configuration.settings), sandbox_versions_available: SANDBOX_VERSIONS }, query),
  ),

  handle(updateSettings, async ({ services, sql, context, body }) => {
    const changes = inHours(body);
    checkUrls(changes.allowed_logout_urls);
    // Keys of our own are not among the fields of the body, so they stay.
    const settings: Settings = withChanges(settingsResource, await readSettings(sql, context.tenant), changes);
    for (const name of EMPTY_IS_NONE) if (settings[name] === '') delete settings[name];
    await writeSettings(sql, context.tenant, settings);
    await services.configurations.touch(sql, context.tenant);
    return shown(settings);
  }),
];

/** Settings whose empty text means that there is none. */
const EMPTY_IS_NONE = ['default_audience', 'default_directory', 'default_redirection_uri'];

/** What of the document is a setting, completed with the defaults. */
function shown(settings: Readonly<Settings>): Settings {
  const known = Object.entries(settings).filter(([name]) => name in settingsResource.read.properties);
  const flags = { ...FLAG_DEFAULTS, ...(settings.flags as object | undefined) };
  return { ...SETTINGS_DEFAULTS, ...Object.fromEntries(known), flags };
}

/** Lifetimes are kept in hours; given in minutes they win. */
function inHours(body: Settings): Settings {
  const changes: Settings = {};
  for (const [name, value] of Object.entries(body)) {
    if (!name.endsWith(MINUTES)) changes[name] ??= value;
    else changes[name.slice(0, -MINUTES.length)] = (value as number) / 60;
  }
  return changes;
}

const MINUTES = '_in_minutes';

function checkUrls(urls: unknown): void {
  for (const url of Array.isArray(urls) ? (urls as string[]) : []) {
    if (!isRegistrable(url)) throw invalidUrl(url, 'allowed_logout_urls');
  }
}
