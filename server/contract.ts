/**
 * The contract of the Management API as tests check it: every successful answer has the status its operation names and
 * is what its description promises. `VENDOR_OPENAPI` names the vendor's document, if there is a copy: then answers
 * must be what that one promises too. Used by tests only.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';
import type { TSchema } from 'typebox';
import { apiRoutes } from './api/routes.ts';
import type { Operation } from './schema/operation.ts';

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
const compiled = new Map<unknown, ValidateFunction>();

type Entry = { readonly operation: Operation; readonly pattern: RegExp };

/** Fixed segments are tried before parameters, as the router does. */
const entries: readonly Entry[] = apiRoutes
  .map(({ operation }) => ({ operation, pattern: patternOf(operation.path) }))
  .toSorted((a, b) => parameters(a.operation) - parameters(b.operation));

function parameters({ path }: Operation): number {
  return path.split('{').length;
}

function patternOf(path: string): RegExp {
  const source = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+');
  return new RegExp(`^${source}$`);
}

/** @throws Error that names the operation and what is wrong with its answer. */
export function checkAnswer(method: string, path: string, status: number, body: unknown): void {
  if (status < 200 || status >= 300) return;
  const bare = path.split('?')[0]!;
  const operation = entries.find((entry) => entry.operation.method === method && entry.pattern.test(bare))?.operation;
  if (!operation) return;
  if (status !== operation.status && !(operation.status === 201 && status === 200)) {
    throw new Error(`${operation.id} answered ${status}, described is ${operation.status}.`);
  }
  check(`${operation.id} (our description)`, operation.response, body);
  check(`${operation.id} (the vendor's description)`, vendorSchema(operation, status), body);
}

/** Where recorded answers of the vendor's service are not what its document says: the recordings are right. */
const RECORDED_OTHERWISE = /^\/(\d+\/)?verification\/methods\/\d+\/name$/;

function check(what: string, schema: TSchema | Json | undefined, body: unknown): void {
  if (schema === undefined) return;
  let validate = compiled.get(schema);
  if (!validate) {
    validate = ajv.compile(schema);
    compiled.set(schema, validate);
  }
  if (validate(body)) return;
  const errors = validate.errors!.filter(({ instancePath }) => !RECORDED_OTHERWISE.test(instancePath));
  if (errors.every(({ keyword }) => keyword === 'anyOf')) return;
  const problems = errors.slice(0, 5).map(({ instancePath, message, params }) => {
    return `  ${instancePath || '/'} ${message} ${JSON.stringify(params)}`;
  });
  throw new Error(`${what} was not kept:\n${problems.join('\n')}\n  ${JSON.stringify(body).slice(0, 600)}`);
}

type Json = Readonly<Record<string, unknown>>;
type Described = { responses?: Record<string, { content?: Record<string, { schema?: Json }> }> };
type Vendor = { paths: Record<string, Record<string, Described>>; components: Json };

const vendor = readVendor();
const vendorSchemas = new Map<string, Json | undefined>();

function readVendor(): Vendor | undefined {
  const beside = fileURLToPath(new URL('../../shared/reference/openapi/management-api.json', import.meta.url));
  const file = process.env.VENDOR_OPENAPI ?? beside;
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8'), loosened) : undefined;
}

/**
 * The vendor's service answers more properties than its document names, and its alternatives overlap: what is named
 * must be right, what is not named is not an error.
 */
function loosened(this: Record<string, unknown>, key: string, value: unknown): unknown {
  if (key === 'additionalProperties' && value === false) return undefined;
  if (key !== 'oneOf') return value;
  this.anyOf = value;
  return undefined;
}

function vendorSchema(operation: Operation, status: number): Json | undefined {
  if (!vendor) return undefined;
  const key = `${operation.id} ${status}`;
  if (!vendorSchemas.has(key)) {
    const described = vendor.paths[operation.path]?.[operation.method.toLowerCase()];
    const schema = described?.responses?.[status]?.content?.['application/json']?.schema;
    vendorSchemas.set(key, schema && { ...schema, components: vendor.components });
  }
  return vendorSchemas.get(key);
}
