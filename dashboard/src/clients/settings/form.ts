/**
 * The settings of a client as a form holds them, and what of them differs from the client. A form holds only what was
 * typed, by the path of the setting (`refresh_token.leeway`); everything else is read from the client, so that a
 * change made elsewhere shows, and nothing typed is lost.
 */
import type { Client } from '../../api/types.ts';
import { linesOf } from '../../ui/lines.ts';
import type { ClientChanges } from '../queries.ts';
import { FIELD_SPECS } from './fields.ts';
import type { FieldSpec, Kind } from './spec.ts';

/** A pair of a metadata editor; its key may be empty or double while it is typed. */
export type Pair = { readonly key: string; readonly value: string };

export type Value = string | boolean | readonly string[] | readonly Pair[];

/** What was typed, by path. */
export type Draft = Readonly<Record<string, Value>>;

type Converter = {
  /** From what is stored to what the form shows. */
  readonly read: (stored: unknown, spec: FieldSpec) => Value;
  /** From what the form shows to what is stored; null removes it. */
  readonly write: (value: Value, spec: FieldSpec) => unknown;
};

const text: Converter = {
  read: (stored) => (stored === undefined || stored === null ? '' : String(stored)),
  write: (value) => String(value).trim() || null,
};

/** How each kind of field holds its value. */
const KINDS: Readonly<Record<Kind, Converter>> = {
  text,
  area: text,
  choice: { ...text, read: (stored, spec) => text.read(stored ?? spec.initial, spec) },
  number: { ...text, write: (value) => (String(value).trim() === '' ? null : Number(value)) },
  switch: {
    read: (stored, { on = true, initial }) => (stored ?? initial) === on,
    write: (value, { on = true, off = false }) => (value ? on : off),
  },
  lines: {
    read: (stored) => (Array.isArray(stored) ? stored.join('\n') : ''),
    write: (value) => linesOf(String(value)),
  },
  choices: { read: (stored) => (Array.isArray(stored) ? stored : []), write: (value) => value },
  pairs: {
    read: (stored) => Object.entries((stored ?? {}) as Record<string, string>).map(([key, value]) => ({ key, value })),
    write: (value) =>
      Object.fromEntries(
        (value as readonly Pair[]).filter(({ key }) => key.trim()).map((p) => [p.key.trim(), p.value]),
      ),
  },
};

/** What the form shows of a setting: what was typed, else what the client has. */
export function shownValue(client: Client, draft: Draft, spec: FieldSpec): Value {
  return draft[spec.path] ?? KINDS[spec.kind].read(storedAt(client, spec.path), spec);
}

/** The members to send for the client to become what the form says; none when it is so already. */
export function changesOf(client: Client, draft: Draft): ClientChanges {
  const changes: Record<string, unknown> = {};
  for (const spec of FIELD_SPECS) {
    const typed = draft[spec.path];
    if (typed === undefined) continue;
    const { read, write } = KINDS[spec.kind];
    const value = write(typed, spec);
    const before = write(read(storedAt(client, spec.path), spec), spec);
    if (JSON.stringify(value) === JSON.stringify(before)) continue;
    const [name, ...inside] = spec.path.split('.') as [keyof Client & string, ...string[]];
    if (spec.kind === 'pairs') changes[name] = mergeOf(before as Texts, value as Texts);
    // An update replaces a nested object, so the whole of it goes along.
    else if (inside.length > 0) changes[name] = withMember(changes[name] ?? client[name], inside, value);
    else changes[name] = value ?? (spec.required ? '' : null);
  }
  return changes as ClientChanges;
}

type Texts = Readonly<Record<string, string>>;

/** Metadata is merged by the server: what is gone has to be sent as null. */
function mergeOf(before: Texts, after: Texts): Record<string, string | null> {
  const gone = Object.keys(before).filter((key) => !(key in after));
  return { ...Object.fromEntries(gone.map((key) => [key, null])), ...after };
}

function storedAt(client: Client, path: string): unknown {
  return path.split('.').reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), client);
}

