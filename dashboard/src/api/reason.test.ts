import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiFailure, explain, reasonOf } from './errors.ts';

const refused = (what: string, property = 'name') =>
  new ApiFailure('api', `Payload validation error: '${what}' on property ${property}.`, { statusCode: 400 });

test('a value that has not the form of its field is refused in words, without a regular expression', () => {
  const pattern = '^[a-zA-Z0-9](-[a-zA-Z0-9]|[a-zA-Z0-9])*$';
  const words = 'Letters and digits only, with single hyphens between them.';
  assert.equal(reasonOf(refused(`String does not match pattern ${pattern}: a: b`)), words);
  assert.equal(reasonOf(refused(`String does not match pattern ${pattern}: a b`, 'name (What it is called)')), words);
  assert.equal(reasonOf(refused("Object didn't pass validation for format email: ada", 'email')), 'An email address.');
  assert.equal(reasonOf(refused('String is too long (200 chars), maximum 128')), 'At most 128 characters; it has 200.');
});

test('of a list the value is named', () => {
  const error = refused("Object didn't pass validation for format ip-or-cidr: home", 'allowlist.3');
  assert.match(reasonOf(error)!, /^“home”: An IP address/);
});

test('away from its field the reason comes with the name of that', () => {
  assert.equal(explain(refused('Value 5 is less than minimum 60', 'jwt.lifetime')).detail, 'jwt.lifetime: 60 or more.');
});

test('what is not known better is told as the API says it', () => {
  for (const error of [
    refused('String does not match pattern ^(a|b)+c$: x'),
    refused("Object didn't pass validation for format nobody-knows: x"),
    new ApiFailure('api', 'The client is in use.', { statusCode: 409 }),
  ]) {
    assert.equal(reasonOf(error), error.message);
    assert.equal(explain(error).detail, error.message);
  }
  assert.equal(reasonOf(null), undefined);
});

test('what the characters of a text may be is told', () => {
  for (const [pattern, words] of [
    ['^[\\w-]+$', 'Letters, digits, _ and - only.'],
    ['^\\d{12}$', 'Digits only, 12 of them.'],
    ['^([a-z0-9]){3,24}$', 'Lower-case letters and digits only, 3 to 24 of them.'],
    ['^[A-Za-z0-9_\\-@*+:]*$', 'Letters, digits, _, -, @, *, + and : only.'],
  ]) {
    assert.equal(reasonOf(refused(`String does not match pattern ${pattern}: a: b`)), words);
  }
});
