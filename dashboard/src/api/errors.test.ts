import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiFailure, explain, fieldOf, pathOf, placed } from './errors.ts';

const refused = (message: string, statusCode = 400) => new ApiFailure('api', message, { statusCode });

test('an error is shown at the field that its message names', () => {
  const format = "Payload validation error: 'Object didn't pass validation for format callback-url: x' on property";
  assert.equal(fieldOf(refused(`${format} callbacks[0] (URLs to call back).`)), 'callbacks');
  assert.equal(fieldOf(refused("Payload validation error: 'Too long' on property description.")), 'description');
  assert.equal(fieldOf(refused("Payload validation error: 'Missing required property: name'.")), 'name');
});

test('an error inside of an object is shown at the field for that member', () => {
  assert.equal(
    pathOf(refused("Payload validation error: 'Too big' on property refresh_token.leeway.")),
    'refresh_token.leeway',
  );
  assert.equal(
    pathOf(refused("Payload validation error: 'Too short' on property mobile.ios.ids[1].")),
    'mobile.ios.ids',
  );
  assert.equal(
    fieldOf(refused("Payload validation error: 'Too big' on property refresh_token.leeway.")),
    'refresh_token',
  );
});

test('an error about no field is shown at none', () => {
  assert.equal(fieldOf(refused('The client is in use.')), undefined);
  assert.equal(fieldOf(refused('not allowed on property name', 403)), undefined);
  assert.equal(fieldOf(new Error('on property name')), undefined);
});

test('each failure says whether another try can help', () => {
  assert.equal(explain(new ApiFailure('network', 'no answer')).canRetry, true);
  assert.equal(explain(refused('Insufficient scope', 403)).canRetry, false);
  assert.match(explain(new ApiFailure('api', '', { statusCode: 429, retryAfter: 7 })).detail, /7 s/);
});

test('an error is told at its field when the form has that, and elsewhere when not', () => {
  const error = refused("Payload validation error: 'Too short' on property name.");
  const inForm = placed(error, ['name', 'description']);
  assert.equal(inForm.at('name'), error.message);
  assert.equal(inForm.at('description'), undefined);
  assert.equal(inForm.elsewhere, undefined);
  const outside = placed(error, ['description']);
  assert.equal(outside.at('name'), undefined);
  assert.equal(outside.elsewhere, error);
  assert.equal(placed(error, ['email'], 'email').at('email'), error.message);
  assert.equal(placed(null, ['name']).at('name'), undefined);
});
