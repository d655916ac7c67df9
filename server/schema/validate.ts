/**
 * Validation with messages in the vendor's words. Validators are compiled at first use, so that hundreds of operations
 * cost nothing at start.
 */
import { isIP } from 'node:net';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { TSchema } from 'typebox';
import { isAddressOrSubnet } from '../http/addresses.ts';
import type { FormatName } from './patterns.ts';
import { findUnstorable } from './text.ts';

export type Part = 'body' | 'query' | 'path';

/** What is wrong, ready to be shown: `errorCode` and `message` of the Management API's 400. */
export type Problem = { readonly errorCode: string; readonly message: string };

const PARTS: Record<Part, { errorCode: string; title: string }> = {
  body: { errorCode: 'invalid_body', title: 'Payload validation error' },
  query: { errorCode: 'invalid_query_string', title: 'Query validation error' },
  path: { errorCode: 'invalid_uri', title: 'Path validation error' },
};

const FORMATS = {
  uri: (text: string) => /^[a-zA-Z][a-zA-Z0-9+.-]*:\S+$/.test(text),
  url: (text: string) => /^https?:\/\/\S+$/i.test(text),
  'strict-https-uri': (text: string) => URL.canParse(text) && /^https:\/\/[^\s<>"\\]+$/i.test(text),
  'html-color': (text: string) => /^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(text),
  'https-url': (text: string) => /^https:\/\/\S+$/i.test(text),
  email: (text: string) => text.length <= 320 && /^[^\s@<>"\r\n]+@[^\s@<>"\r\n.][^\s@<>"\r\n]*$/.test(text),
  'ip-or-cidr': (text: string) => isAddressOrSubnet(text),
  ip: (text: string) => isIP(text) !== 0,
  'date-time': (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) && !Number.isNaN(Date.parse(text)),
} satisfies { readonly [Name in FormatName]?: (text: string) => boolean };

const shared = {
  ...{ strict: false, allErrors: false, validateFormats: true, verbose: true, ownProperties: true },
  // The code runs as fast as it comes, and the first request of an operation waits a third as long.
  code: { optimize: false },
} as const;
const bodies = new Ajv({ ...shared, formats: FORMATS });
/** Query and path values arrive as text: numbers and booleans are read from it. */
const texts = new Ajv({ ...shared, formats: FORMATS, coerceTypes: true });

/** Makes a function that checks a value and tells the first problem. Query and path values are converted in place. */
export function validator(schema: TSchema, part: Part): (value: unknown) => Problem | undefined {
  let compiled: ValidateFunction | undefined;
  return (value) => {
    compiled ??= (part === 'body' ? bodies : texts).compile(schema);
    const { errorCode, title } = PARTS[part];
    // First, because what is nested without end would overflow the stack of who looks further.
    const unstorable = findUnstorable(value);
    if (unstorable) {
      const where = unstorable.path ? ` on property ${unstorable.path}` : '';
      return { errorCode, message: `${title}: '${unstorable.problem}'${where}.` };
    }
    if (compiled(value)) return undefined;
    return { errorCode, message: `${title}: ${sentence(mostTelling(compiled.errors ?? []))}.` };
  };
}

/** Of the errors of a union the branch that got furthest says most. */
function mostTelling(errors: ErrorObject[]): ErrorObject {
  const own = errors.filter((error) => error.keyword !== 'anyOf' && error.keyword !== 'oneOf');
  const deepest = Math.max(...own.map((error) => error.instancePath.split('/').length), 0);
  return own.find((error) => error.instancePath.split('/').length === deepest) ?? errors[0]!;
}

function sentence(error: ErrorObject): string {
  const words = WORDS[error.keyword]?.(error) ?? error.message ?? 'Invalid value';
  const property = error.instancePath.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
  const description = (error.parentSchema as { description?: string } | undefined)?.description;
  const about = description ? ` (${description.replace(/\.$/, '')})` : '';
  return property ? `'${words}' on property ${property}${about}` : `'${words}'`;
}

const WORDS: Record<string, (error: ErrorObject) => string> = {
  required: (e) => `Missing required property: ${e.params.missingProperty}`,
  additionalProperties: (e) => `Additional properties not allowed: ${e.params.additionalProperty}`,
  type: (e) => `Expected type ${[e.params.type].flat().join(',')} but found type ${typeName(e.data)}`,
  enum: (e) => `No enum match for: ${shown(e.data)}`,
  const: (e) => `No enum match for: ${shown(e.data)}`,
  minLength: (e) => `String is too short (${String(e.data).length} chars), minimum ${e.params.limit}`,
  maxLength: (e) => `String is too long (${String(e.data).length} chars), maximum ${e.params.limit}`,
  minimum: (e) => `Value ${e.data} is less than minimum ${e.params.limit}`,
  maximum: (e) => `Value ${e.data} is greater than maximum ${e.params.limit}`,
  exclusiveMinimum: (e) => `Value ${e.data} is equal or less than exclusive minimum ${e.params.limit}`,
  minItems: (e) => `Array is too short (${(e.data as unknown[]).length}), minimum ${e.params.limit}`,
  maxItems: (e) => `Array is too long (${(e.data as unknown[]).length}), maximum ${e.params.limit}`,
  uniqueItems: (e) =>
    `Array items are not unique (indexes ${Math.min(e.params.i, e.params.j)} and ${Math.max(e.params.i, e.params.j)})`,
  minProperties: (e) =>
    `Too few properties defined (${Object.keys(e.data as object).length}), minimum ${e.params.limit}`,
  maxProperties: (e) =>
    `Too many properties defined (${Object.keys(e.data as object).length}), maximum ${e.params.limit}`,
  pattern: (e) => `String does not match pattern ${e.params.pattern}: ${shown(e.data)}`,
  format: (e) => `Object didn't pass validation for format ${e.params.format}: ${shown(e.data)}`,
  anyOf: () => "Data does not match any schemas from 'anyOf'",
  oneOf: () => "Data does not match any schemas from 'oneOf'",
};

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

/** A value in a message: short, and on one line. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replace(/[\r\n\t]+/g, ' ').slice(0, 100);
}
