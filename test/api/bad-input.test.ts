/**
 * Every operation of the Management API against input it must refuse: made from the descriptions, so that a new
 * operation is tried without a line here. Whatever is sent, the answer is a 4xx of the one shape, and never a 500.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TSchema } from 'typebox';
import { apiRoutes } from '../../server/api/routes.ts';
import type { Operation } from '../../server/schema/operation.ts';
import { type Answer, onEveryServer } from '../../server/testing.ts';

const operations = apiRoutes.map(({ operation }) => operation);
const NOBODY = 'nobody-has-this-id';

/** The path with ids that nothing has, and with words where only certain words are taken. */
function foreignPath({ path, params }: Operation): string {
  return path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => shapeOf(params).properties?.[name]?.enum?.[0] ?? NOBODY);
}

function assertRefused(answer: Answer, what: string, statuses: readonly number[] = [400]): void {
  assert.ok(answer.status < 500, `${what} answered ${answer.status}: ${answer.text}`);
  assert.ok(statuses.includes(answer.status), `${what} answered ${answer.status}: ${answer.text.slice(0, 300)}`);
  assert.equal(answer.body?.statusCode, answer.status, `${what}: ${answer.text}`);
  assert.equal(typeof answer.body.error, 'string', what);
  assert.equal(typeof answer.body.message, 'string', what);
}

type Shape = {
  type?: string | string[];
  properties?: Record<string, Shape>;
  required?: string[];
  maxLength?: number;
  enum?: string[];
};

const shapeOf = (schema: TSchema | undefined): Shape => (schema ?? {}) as Shape;

