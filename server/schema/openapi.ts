/**
 * The description language, third part: the operations as an OpenAPI 3.1 document. A view of a resource becomes a
 * component; everything else stays where it is used. It knows no operation and reads nothing but what it is given.
 * @see https://spec.openapis.org/oas/v3.1.1.html
 */
import { STATUS_CODES } from 'node:http';
import type { TSchema } from 'typebox';
import type { Operation } from './operation.ts';
import { type Field, isPlainObject, type Resource, resourceOf } from './resource.ts';

type Json = Record<string, unknown>;

export type Scope = { readonly value: string; readonly description: string };

export type OpenApiDocument = {
  readonly openapi: '3.1.1';
  readonly info: Json;
  readonly servers: readonly Json[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Json>>;
    readonly responses: Readonly<Record<string, Json>>;
    readonly securitySchemes: Readonly<Record<string, Json>>;
  };
};

/** What every operation may answer besides its own: which step of the pipeline refuses (`api/pipeline.ts`). */
const GENERAL_ERRORS = {
  400: { name: 'BadRequest', description: 'The path, the query or the body is not what the operation takes.' },
  401: { name: 'Unauthorized', description: 'No access token, or not one that is good here.' },
  403: { name: 'Forbidden', description: 'The access token lacks a scope of the operation: `insufficient_scope`.' },
  429: { name: 'TooManyRequests', description: 'The tenant has used up its requests of this minute.' },
} as const;

const ERROR_SCHEMA = {
  title: 'Error',
  type: 'object',
  required: ['statusCode', 'error', 'message'],
  properties: {
    statusCode: { type: 'integer', description: 'The HTTP status once more' },
    error: { type: 'string', description: 'The reason phrase of the status' },
    message: { type: 'string', description: 'What is wrong, for a person' },
    errorCode: { type: 'string', description: 'What is wrong, for a program' },
  },
};

const GENERAL = `The API that administrators, scripts and the dashboard manage a tenant with. It takes what SDKs for
Auth0's Management API v2 send and answers what they read. Tokens come from the token endpoint by the grant
\`client_credentials\`, for the audience that is the URL of this API. Any one of the scopes that an operation names is
enough.`.replaceAll('\n', ' ');

/** The views of the resources by the name of their component, with the JSON they are compared by. */
type Views = ReadonlyMap<string, { readonly plain: Json; readonly component: Json }>;

/**
 * Describes the operations.
 * @param scopes every scope there is, with its meaning
 * @throws Error when two resources have the same name: their components would be mixed up
 */
export function openApiDocument(
  operations: readonly Operation[],
  scopes: readonly Scope[],
  version: string,
): OpenApiDocument {
  const views = viewsOf(resourcesOf(operations));
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of operations) {
    paths[operation.path] ??= {};
    paths[operation.path]![operation.method.toLowerCase()] = describeOperation(operation, views);
  }
  const described = JSON.stringify(paths);
  const schemas = [...views]
    .filter(([name]) => described.includes(`"#/components/schemas/${name}"`))
    .map(([name, { component }]) => [name, component] as const);
  return {
    openapi: '3.1.1',
    info: {
      title: 'Latchkey Management API',
      version,
      description: GENERAL,
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v2' }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Error: ERROR_SCHEMA, ...Object.fromEntries(schemas) },
      responses: Object.fromEntries(
        Object.values(GENERAL_ERRORS).map(({ name, description }) => [name, errorResponse(description)]),
      ),
      securitySchemes: { oauth2: securityScheme(scopes) },
    },
  };
}

/** The resources that operations speak of, by name, in the order in which they are met. */
export function resourcesOf(operations: readonly Operation[]): ReadonlyMap<string, Resource> {
  const found = new Map<string, Resource>();
  for (const { response, body, resource, id } of operations) {
    for (const one of [resourceOf(response), resourceOf(body), resource]) {
      if (one === undefined) continue;
      if ((found.get(one.name) ?? one) !== one) throw new Error(`${id}: there are two resources named ${one.name}`);
      found.set(one.name, one);
    }
  }
  return found;
}

function describeOperation(operation: Operation, views: Views): Json {
  const { id, tag, summary, scopes, params, query, body, inert } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(inert ? { description: `No effect yet: ${inert}` } : {}),
    // Requirements of a list are alternatives; the scopes within one would all be needed.
    security: scopes.map((scope) => ({ oauth2: [scope] })),
    ...parametersOf(params, query),
    ...(body ? { requestBody: { required: true, content: contentOf(operation, schemaOf(body, views)) } } : {}),
    responses: { ...successOf(operation, views), ...errorsOf(operation) },
  };
}

function contentOf({ multipart }: Operation, schema: Json): Json {
  return multipart ? { 'multipart/form-data': { schema } } : jsonContent(schema);
}

function parametersOf(params: TSchema | undefined, query: TSchema | undefined): { parameters?: Json[] } {
  const parameters = [...parametersIn('path', params), ...parametersIn('query', query)];
  return parameters.length > 0 ? { parameters } : {};
}

function parametersIn(place: 'path' | 'query', schema: TSchema | undefined): Json[] {
  const { properties = {}, required = [] } = plainJson(schema ?? {}) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    ...(required.includes(name) || place === 'path' ? { required: true } : {}),
    ...(description ? { description } : {}),
    schema: rest,
  }));
}

