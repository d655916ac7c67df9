/** Short names for the shapes that descriptions use over and over. */
import { type Static, type TObject, type TProperties, type TSchema, Type } from 'typebox';

type ObjectLimits = { minProperties?: number; maxProperties?: number };

/** One of the given words. */
export function choice<const Values extends readonly string[]>(values: Values) {
  return Type.Unsafe<Values[number]>({ type: 'string', enum: values });
}

/** An object that takes the given properties only. */
export function strict<P extends TProperties>(properties: P, limits: ObjectLimits = {}): TObject<P> {
  return Type.Object(properties, { additionalProperties: false, ...limits });
}

/** An object whose listed properties are checked; others are kept as they come. */
export function open<P extends TProperties>(properties: P, limits: ObjectLimits = {}): TObject<P> {
  return Type.Object(properties, limits);
}

/** Any JSON object. */
export function anyObject(limits: ObjectLimits = {}) {
  return Type.Unsafe<Record<string, unknown>>({ type: 'object', ...limits });
}

/** A property that may be absent. */
export function opt<S extends TSchema>(schema: S) {
  return Type.Optional(schema);
}

/** A value or `null`, where `null` is an ordinary value of a nested property. */
export function orNull<S extends TSchema>(schema: S) {
  const plain = schema as unknown as { type?: string; enum?: unknown[] };
  if (typeof plain.type !== 'string') return Type.Unsafe<Static<S> | null>({ anyOf: [schema, { type: 'null' }] });
  const values = plain.enum ? { enum: [...plain.enum, null] } : {};
  return Type.Unsafe<Static<S> | null>({ ...schema, type: [plain.type, 'null'], ...values });
}

/** A body that may be left out altogether; one that is there is an object of the given properties only. */
export function optionalBody<P extends TProperties>(properties: P) {
  const { type: _type, ...shape } = strict(properties);
  return Type.Unsafe<Static<TObject<P>> | undefined>({
    ...shape,
    not: { type: ['array', 'string', 'number', 'boolean'] },
  });
}
