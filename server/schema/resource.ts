/**
 * The description language, first half: a management resource is described once, as a list of fields, and everything
 * else is derived: the three views (read, create, update), their types, validation, OpenAPI, what is sealed at rest,
 * and what is masked in logs.
 */
import { type Static, type TObject, type TObjectOptions, type TSchema, Type } from 'typebox';

export type FieldOptions = {
  /** What it is for, one sentence. Shown in OpenAPI, the reference and the dashboard. */
  readonly description?: string;
  /** Set by the server: refused in bodies. */
  readonly readOnly?: boolean;
  /** Accepted when the resource is made, refused afterwards. */
  readonly createOnly?: boolean;
  /** Accepted on update only. */
  readonly updateOnly?: boolean;
  /** Accepted, never shown. */
  readonly writeOnly?: boolean;
  /** Must be given on create. */
  readonly required?: boolean;
  /** Always present in answers; makes the property non-optional in the read type. */
  readonly always?: boolean;
  /** Encrypted at rest and masked in log events. */
  readonly secret?: boolean;
  /** Value on create when none is given. */
  readonly default?: unknown;
  /** `null` is accepted: on update it removes the property (`remove`), or is stored as null (`keep`). */
  readonly nullable?: 'remove' | 'keep';
  /** On update an object is merged on its first level instead of replaced; `null` deletes a key. */
  readonly merge?: boolean;
  /** What answers show of it, where that is less than bodies hold: without the keys of a provider, for instance. */
  readonly shown?: TSchema;
  /** Why the property has no effect yet; listed in `docs/differences.md`. */
  readonly inert?: string;
};

export type Field<S extends TSchema = TSchema, O extends FieldOptions = FieldOptions> = O & { readonly schema: S };
export type Fields = Readonly<Record<string, Field>>;

/** One field of a resource: its schema and how it may be used. */
export function field<S extends TSchema, const O extends FieldOptions>(schema: S, options: O): Field<S, O> {
  return { ...options, schema };
}

type AlwaysKey<F extends Fields> = { [K in keyof F]: F[K] extends { always: true } ? K : never }[keyof F];
type Flatten<T> = { [K in keyof T]: T[K] };

/** The document of a resource as handlers see it: what is always there, and the rest optional. */
export type Document<F extends Fields> = Flatten<
  { [K in AlwaysKey<F>]: Static<F[K]['schema']> } & {
    [K in Exclude<keyof F, AlwaysKey<F>>]?: Static<F[K]['schema']> | null;
  }
>;

export type Resource<F extends Fields = Fields> = {
  readonly name: string;
  readonly plural: string;
  readonly fields: F;
  /** What answers look like. */
  readonly read: TObject;
  /** What a create body may hold. */
  readonly create: TObject;
  /** What an update body may hold. */
  readonly update: TObject;
  /** Names of the secret fields. */
  readonly secrets: readonly string[];
};

const MADE_OF = Symbol('the resource that a view was made of');

/** The resource whose view a schema is, also as the items of a list; undefined for any other schema. */
export function resourceOf(schema: TSchema | undefined): Resource | undefined {
  const view = schema as { [MADE_OF]?: Resource; items?: { [MADE_OF]?: Resource } } | undefined;
  return view?.[MADE_OF] ?? view?.items?.[MADE_OF];
}

/** Type of a resource's documents: `type Client = DocumentOf<typeof clientResource>`. */
export type DocumentOf<R> = R extends Resource<infer F> ? Document<F> : never;

