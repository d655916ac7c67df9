/**
 * The settings of a client as a form holds them, and what of them differs from the client.
 */
import type { Client } from '../api/types.ts';
import { linesOf } from '../ui/lines.ts';
import type { ClientChanges } from './queries.ts';

const TEXTS = ['name', 'description', 'app_type', 'token_endpoint_auth_method'] as const;
const LISTS = ['callbacks', 'allowed_logout_urls', 'web_origins'] as const;

/** Every setting as text; a list has one entry a line. */
export type Settings = Record<(typeof TEXTS)[number] | (typeof LISTS)[number], string>;

export function settingsOf(client: Client): Settings {
  const texts = TEXTS.map((name) => [name, client[name] ?? '']);
  const lists = LISTS.map((name) => [name, (client[name] ?? []).join('\n')]);
  return Object.fromEntries([...texts, ...lists]);
}

/** The members to send for the client to become what the form says; none when it is so already. */
export function changesOf(client: Client, settings: Settings): ClientChanges {
  const texts = TEXTS.filter((name) => settings[name].trim() !== (client[name] ?? ''));
  const lists = LISTS.filter((name) => linesOf(settings[name]).join('\n') !== (client[name] ?? []).join('\n'));
  return Object.fromEntries([
    ...texts.map((name) => [name, settings[name].trim()]),
    ...lists.map((name) => [name, linesOf(settings[name])]),
  ]);
}

/** Applications on the user's own device cannot keep a secret (RFC 6749 §2.1, public clients). */
export function cannotKeepSecret(appType: string | undefined): boolean {
  return appType === 'native' || appType === 'spa';
}

/** Another type, together with the way to authenticate that it implies. */
export function withType(settings: Settings, appType: string): Settings {
  const method = settings.token_endpoint_auth_method;
  if (cannotKeepSecret(appType)) return { ...settings, app_type: appType, token_endpoint_auth_method: 'none' };
  return {
    ...settings,
    app_type: appType,
    token_endpoint_auth_method: method === 'none' ? 'client_secret_post' : method,
  };
}
