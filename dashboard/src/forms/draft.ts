/**
 * What a form holds, what of it differs from what is stored, and what is plainly wrong with it.
 */
import { PATTERN_WORDS } from '../../../server/schema/patterns.ts';
import { ApiFailure, pathOf } from '../api/errors.ts';
import { linesOf } from '../ui/lines.ts';
import { patternOf, plain } from './schema.ts';
import type { FieldSpec, Value } from './spec.ts';

export type Stored = object;
/** Only what was touched, by path. */
export type Draft = Readonly<Record<string, Value>>;
export type Body = Record<string, unknown>;

/** The stored value of a field as the form shows it. */
export function shown(spec: FieldSpec, stored: Stored): Value {
  const value = valueAt(stored, spec.path);
  const { kind, unset } = spec;
  if (value === undefined || value === null) return unset ?? (kind === 'switch' ? false : kind === 'choices' ? [] : '');
  if (kind === 'switch') return value === true;
  if (kind === 'choices') return Array.isArray(value) ? value.map(String) : [];
  if (kind === 'lines') return Array.isArray(value) ? value.join('\n') : String(value);
  return typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value);
}

/** The fields whose value is not the stored one. */
export function changedFields(specs: readonly FieldSpec[], stored: Stored, draft: Draft): FieldSpec[] {
  return specs.filter((spec) => {
    const value = draft[spec.path];
    return value !== undefined && !isSame(spec, value, shown(spec, stored));
  });
}

function isSame({ kind }: FieldSpec, one: Value, other: Value): boolean {
  if (kind === 'choices') return [...(one as string[])].sort().join() === [...(other as string[])].sort().join();
  if (kind === 'lines') return linesOf(String(one)).join('\n') === linesOf(String(other)).join('\n');
  if (kind === 'code' || kind === 'area') return one === other;
  return typeof one === 'string' ? one.trim() === String(other).trim() : one === other;
}

/**
 * The members to send for what is stored to become what the form says. A member is sent whole, with what the form does
 * not show, except those in `merged`, of which the API keeps what it is not told.
 */
export function changesOf(
  specs: readonly FieldSpec[],
  stored: Stored,
  draft: Draft,
  merged: readonly string[] = [],
): Body {
  const body: Body = {};
  for (const spec of changedFields(specs, stored, draft)) {
    const [top = '', ...inside] = spec.path.split('.');
    const value = parsed(spec, draft[spec.path]!, inside.length > 0);
    if (inside.length === 0) {
      if (value !== undefined) body[top] = value;
      continue;
    }
    body[top] ??= merged.includes(top) ? {} : structuredClone(valueAt(stored, top) ?? {});
    put(body[top] as Body, inside, value);
  }
  return body;
}

/** What is missing, malformed or out of bounds, by path. All the rest is for the server to say. */
export function problemsOf(
  specs: readonly FieldSpec[],
  stored: Stored,
  draft: Draft,
): Readonly<Record<string, string>> {
  const found = specs.flatMap((spec) => {
    const problem = problemWith(spec, draft[spec.path] ?? shown(spec, stored));
    return problem ? [[spec.path, problem] as const] : [];
  });
  return Object.fromEntries(found);
}

/** The field that an error of the API is about, undefined when it is about none of them. */
export function fieldOfError(specs: readonly FieldSpec[], error: unknown): FieldSpec | undefined {
  if (!(error instanceof ApiFailure)) return undefined;
  // That a name is taken is a conflict, which names no field.
  if (error.statusCode === 409) return specs.find(({ path }) => path === 'name');
  const path = pathOf(error);
  if (!path) return undefined;
  const fitting = specs.filter((spec) => path === spec.path || path.startsWith(`${spec.path}.`));
  return (
    fitting.sort((a, b) => b.path.length - a.path.length)[0] ?? specs.find((spec) => spec.path.startsWith(`${path}.`))
  );
}

function problemWith(spec: FieldSpec, value: Value): string | undefined {
  if (typeof value !== 'string' || spec.readOnly) return undefined;
  const text = value.trim();
  if (text === '') return spec.required ? 'This is needed.' : undefined;
  if (spec.kind === 'number') return numberProblem(spec, text);
  if (spec.kind === 'json') return jsonOf(text) === undefined ? 'This is no valid JSON.' : undefined;
  if (patternOf(spec.schema).test(text)) return undefined;
  return `${PATTERN_WORDS.get(plain(spec.schema).pattern ?? '') ?? 'This does not have the expected form'}.`;
}

function numberProblem(spec: FieldSpec, text: string): string | undefined {
  const { minimum, maximum, exclusiveMinimum, type } = plain(spec.schema);
  const whole = type === 'integer';
  const least = minimum ?? exclusiveMinimum;
  const number = Number(text);
  const fits =
    Number.isFinite(number) &&
    (!whole || Number.isInteger(number)) &&
    (minimum === undefined || number >= minimum) &&
    (exclusiveMinimum === undefined || number > exclusiveMinimum) &&
    (maximum === undefined || number <= maximum);
  if (fits) return undefined;
  const noun = whole ? 'a whole number' : 'a number';
  if (least === undefined && maximum === undefined) return `Enter ${noun}.`;
  if (maximum === undefined) return `Enter ${noun} of ${least} or more.`;
  return `Enter ${noun} from ${least ?? 0} to ${maximum.toLocaleString()}.`;
}

/** What is sent for a value; undefined leaves the member out. */
function parsed({ kind, emptied = 'null', schema }: FieldSpec, value: Value, isInside: boolean): unknown {
  if (typeof value !== 'string') return value;
  if (kind === 'lines') return linesOf(value);
  const isText = kind === 'code' || kind === 'area';
  const text = isText ? value : value.trim();
  if (text.trim() === '') {
    if (emptied === 'omit' || (isInside && emptied === 'null')) return undefined;
    return emptied === 'text' ? '' : null;
  }
  if (kind === 'number') return Number(text);
  if (kind === 'json') return jsonOf(text);
  // A map or a list where plain text is allowed too.
  return plain(schema).type === 'object' ? (jsonOf(text) ?? text) : text;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function valueAt(stored: object, path: string): unknown {
  let value: unknown = stored;
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Body)[part];
  }
  return value;
}

function put(target: Body, path: readonly string[], value: unknown): void {
  const [name = '', ...rest] = path;
  if (rest.length > 0) {
    const next = target[name];
    const inner = typeof next === 'object' && next !== null ? (next as Body) : {};
    target[name] = inner;
    put(inner, rest, value);
  } else if (value === undefined) delete target[name];
  else target[name] = value;
}