/** A copy of an object with one nested member set, or left out for null. */
function withMember(whole: unknown, [name, ...inside]: readonly string[], value: unknown): Record<string, unknown> {
  const { [name!]: member, ...others } = isObject(whole) ? whole : {};
  if (inside.length > 0) return { ...others, [name!]: withMember(member, inside, value) };
  return value === null ? others : { ...others, [name!]: value };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Applications on the user's own device cannot keep a secret (RFC 6749 §2.1, public clients). */
export function cannotKeepSecret(appType: unknown): boolean {
  return appType === 'native' || appType === 'spa';
}

/** The draft with one more setting typed, and with what that implies for others. */
export function withTyped(client: Client, draft: Draft, path: string, value: Value): Draft {
  const typed = { ...draft, [path]: value };
  return { ...typed, ...IMPLIED[path]?.(value, client, typed) };
}

const IMPLIED: Readonly<Record<string, (value: Value, client: Client, draft: Draft) => Draft>> = {
  // A type that keeps no secret proves itself with none, and may not act for itself; one that can starts to.
  app_type(type, client, draft) {
    // A client that proves itself with a key goes on doing so.
    if (client.client_authentication_methods) return {};
    const method = draft.token_endpoint_auth_method ?? client.token_endpoint_auth_method;
    const grants = (draft.grant_types ?? client.grant_types ?? []) as readonly string[];
    if (cannotKeepSecret(type)) {
      const kept = grants.filter((grant) => grant !== 'client_credentials');
      return { token_endpoint_auth_method: 'none', ...(kept.length < grants.length ? { grant_types: kept } : {}) };
    }
    return method === 'none' ? { token_endpoint_auth_method: 'client_secret_post' } : {};
  },
  // A refresh token that is spent once must end some day (RFC 9700 §4.14.2).
  'refresh_token.rotation_type': (isRotating): Draft =>
    isRotating ? { 'refresh_token.infinite_token_lifetime': true, 'refresh_token.expiration_type': 'expiring' } : {},
  'refresh_token.infinite_token_lifetime': expiration,
  'refresh_token.infinite_idle_token_lifetime': expiration,
};

/** Tokens expire as soon as one of their lifetimes ends. The switches say that there is an end. */
function expiration(value: Value, client: Client, draft: Draft): Draft {
  const settings = client.refresh_token;
  const absolute = draft['refresh_token.infinite_token_lifetime'] ?? settings?.infinite_token_lifetime === false;
  const idle = draft['refresh_token.infinite_idle_token_lifetime'] ?? settings?.infinite_idle_token_lifetime === false;
  return { 'refresh_token.expiration_type': value || absolute || idle ? 'expiring' : 'non-expiring' };
}

/** What is wrong with what was typed, by path; only what was changed is looked at. */
export function problemsOf(client: Client, draft: Draft): Readonly<Record<string, string>> {
  const problems = FIELD_SPECS.filter((spec) => draft[spec.path] !== undefined).flatMap((spec) => {
    const problem = problemWith(spec, shownValue(client, draft, spec));
    return problem ? [[spec.path, problem] as const] : [];
  });
  return Object.fromEntries(problems);
}

function problemWith(spec: FieldSpec, value: Value): string | undefined {
  if (spec.required && String(value).trim() === '') return `${spec.label} is needed.`;
  if (spec.kind === 'number') return numberProblem(spec, String(value));
  if (spec.kind === 'pairs') return pairsProblem(value as readonly Pair[]);
  return spec.check?.(value);
}

function numberProblem({ min = 0, max = Number.MAX_SAFE_INTEGER }: FieldSpec, text: string): string | undefined {
  if (text.trim() === '' || (/^\d+$/.test(text.trim()) && Number(text) >= min && Number(text) <= max)) return undefined;
  return `Enter a whole number from ${min.toLocaleString('en-GB')} to ${max.toLocaleString('en-GB')}.`;
}

function pairsProblem(pairs: readonly Pair[]): string | undefined {
  const keys = pairs.map(({ key }) => key.trim());
  if (pairs.some(({ key, value }) => key.trim() === '' && value !== '')) return 'Each value needs a key.';
  if (new Set(keys).size < keys.length) return 'Each key may stand once.';
  return undefined;
}