/** Describes a management resource. `plural` is the key of lists (`include_totals=true`). */
export function resource<const F extends Fields>(options: { name: string; plural: string; fields: F }): Resource<F> {
  const { name, plural, fields } = options;
  const entries = Object.entries(fields as Fields);
  const view = (accept: (f: Field) => boolean, wrap: (f: Field) => TSchema, extra: TObjectOptions): TObject =>
    Type.Object(
      Object.fromEntries(entries.filter(([, f]) => accept(f)).map(([key, f]) => [key, wrap(described(f))])),
      extra,
    );
  const made = {
    name,
    plural,
    fields,
    read: view(
      (f) => !f.writeOnly,
      ({ always, nullable: nulls, schema, shown = schema }) =>
        always ? shown : Type.Optional(nulls === 'keep' ? nullable(shown) : shown),
      { title: name },
    ),
    create: view(
      (f) => !f.readOnly && !f.updateOnly,
      (f) => (f.required ? f.schema : Type.Optional(f.nullable ? nullable(f.schema) : f.schema)),
      { title: `${name} create`, additionalProperties: false },
    ),
    update: view(
      (f) => !f.readOnly && !f.createOnly,
      (f) => Type.Optional(f.nullable ? nullable(f.schema) : f.schema),
      { title: `${name} update`, additionalProperties: false },
    ),
    secrets: entries.filter(([, f]) => f.secret).map(([key]) => key),
  };
  // Not enumerable: the views stay plain JSON Schema.
  for (const schema of [made.read, made.create, made.update]) {
    Object.defineProperty(schema, MADE_OF, { value: made });
  }
  return made;
}

/** The description belongs to the property, whatever its schema is. */
function described(f: Field): Field {
  return f.description ? { ...f, schema: { ...f.schema, description: f.description } as TSchema } : f;
}

/** A schema that also takes `null`, written as JSON Schema's list of types where possible (vendor wording of errors). */
export function nullable<S extends TSchema>(schema: S): TSchema {
  const plain = schema as unknown as { type?: string | string[]; enum?: unknown[] };
  if (typeof plain.type !== 'string') return Type.Union([schema, Type.Null()]);
  const values = plain.enum ? { enum: [...plain.enum, null] } : {};
  return { ...schema, type: [plain.type, 'null'], ...values } as unknown as TSchema;
}

/** The document that a create body makes: defaults filled in. */
export function withDefaults<F extends Fields>(described: Resource<F>, body: Record<string, unknown>): Document<F> {
  const doc: Record<string, unknown> = { ...body };
  for (const [key, f] of Object.entries(described.fields as Fields)) {
    if (doc[key] === undefined && f.default !== undefined) doc[key] = structuredClone(f.default);
    if (doc[key] === null && f.nullable === 'remove') delete doc[key];
  }
  return doc as Document<F>;
}

/**
 * The document after an update. A property replaces its predecessor whole, except fields marked `merge`, whose first
 * level is merged; `null` removes, in the document and in merged objects, unless the field keeps nulls.
 */
export function withChanges<F extends Fields>(
  described: Resource<F>,
  current: Document<F>,
  changes: Record<string, unknown>,
): Document<F> {
  const doc: Record<string, unknown> = { ...(current as Record<string, unknown>) };
  for (const [key, value] of Object.entries(changes)) {
    const f = (described.fields as Fields)[key];
    if (value === null && f?.nullable !== 'keep') delete doc[key];
    else if (f?.merge && isPlainObject(value)) doc[key] = mergeFirstLevel(doc[key], value);
    else doc[key] = value;
  }
  return doc as Document<F>;
}

/** A copy for a log event: secret fields are replaced by a mark. */
export function masked(described: Resource, doc: unknown): unknown {
  if (!isPlainObject(doc)) return doc;
  const secrets = new Set(described.secrets);
  return Object.fromEntries(Object.entries(doc).map(([key, value]) => [key, secrets.has(key) ? '*****' : value]));
}

/** Members that were there stay where they were: exports of a tenant are compared line by line. */
export function inOrderOf(before: object, after: Record<string, unknown>): Record<string, unknown> {
  const known = Object.keys(before).filter((name) => name in after);
  return Object.fromEntries([...known, ...Object.keys(after)].map((name) => [name, after[name]]));
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mergeFirstLevel(current: unknown, changes: Record<string, unknown>): Record<string, unknown> {
  const merged = isPlainObject(current) ? { ...current } : {};
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete merged[key];
    else merged[key] = value;
  }
  return merged;
}
