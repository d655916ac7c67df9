/**
 * Objects whose shape depends on what they say they are: one schema a kind, chosen by a property. Written with
 * `if`/`then` instead of a union, so that a mistake is told about the kind that was meant and not about all of them.
 */
import { type Static, type TSchema, Type } from 'typebox';

type Kinds = Readonly<Record<string, TSchema>>;

/** The schema with what each kind adds to it. Values of `property` that are not listed add nothing. */
export function byKind<S extends TSchema>(base: S, property: string, kinds: Kinds): S {
  const allOf = Object.entries(kinds).map(([kind, then]) => ({
    if: { type: 'object', properties: { [property]: { const: kind } }, required: [property] },
    then,
  }));
  return { ...base, allOf } as S;
}

/** An object that is of one of the kinds. */
export function oneKind<const K extends Kinds>(property: string, kinds: K) {
  const base = {
    type: 'object',
    required: [property],
    properties: { [property]: { type: 'string', enum: Object.keys(kinds) } },
  } as unknown as TSchema;
  return Type.Unsafe<Static<K[keyof K]>>(byKind(base, property, kinds));
}
