/**
 * What the server's descriptions say about a value, as far as forms need it: one JSON Schema at a dotted path.
 */

/** The part of JSON Schema that the descriptions are written in. */
export type JsonSchema = {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly description?: string;
};

/** A field of a resource, or an option of a strategy. */
export type Described = {
  readonly schema: JsonSchema;
  readonly description?: string | undefined;
  /** Why it has no effect yet. */
  readonly inert?: string | undefined;
};

/** Fields by name, as `resource()` of the server holds them. */
export type Description = Readonly<Record<string, unknown>>;

/** The schema without "or null". */
export function plain(schema: JsonSchema): JsonSchema {
  const other = schema.anyOf?.filter((one) => one.type !== 'null') ?? [];
  if (other.length === 1) return plain(other[0]!);
  if (!Array.isArray(schema.type)) return schema;
  const types = (schema.type as readonly string[]).filter((type) => type !== 'null');
  if (types.length !== 1) return schema;
  const values = schema.enum ? { enum: schema.enum.filter((value) => value !== null) } : {};
  return { ...schema, type: types[0]!, ...values };
}

/** What is said about the value at `path`: `stage.pre-login.rate` is inside of the field `stage`. */
export function describedAt(description: Description, path: string): Described {
  const [name = '', ...inside] = path.split('.');
  const field = description[name] as Described | undefined;
  if (!field) throw new TypeError(`The description has no ${name}.`);
  let schema = plain(field.schema);
  for (const part of inside) {
    const next = schema.properties?.[part];
    if (!next) throw new TypeError(`The description has no ${path}.`);
    schema = plain(next);
  }
  return {
    schema,
    description: schema.description ?? (inside.length === 0 ? field.description : undefined),
    inert: field.inert,
  };
}

/** Paths to all values that a form can hold: objects whose members are known are taken apart. */
export function leavesOf(properties: Readonly<Record<string, JsonSchema>>, above = ''): string[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const path = above ? `${above}.${name}` : name;
    const { properties: members } = plain(schema);
    return members && Object.keys(members).length > 0 ? leavesOf(members, path) : [path];
  });
}

/** What a text has to look like, from its description; anything goes where that says nothing. */
export function patternOf(schema: JsonSchema): RegExp {
  return new RegExp(plain(schema).pattern ?? '', 'u');
}
