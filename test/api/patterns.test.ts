/** The dashboard says in words what a text has to look like: for every pattern that the Management API has for a body. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shapeOf } from '../../dashboard/src/api/reason.ts';
import { apiRoutes } from '../../server/api/routes.ts';

/** Fixed words and IDs, which are chosen from what there is; what cannot be typed. */
const NEVER_TYPED = [
  /^\^\(?[\w./|-]+(\|client_id:\\S\+)?\)?\$$/,
  /^\^\(us-east/,
  /^\^\(branding/,
  /^\^\(\\\$ending/,
  /^\^[a-z]+_/,
  /u0000\]\*/,
];

function patternsIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = 'pattern' in schema && typeof schema.pattern === 'string' ? [schema.pattern] : [];
  return [...own, ...Object.values(schema).flatMap(patternsIn)];
}

test('every pattern of a body has words', () => {
  const patterns = new Set(apiRoutes.flatMap(({ operation }) => patternsIn(operation.body)));
  assert.ok(patterns.size > 30);
  const without = [...patterns].filter(
    (pattern) => !NEVER_TYPED.some((known) => known.test(pattern)) && !shapeOf(pattern),
  );
  assert.deepEqual(without, []);
});