function successOf(operation: Operation, views: Views): Json {
  const { status, response, alsoAnswers = [] } = operation;
  const description = STATUS_CODES[status] ?? 'Success';
  const others = Object.fromEntries(alsoAnswers.map((other) => [other, { description: STATUS_CODES[other] }]));
  if (response === undefined) return { [status]: { description }, ...others };
  const content = jsonContent(withEnvelopes(operation, schemaOf(response, views)));
  return { [status]: { description, content }, ...others };
}

/** A list comes bare, or in an envelope when totals or a checkpoint are asked for (`api/lists.ts`). */
function withEnvelopes({ response, query }: Operation, schema: Json): Json {
  const resource = resourceOf(response);
  const asked = (query as { properties?: Json } | undefined)?.properties ?? {};
  if (schema.type !== 'array' || resource === undefined) return schema;
  const integer = { type: 'integer' };
  const items = { [resource.plural]: schema };
  const totals = { total: integer, start: integer, limit: integer, length: integer };
  const envelopes = [
    ...('include_totals' in asked ? [{ type: 'object', properties: { ...totals, ...items } }] : []),
    ...('take' in asked ? [{ type: 'object', properties: { next: { type: 'string' }, ...items } }] : []),
  ];
  return envelopes.length > 0 ? { anyOf: [schema, ...envelopes] } : schema;
}

function errorsOf({ errors = {} }: Operation): Json {
  const general = Object.entries(GENERAL_ERRORS).map(([status, { name }]) => [
    status,
    { $ref: `#/components/responses/${name}` },
  ]);
  const own = Object.entries(errors).map(([status, code]) => [
    status,
    errorResponse(`${STATUS_CODES[Number(status)] ?? 'Error'}: \`${code}\``),
  ]);
  return Object.fromEntries([...general, ...own]);
}

function errorResponse(description: string): Json {
  return { description, content: jsonContent({ $ref: '#/components/schemas/Error' }) };
}

function jsonContent(schema: Json): Json {
  return { 'application/json': { schema } };
}

/** URLs are relative to where the document is fetched: one document serves every domain of every tenant. */
function securityScheme(scopes: readonly Scope[]): Json {
  return {
    type: 'oauth2',
    description: 'A bearer token for the audience that is the URL of this API.',
    flows: {
      clientCredentials: {
        tokenUrl: '/oauth/token',
        scopes: Object.fromEntries(scopes.map(({ value, description }) => [value, description])),
      },
    },
  };
}

function viewsOf(resources: ReadonlyMap<string, Resource>): Views {
  const views = new Map<string, { plain: Json; component: Json }>();
  for (const resource of resources.values()) {
    for (const view of ['read', 'create', 'update'] as const) {
      const plain = plainJson(resource[view]);
      views.set(componentName(String(plain.title)), { plain, component: annotated(plain, resource, view) });
    }
  }
  return views;
}

/** What the schema of a view does not say by itself: how its fields may be used, and which have no effect yet. */
function annotated(plain: Json, { fields }: Resource, view: 'read' | 'create' | 'update'): Json {
  const properties = Object.entries(plain.properties as Record<string, Json>).map(([name, schema]) => {
    const field: Field = fields[name]!;
    const description = [field.description, field.inert && `No effect yet: ${field.inert}`].filter(Boolean).join('. ');
    return [
      name,
      {
        ...schema,
        ...(description ? { description } : {}),
        ...(view === 'read' && field.readOnly ? { readOnly: true } : {}),
        ...(view !== 'read' && field.writeOnly ? { writeOnly: true } : {}),
        ...(view === 'create' && field.default !== undefined ? { default: field.default } : {}),
      },
    ];
  });
  return { ...plain, properties: Object.fromEntries(properties) };
}

/** `Client create` → `ClientCreate`. */
function componentName(title: string): string {
  return title.replace(/(?:^|[^A-Za-z0-9]+)([a-z0-9]?)/gi, (_, first: string) => first.toUpperCase());
}

/** A schema with references in place of the views of resources it is made of. */
function schemaOf(schema: TSchema, views: Views): Json {
  return referring(plainJson(schema), views) as Json;
}

function referring(schema: unknown, views: Views): unknown {
  if (Array.isArray(schema)) return schema.map((item) => referring(item, views));
  if (!isPlainObject(schema)) return schema;
  const name = typeof schema.title === 'string' ? componentName(schema.title) : undefined;
  const view = name === undefined ? undefined : views.get(name);
  const own = view && difference(schema, view.plain);
  if (own) return { $ref: `#/components/schemas/${name}`, ...own };
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, referring(value, views)]));
}

/** What a schema asks for besides all that the view asks for; undefined when it differs in anything. */
function difference(schema: Json, view: Json): Json | undefined {
  const same = (key: string) => JSON.stringify(schema[key]) === JSON.stringify(view[key]);
  if (!Object.keys(view).every(same)) return undefined;
  return Object.fromEntries(Object.entries(schema).filter(([key]) => !(key in view)));
}

/** Schemas carry hidden marks of the library that made them; JSON leaves these out. */
function plainJson(schema: unknown): Json {
  return JSON.parse(JSON.stringify(schema));
}
