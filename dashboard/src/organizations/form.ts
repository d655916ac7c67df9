/**
 * The settings of an organization as a form holds them, and what of them differs from the organization.
 */
import type { Organization } from '../api/types.ts';
import { isSame, type JsonObject, parseObject, printed } from '../ui/json.ts';
import type { OrganizationChanges } from './queries.ts';

export type Settings = {
  name: string;
  display_name: string;
  logo_url: string;
  primary: string;
  page_background: string;
  metadata: string;
};

export function settingsOf({ name, display_name, branding, metadata }: Organization): Settings {
  return {
    name,
    display_name: display_name ?? '',
    logo_url: branding?.logo_url ?? '',
    primary: branding?.colors?.primary ?? '',
    page_background: branding?.colors?.page_background ?? '',
    metadata: printed(metadata ?? {}),
  };
}

/** The members to send, and what is wrong with the metadata if it is no JSON object. */
export function changesOf(
  organization: Organization,
  settings: Settings,
): { changes: OrganizationChanges; problem?: string } {
  const before = settingsOf(organization);
  const read = parseObject(settings.metadata);
  const changed = (...names: (keyof Settings)[]) => names.some((name) => settings[name].trim() !== before[name]);
  const changes: OrganizationChanges = {
    ...(changed('name') ? { name: settings.name.trim() } : {}),
    ...(changed('display_name') ? { display_name: settings.display_name.trim() } : {}),
    ...(changed('logo_url', 'primary', 'page_background') ? { branding: brandingOf(settings) } : {}),
    ...('object' in read && !isSame(read.object, organization.metadata ?? {})
      ? { metadata: read.object as Record<string, string> }
      : {}),
  };
  return 'problem' in read ? { changes, problem: read.problem } : { changes };
}

/** Both colours are sent or none: the API takes them together. */
function brandingOf({ logo_url, primary, page_background }: Settings): Organization['branding'] {
  const colors = { primary: primary.trim(), page_background: page_background.trim() };
  const branding: JsonObject = {
    ...(logo_url.trim() ? { logo_url: logo_url.trim() } : {}),
    ...(colors.primary || colors.page_background ? { colors } : {}),
  };
  return branding as Organization['branding'];
}
