/** Tables of fields, from JSON Schema: a property a row, those of nested objects below it by their path. */
import type { TSchema } from 'typebox';
import type { Field, Resource } from '../../server/schema/resource.ts';
import { code, table } from './markdown.ts';

/** The part of JSON Schema that descriptions use. */
type Schema = {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly allOf?: readonly { readonly if?: Schema; readonly then?: Schema }[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
};

type Row = readonly [name: string, type: string, use: string, description: string];

const HEAD = ['Field', 'Type', 'Use', 'Description'];
/** Longer lists of words are cut: the OpenAPI document has them whole. */
const MOST_WORDS = 12;
/** Objects of more kinds have no rows for each kind. */
const MOST_KINDS = 8;
/** Levels of nested objects that have rows of their own. */
const DEEPEST = 4;

/** The fields of a resource, with how each may be used. */
export function resourceFields(resource: Resource): string {
  return table(
    HEAD,
    Object.entries(resource.fields).flatMap(([name, field]) => {
      const schema = plain(field.schema);
      const row: Row = [code(name), typeOf(schema), useOf(field), describe(field)];
      return [row, ...nested(schema, name, 1)];
    }),
  );
}

/** The properties of a body that belongs to no resource. */
export function bodyFields(body: TSchema): string {
  const schema = plain(body);
  const [inner, path] = schema.items ? [schema.items, '[]'] : [schema, ''];
  return table(HEAD, nested(inner, path, 0));
}

function useOf(field: Field): string {
  const flags = [
    field.required && 'required',
    field.readOnly && 'read-only',
    field.createOnly && 'create-only',
    field.updateOnly && 'update-only',
    field.writeOnly && 'write-only',
    field.secret && 'secret',
    field.merge && 'merged',
    field.nullable === 'remove' && 'null removes',
    field.nullable === 'keep' && 'nullable',
    field.default !== undefined && `default ${code(JSON.stringify(field.default))}`,
    field.inert && 'no effect yet',
  ];
  return flags.filter((flag) => typeof flag === 'string').join(', ');
}

function describe({ description, inert }: Field): string {
  return [description, inert].filter((text) => text !== undefined).join('. ');
}

function nested(schema: Schema, path: string, depth: number): Row[] {
  if (depth > DEEPEST) return [];
  const [object, suffix] = objectIn(schema);
  const own = Object.entries(object?.properties ?? {}).flatMap(([name, property]) => {
    const at = [path + suffix, name].filter((part) => part !== '').join('.');
    const use = object?.required?.includes(name) ? 'required' : '';
    return [[code(at), typeOf(property), use, property.description ?? ''] as const, ...nested(property, at, depth + 1)];
  });
  return [...own, ...kindsOf(object, path + suffix, depth)];
}

/** Rows for what each kind of an object adds (`server/schema/kinds.ts`), with the kind in brackets. */
function kindsOf(object: Schema | undefined, path: string, depth: number): Row[] {
  const kinds = object?.allOf ?? [];
  if (kinds.length > MOST_KINDS) return [];
  return kinds.flatMap(({ if: when, then }) => {
    const [[property, { const: kind }] = ['', {} as Schema]] = Object.entries(when?.properties ?? {});
    const { [property]: _said, ...rest } = then?.properties ?? {};
    return nested({ ...then, properties: rest }, `${path} (${kind})`, depth);
  });
}

/** The object whose properties are worth rows: the schema, one of its alternatives, or the items of a list. */
function objectIn(schema: Schema): [object: Schema | undefined, suffix: string] {
  if (schema.properties) return [schema, ''];
  const alternatives = (schema.anyOf ?? schema.oneOf ?? []).filter(({ type }) => type !== 'null');
  if (alternatives.length === 1) return objectIn(alternatives[0]!);
  if (!schema.items) return [undefined, ''];
  const [object, suffix] = objectIn(schema.items);
  return [object, `[]${suffix}`];
}

function typeOf(schema: Schema): string {
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives) return [...new Set(alternatives.map(typeOf))].join(' or ');
  if (schema.const !== undefined) return code(JSON.stringify(schema.const));
  if (schema.enum)
    return wordsOf(schema.enum.filter((value) => value !== null)) + (schema.enum.includes(null) ? ' or null' : '');
  const types = [schema.type ?? 'any'].flat();
  return types.map((type) => (type === 'array' ? listOf(schema) : type + limitsOf(type, schema))).join(' or ');
}

function wordsOf(values: readonly unknown[]): string {
  const shown = values.slice(0, MOST_WORDS).map((value) => code(String(value)));
  const left = values.length - shown.length;
  return shown.join(', ') + (left > 0 ? ` and ${left} more` : '');
}

function listOf(schema: Schema): string {
  const limits = range(schema.minItems, schema.maxItems);
  return `list${limits ? ` of ${limits}` : ''}: ${schema.items ? typeOf(schema.items) : 'any'}`;
}

function limitsOf(type: string, schema: Schema): string {
  if (type === 'string') {
    const length = range(schema.minLength, schema.maxLength);
    const limits = [schema.format, length && `${length} characters`].filter(Boolean);
    return limits.length > 0 ? ` (${limits.join(', ')})` : '';
  }
  if (type !== 'integer' && type !== 'number') return '';
  const limits = range(schema.minimum, schema.maximum);
  return limits ? ` (${limits})` : '';
}

function range(least: number | undefined, most: number | undefined): string | undefined {
  if (least === undefined && most === undefined) return undefined;
  if (most === undefined) return `${least} or more`;
  if (least === undefined) return `up to ${most}`;
  return least === most ? String(least) : `${least} to ${most}`;
}

/** Descriptions are JSON Schema with hidden marks of the library that made them. */
function plain(schema: TSchema): Schema {
  return schema as Schema;
}
