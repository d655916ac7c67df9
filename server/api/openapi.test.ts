/** The OpenAPI document as clients fetch it: no token, valid, and telling of every operation. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { onEveryServer } from '../testing.ts';
import { apiRoutes } from './routes.ts';

type Json = Record<string, unknown>;
type Described = {
  operationId: string;
  summary: string;
  tags: string[];
  security: Record<string, string[]>[];
  parameters?: { name: string; in: string; required?: boolean; schema: Json }[];
  requestBody?: { content: Json };
  responses: Record<string, Json>;
};

/** Documents whose schemas were compiled: that takes seconds, and all engines tell the same. */
const compiled = new Set<string>();

onEveryServer('OpenAPI document', (server) => {
  const fetched = async () => (await server.api('GET', '/openapi.json', undefined, null)).body;
  const described = async (): Promise<[string, string, Described][]> =>
    Object.entries((await fetched()).paths as Record<string, Record<string, Described>>).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]): [string, string, Described] => [path, method, operation]),
    );

  test('it is there for everybody, in a browser too', async () => {
    const answer = await server.get('/api/v2/openapi.json', { origin: 'https://docs.example.com' });
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
  });

  test('it says what it is', async () => {
    const document = await fetched();
    assert.match(document.openapi, /^3\.1\.\d+$/);
    assert.equal(document.info.title, 'Latchkey Management API');
    assert.match(document.info.version, /^\d+\.\d+\.\d+/);
    assert.deepEqual(document.servers, [{ url: '/api/v2' }]);
  });

  test('every operation is in it, once', async () => {
    const operations = await described();
    const ids = operations.map(([, , { operationId }]) => operationId);
    assert.deepEqual(ids.toSorted(), apiRoutes.map(({ operation }) => operation.id).toSorted());
    assert.equal(new Set(ids).size, ids.length);
  });

  test('every operation says what it does, who may call it and what it answers', async () => {
    const { tags, components } = await fetched();
    const areas = tags.map((tag: { name: string }) => tag.name);
    const scopes = Object.keys(components.securitySchemes.oauth2.flows.clientCredentials.scopes);
    for (const [path, method, operation] of await described()) {
      const name = `${method} ${path}`;
      assert.ok(operation.summary, `${name} has a summary`);
      assert.deepEqual(
        operation.tags.filter((tag) => !areas.includes(tag)),
        [],
        `${name} is in a known area`,
      );
      assert.ok(operation.security.length > 0, `${name} needs a scope`);
      for (const { oauth2 } of operation.security) {
        assert.equal(oauth2?.length, 1, `${name}: scopes are alternatives`);
        assert.ok(scopes.includes(oauth2![0]!), `${name}: ${oauth2![0]} is a scope of the API`);
      }
      const statuses = Object.keys(operation.responses);
      const declared = apiRoutes.find((route) => route.operation.id === operation.operationId)!.operation;
      assert.deepEqual(
        statuses.filter((status) => /^2\d\d$/.test(status)),
        [declared.status, ...(declared.alsoAnswers ?? [])].map(String),
        `${name} has the successes that it names`,
      );
      assert.deepEqual(
        ['400', '401', '403'].filter((status) => !statuses.includes(status)),
        [],
        name,
      );
    }
  });

  test('the parameters of a path are those in its text', async () => {
    for (const [path, method, { parameters = [] }] of await described()) {
      const inText = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
      const declared = parameters.filter((parameter) => parameter.in === 'path');
      assert.deepEqual(declared.map(({ name }) => name).toSorted(), inText.toSorted(), `${method} ${path}`);
      assert.ok(
        declared.every(({ required }) => required === true),
        `${method} ${path}`,
      );
    }
  });

  test('every schema in it is JSON Schema 2020-12, and every reference leads somewhere', async () => {
    const document = await fetched();
    // Formats are the server's own; here only the form counts. What is compiled is not run, so it need not be quick.
    const code = { optimize: false };
    const ajv = new Ajv2020({ strict: false, validateFormats: false, code, schemas: { document } });
    const pointers = [
      ...schemaPointers(document.components, ['components']),
      ...schemaPointers(document.paths, ['paths']),
    ];
    assert.ok(pointers.length > apiRoutes.length);
    const text = JSON.stringify(document);
    if (!compiled.has(text)) {
      for (const pointer of pointers) assert.ok(ajv.getSchema(`document#${pointer}`), pointer);
    }
    compiled.add(text);
    for (const reference of references(document)) {
      assert.notEqual(at(document, reference), undefined, reference);
    }
  });

  test('a resource is described once, and its views are referred to', async () => {
    const { paths, components } = await fetched();
    const clients = paths['/clients'].post;
    assert.deepEqual(clients.requestBody.content['application/json'].schema, {
      $ref: '#/components/schemas/ClientCreate',
    });
    assert.deepEqual(clients.responses[201].content['application/json'].schema, {
      $ref: '#/components/schemas/Client',
    });
    assert.equal(components.schemas.Client.properties.client_id.readOnly, true);
    assert.equal('client_id' in components.schemas.ClientCreate.properties, false);
    assert.deepEqual(components.schemas.ClientCreate.required, ['name']);
    assert.equal(components.schemas.ClientCreate.properties.is_first_party.default, true);
    assert.match(components.schemas.Client.properties.sso.description, /^No effect yet: /);
  });

  test('a list tells of the envelopes it may come in', async () => {
    const { paths } = await fetched();
    const [bare, totals, checkpoint] = paths['/clients'].get.responses[200].content['application/json'].schema.anyOf;
    assert.equal(bare.type, 'array');
    assert.deepEqual(Object.keys(totals.properties), ['total', 'start', 'limit', 'length', 'clients']);
    assert.deepEqual(Object.keys(checkpoint.properties), ['next', 'clients']);
  });
});

/** Where schemas are: below `schema`, and each of `schemas`. */
function schemaPointers(node: unknown, path: readonly string[]): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    const here = [...path, key];
    const found = key === 'schema' || path.at(-1) === 'schemas';
    return found ? [`/${here.map(escaped).join('/')}`] : schemaPointers(value, here);
  });
}

function references(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value] : references(value),
  );
}

/** RFC 6901. */
function at(document: unknown, reference: string): unknown {
  const steps = reference.split('/').slice(1);
  return steps.reduce<unknown>(
    (node, step) => (node as Json)?.[step.replaceAll('~1', '/').replaceAll('~0', '~')],
    document,
  );
}

function escaped(step: string): string {
  return encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'));
}