onEveryServer('bad input', (server) => {
  test('no token, a token without the scope', async () => {
    const powerless = await server.tokenWith('read:mailbox');
    for (const operation of operations) {
      const path = foreignPath(operation);
      const what = `${operation.method} ${path}`;
      assertRefused(await server.api(operation.method, path, undefined, null), what, [401]);
      if (operation.scopes.includes('read:mailbox')) continue;
      const refused = await server.api(operation.method, path, undefined, powerless);
      assertRefused(refused, what, [403]);
      assert.equal(refused.body.errorCode, 'insufficient_scope');
    }
  });

  test('an unknown query parameter', async () => {
    for (const operation of operations) {
      const path = `${foreignPath(operation)}?surely_unknown=1`;
      const body = operation.body ? {} : undefined;
      assertRefused(await server.api(operation.method, path, body), `${operation.method} ${path}`, [400, 404]);
    }
  });

  test('query parameters of the wrong type or size', async () => {
    for (const operation of operations) {
      for (const [name, schema] of Object.entries(shapeOf(operation.query).properties ?? {})) {
        const wrong = schema.type === 'string' ? 'x'.repeat((schema.maxLength ?? 60_000) + 1) : 'nonsense';
        if (schema.type === 'string' && wrong.length > 10_000) continue;
        if (schema.type === undefined || schema.type === 'array') continue;
        const path = `${foreignPath(operation)}?${name}=${wrong}`;
        const answer = await server.api(operation.method, path, operation.body ? {} : undefined);
        assertRefused(answer, `${operation.method} ${path.slice(0, 150)}`, [400, 404, 413, 414]);
      }
    }
  });

  test('bodies that are no JSON, not an object, or missing', async () => {
    for (const operation of operations.filter(({ body }) => body)) {
      const path = foreignPath(operation);
      const what = `${operation.method} ${path}`;
      assertRefused(await server.api(operation.method, path, '{"half":'), what);
      for (const body of [7, 'text', true]) {
        assertRefused(await server.api(operation.method, path, JSON.stringify(body)), what, [400, 404]);
      }
      const { type, required = [] } = shapeOf(operation.body);
      if (type === 'object') assertRefused(await server.api(operation.method, path, []), what);
      if (required.length > 0) assertRefused(await server.api(operation.method, path, {}), `${what} {}`);
    }
  });

  test('an unknown property', async () => {
    for (const operation of operations.filter(({ body }) => shapeOf(body).type === 'object')) {
      const { additionalProperties, required } = operation.body as unknown as {
        additionalProperties?: unknown;
        required?: string[];
      };
      if (additionalProperties !== false || (required?.length ?? 0) > 0) continue;
      const answer = await server.api(operation.method, foreignPath(operation), { surely_unknown: 1 });
      assertRefused(answer, `${operation.method} ${operation.path}`);
      assert.match(answer.body.message, /surely_unknown/, `${operation.id} names the property`);
    }
  });

  test('properties of the wrong type, and texts that are too long', async () => {
    for (const operation of operations.filter(({ body }) => shapeOf(body).type === 'object')) {
      for (const [name, schema] of Object.entries(shapeOf(operation.body).properties ?? {})) {
        for (const wrong of wrongValues(schema)) {
          const answer = await server.api(operation.method, foreignPath(operation), { [name]: wrong });
          assertRefused(answer, `${operation.method} ${operation.path} ${name}=${JSON.stringify(wrong).slice(0, 40)}`);
        }
      }
    }
  });

  test('ids that nobody has', async () => {
    for (const operation of operations.filter(({ path }) => path.includes('{'))) {
      const answer = await server.api(operation.method, foreignPath(operation), operation.body ? {} : undefined);
      assert.ok(answer.status < 500, `${operation.id} answered ${answer.status}: ${answer.text}`);
    }
  });

  test('ids that are attacks', async () => {
    const attacks = [
      "' or 1=1 --",
      '../../etc/passwd',
      '%00',
      '\u0000',
      '\u{1f511}',
      'x'.repeat(3000),
      '{{7*7}}',
      '__proto__',
    ];
    for (const operation of operations.filter(({ path }) => path.includes('{'))) {
      for (const attack of attacks) {
        const path = operation.path.replaceAll(/\{[^}]+\}/g, encodeURIComponent(attack));
        const answer = await server.api(operation.method, path, operation.body ? {} : undefined);
        assert.ok(answer.status < 500, `${operation.id} ${attack.slice(0, 20)}: ${answer.status} ${answer.text}`);
      }
    }
  });

  test('texts that cannot be kept: in queries, in bodies, in the names of properties', async () => {
    for (const operation of operations) {
      const names = Object.entries(shapeOf(operation.query).properties ?? {});
      for (const [name] of names.filter(([, { type }]) => type === 'string')) {
        const path = `${foreignPath(operation)}?${name}=a%00b`;
        const answer = await server.api(operation.method, path, operation.body ? {} : undefined);
        assertRefused(answer, `${operation.method} ${path}`, [400, 404]);
      }
    }
    const user = { connection: 'Username-Password-Authentication', password: 'Nine-lives 4 cats' };
    const deep = JSON.parse(`${'['.repeat(3000)}${']'.repeat(3000)}`);
    for (const [index, metadata] of [
      { a: 'b\u0000' },
      { a: { b: ['\ud800'] } },
      { 'a\u0000': 1 },
      { deep },
    ].entries()) {
      const body = { ...user, email: `unstorable${index}@example.com`, user_metadata: metadata };
      const answer = await server.api('POST', '/users', body);
      assertRefused(answer, JSON.stringify(metadata).slice(0, 40));
      assert.match(answer.body.message, /on property user_metadata/);
    }
    assert.equal((await server.api('GET', '/users?q=user_metadata.a:b')).status, 200);
    assertRefused(await server.api('GET', '/users?q=user_metadata.a:%00'), 'a search for it');
  });

  test('after all of that the server is as it was', async () => {
    assert.equal((await server.get('/healthz')).status, 200);
    assert.equal((await server.api('GET', '/clients')).status, 200);
  });
});

function wrongValues({ type, maxLength }: Shape): unknown[] {
  const types = [type].flat();
  if (types.includes('string')) {
    const long = maxLength !== undefined && maxLength < 100_000 ? ['x'.repeat(maxLength + 1)] : [];
    return [{ an: 'object' }, 7, ...long];
  }
  if (types.includes('boolean')) return ['yes', 7];
  if (types.includes('integer') || types.includes('number')) return ['seven', {}];
  if (types.includes('array')) return ['text', { an: 'object' }];
  if (types.includes('object')) return ['text', 7];
  return [];
}
