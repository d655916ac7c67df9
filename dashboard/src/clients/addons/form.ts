/**
 * Forms for the settings of addons, made from the server's description of a client: which members there are, of what
 * type, within what bounds.
 */
import { clientResource } from '../../../../server/api/clients/schema.ts';
import { linesOf } from '../../ui/lines.ts';
import type { Addon, AddonField, AddonName } from './catalogue.ts';

/** The part of JSON Schema that addons are described in. */
type Schema = {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
};

type Kind = 'text' | 'number' | 'switch' | 'lines' | 'json';

export type SettingSpec = AddonField & {
  readonly name: string;
  readonly kind: Kind;
  readonly label: string;
  readonly isRequired: boolean;
  readonly schema: Schema;
};

/** What a form holds: text of every kind, but for switches. */
export type AddonDraft = Readonly<Record<string, string | boolean>>;

const ADDONS = (clientResource.fields.addons.schema as unknown as Schema).properties ?? {};

/** The settings of an addon, in the order of the description. */
export function settingsOf(addon: Addon): SettingSpec[] {
  const { properties = {}, required = [] } = ADDONS[addon.name] ?? {};
  return Object.entries(properties).map(([name, schema]) => ({
    label: wordsOf(name),
    ...addon.fields?.[name],
    name,
    kind: kindOf(schema),
    isRequired: required.includes(name),
    schema,
  }));
}

/** Names of all addons that the server knows. */
export const ADDON_NAMES = Object.keys(ADDONS) as AddonName[];

function kindOf(schema: Schema): Kind {
  if (schema.anyOf || schema.type === 'array') return 'lines';
  if (schema.type === 'boolean') return 'switch';
  if (schema.type === 'integer' || schema.type === 'number') return 'number';
  return schema.type === 'object' ? 'json' : 'text';
}

/** `lifetimeInSeconds` and `lifetime_in_seconds` as people write it. */
function wordsOf(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What the form starts with. */
export function draftOf(specs: readonly SettingSpec[], stored: Readonly<Record<string, unknown>>): AddonDraft {
  return Object.fromEntries(specs.map(({ name, kind }) => [name, shown(kind, stored[name])]));
}

function shown(kind: Kind, value: unknown): string | boolean {
  if (kind === 'switch') return value === true;
  if (value === undefined || value === null) return '';
  if (kind === 'lines') return Array.isArray(value) ? value.join('\n') : String(value);
  return kind === 'json' ? JSON.stringify(value, null, 2) : String(value);
}

/** The settings to store. Members that the form does not show stay as they are; what was emptied is left out. */
export function settingsFrom(
  specs: readonly SettingSpec[],
  draft: AddonDraft,
  stored: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const settings: Record<string, unknown> = { ...stored };
  for (const { name, kind } of specs) {
    const value = draft[name] ?? '';
    delete settings[name];
    if (kind === 'switch') {
      // A switch that nobody touched stays absent: what counts then is up to the addon.
      if (value || stored[name] !== undefined) settings[name] = value;
    } else if (String(value).trim() !== '') settings[name] = parsed(kind, String(value).trim());
  }
  return settings;
}

function parsed(kind: Kind, text: string): unknown {
  if (kind === 'number') return Number(text);
  if (kind === 'lines') return linesOf(text);
  return kind === 'json' ? JSON.parse(text) : text;
}

/** What is wrong with the form, by the name of the setting. */
export function problemsOf(specs: readonly SettingSpec[], draft: AddonDraft): Readonly<Record<string, string>> {
  const found = specs.flatMap((spec) => {
    const problem = problemWith(spec, String(draft[spec.name] ?? '').trim());
    return problem ? [[spec.name, problem] as const] : [];
  });
  return Object.fromEntries(found);
}

function problemWith({ kind, label, isRequired, schema }: SettingSpec, text: string): string | undefined {
  if (kind === 'switch') return undefined;
  if (text === '') return isRequired ? `${label} is needed.` : undefined;
  if (kind === 'json') return isJsonObject(text) ? undefined : 'Enter a JSON object, such as {"email": "mail"}.';
  if (kind === 'number') return numberProblem(schema, text);
  return schema.pattern && !new RegExp(schema.pattern).test(text)
    ? `${label} does not have the expected form.`
    : undefined;
}

function numberProblem({ minimum = 0, maximum }: Schema, text: string): string | undefined {
  if (/^\d+$/.test(text) && Number(text) >= minimum && (maximum === undefined || Number(text) <= maximum))
    return undefined;
  return maximum === undefined ? 'Enter a whole number.' : `Enter a whole number from ${minimum} to ${maximum}.`;
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
