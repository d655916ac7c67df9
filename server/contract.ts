/**
 * The contract of the Management API as tests check it: every successful answer has the status its operation names and
 * is what the generated OpenAPI document promises. `VENDOR_OPENAPI` names the vendor's document, if there is a copy: then
 * answers must be what that one promises too. Used by tests only.
 */
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { apiRoutes } from './api/routes.ts';
import { openApiDocument } from './schema/openapi.ts';
import type { Operation } from './schema/operation.ts';
import { MANAGEMENT_SCOPES } from './tenants/scopes.ts';
import { VERSION } from './version.ts';

// Each schema serves a few answers: making its check faster would cost more than that saves.
const code = { optimize: false };
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false, code });

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
  const [bare = '', query = ''] = path.split('?');
  // A choice of fields leaves out what is otherwise always there.
  if (/(^|&)(fields|include_fields)=/.test(query)) return;
  const operation = entries.find((entry) => entry.operation.method === method && entry.pattern.test(bare))?.operation;
  if (!operation) return;
  if (operation.alsoAnswers?.some((other) => other === status)) return;
  // What makes something may find it there already and replace it.
  if (status !== operation.status && operation.status !== 201) {
    throw new Error(`${operation.id} answered ${status}, described is ${operation.status}.`);
  }
  check(`${operation.id} (our description)`, 'ours', operation, operation.status, body);
  check(`${operation.id} (the vendor's description)`, 'vendor', operation, status, body);
}

function check(what: string, name: keyof typeof documents, operation: Operation, status: number, body: unknown): void {
  const validate = validatorIn(name, operation, status);
  if (!validate || validate(body)) return;
  const problems = validate.errors!.slice(0, 5).map(({ instancePath, message, params }) => {
    return `  ${instancePath || '/'} ${message} ${JSON.stringify(params)}`;
  });
  throw new Error(`${what} was not kept:\n${problems.join('\n')}\n  ${JSON.stringify(body).slice(0, 600)}`);
}

type Json = Readonly<Record<string, unknown>>;
type Described = { responses?: Record<string, { content?: Record<string, { schema?: Json }> }> };
type Document = { paths: Record<string, Record<string, Described>>; components: Json };

/** Enumerations and lists of required properties that the vendor's recorded answers do not keep: those are right. */
const RECORDED_OTHERWISE = [
  '["cname","txt"]',
  '["post-login","credentials-exchange","pre-user-registration","post-user-registration","post-change-password","send-phone-message","custom-phone-provider","custom-email-provider","password-reset-post-challenge","custom-token-exchange","event-stream","password-hash-migration","login-post-identifier","signup-post-identifier"]',
  // The credentials of a phone provider go in and never come out.
  '["name","credentials"]',
];

function readVendor(): Document | undefined {
  const file = process.env.VENDOR_OPENAPI;
  return file ? JSON.parse(readFileSync(file, 'utf8'), loosened) : undefined;
}

/**
 * The vendor's service answers more properties than its document names, null where that says a text or an object, empty
 * objects where that wants some property, and its alternatives overlap: what is named must be right, what is not named
 * is not an error.
 */
function loosened(this: Record<string, unknown>, key: string, value: unknown): unknown {
  if (key === 'additionalProperties' && value === false) return undefined;
  if ((key === 'enum' || key === 'required') && RECORDED_OTHERWISE.includes(JSON.stringify(value))) return undefined;
  if (key === 'minProperties') return undefined;
  if (key === 'type' && (value === 'string' || value === 'object')) return [value, 'null'];
  if (key !== 'oneOf') return value;
  this.anyOf = value;
  return undefined;
}

const documents = {
  ours: openApiDocument(
    apiRoutes.map(({ operation }) => operation),
    MANAGEMENT_SCOPES,
    VERSION,
  ) as unknown as Document,
  vendor: readVendor(),
} as const;

/**
 * The check of one answer. A document is given to the library as a whole, and the schema within it named: looking
 * through all its components once takes long enough.
 */
function validatorIn(name: keyof typeof documents, operation: Operation, status: number): ValidateFunction | undefined {
  const document = documents[name];
  const { path } = operation;
  const method = operation.method.toLowerCase();
  if (!document?.paths[path]?.[method]?.responses?.[status]?.content?.['application/json']?.schema) return undefined;
  if (!ajv.schemas[name]) ajv.addSchema(document, name);
  const steps = ['paths', path, method, 'responses', status, 'content', 'application/json', 'schema'];
  const pointer = steps.map((step) => encodeURIComponent(String(step).replaceAll('~', '~0').replaceAll('/', '~1')));
  const validate = ajv.getSchema(`${name}#/${pointer.join('/')}`);
  if (!validate) throw new Error(`The answers of ${operation.id} cannot be checked.`);
  return validate;
}
