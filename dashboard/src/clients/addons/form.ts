/**
 * The settings of addons as fields of a form, made from the server's description of a client: which there are, of what
 * type, within what bounds.
 */
import { clientResource } from '../../../../server/api/clients/schema.ts';
import { type Body, changesOf, type Draft } from '../../forms/draft.ts';
import { describedAt, leavesOf, plain } from '../../forms/schema.ts';
import { type FieldSpec, specOf } from '../../forms/spec.ts';
import type { Addon, AddonName } from './catalogue.ts';

/** The addons of a client, by name; null and absent are off. */
export type Addons = { readonly addons?: Readonly<Partial<Record<AddonName, object | null>>> };

const described = (path: string) => describedAt(clientResource.fields, path);

/** Names of all addons that the server knows. */
export const ADDON_NAMES = Object.keys(described('addons').schema.properties ?? {}) as AddonName[];

/** The settings of an addon, in the order of the description; paths are those in a client. */
export function settingsOf({ name, fields = {} }: Addon): FieldSpec[] {
  const { properties = {}, required = [] } = plain(described(`addons.${name}`).schema);
  return leavesOf(properties).map((setting) => {
    const path = `addons.${name}.${setting}`;
    // Addons as a whole have no effect yet, which the page says once.
    return specOf(path, described(path), { required: required.includes(setting), inert: false, ...fields[setting] });
  });
}

/** What is sent for a client to have an addon on, with the settings of the form. */
export function switchedOn(client: Addons, { name }: Addon, specs: readonly FieldSpec[], draft: Draft): Body {
  const { addons = client.addons } = changesOf(specs, client, draft) as Addons;
  return { addons: { ...addons, [name]: addons?.[name] ?? {} } };
}

/** What is sent for a client to have an addon on with these settings, or off without any. */
export function withAddon(client: Addons, name: AddonName, settings?: object): Body {
  const { [name]: _before, ...others } = client.addons ?? {};
  return { addons: settings ? { ...others, [name]: settings } : others };
}
