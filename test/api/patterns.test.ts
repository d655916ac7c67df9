/** What a text has to look like is told in words by the dashboard, whatever body of the Management API it is in. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reasonIn } from '../../dashboard/src/api/reason.ts';
import { apiRoutes } from '../../server/api/routes.ts';
import { FORMAT_WORDS, PATTERN_WORDS, PATTERNS } from '../../server/schema/patterns.ts';

/** Names of what a page may be told: chosen from what there is, never typed. */
const CHOSEN = /^\^\(branding\\\.settings\|/;

function valuesOf(keyword: string, schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { [keyword]: own } = schema as Record<string, unknown>;
  const inside = Object.values(schema).flatMap((inner) => valuesOf(keyword, inner));
  return typeof own === 'string' ? [own, ...inside] : inside;
}

/** What the bodies of all operations have under a keyword of JSON Schema. */
function inBodies(keyword: string): string[] {
  return [...new Set(apiRoutes.flatMap(({ operation }) => valuesOf(keyword, operation.body)))];
}

test('every pattern of a body has words', () => {
  const patterns = inBodies('pattern').filter((pattern) => !CHOSEN.test(pattern));
  assert.ok(patterns.length > 30);
  for (const pattern of patterns) {
    const message = `Payload validation error: 'String does not match pattern ${pattern}: a: b' on property name.`;
    assert.equal(reasonIn(message), `${PATTERN_WORDS.get(pattern)}.`);
  }
});

test('every format of a body has words', () => {
  const formats = inBodies('format');
  assert.ok(formats.length > 5);
  for (const format of formats) {
    const message = `Payload validation error: 'Object didn't pass validation for format ${format}: a: b' on property name.`;
    assert.equal(reasonIn(message), `${FORMAT_WORDS.get(format)}.`);
  }
});

test('a pattern has one name', () => {
  assert.equal(new Set(Object.values(PATTERNS)).size, Object.keys(PATTERNS).length);
});
