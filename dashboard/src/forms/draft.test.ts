import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bruteForceResource, suspiciousIpResource } from '../../../server/api/attack-protection/schema.ts';
import { settingsResource } from '../../../server/api/tenants/schema.ts';
import { ApiFailure } from '../api/errors.ts';
import { changesOf, fieldOfError, problemsOf, shown } from './draft.ts';
import { leavesOf } from './schema.ts';
import { fieldsOf, wordsOf } from './spec.ts';

const guard = fieldsOf(bruteForceResource.fields);
const throttle = fieldsOf(suspiciousIpResource.fields);
const tenant = fieldsOf(settingsResource.fields);

test('the kind of a field follows from its schema', () => {
  assert.equal(guard('enabled').kind, 'switch');
  assert.equal(guard('shields').kind, 'choices');
  assert.equal(guard('mode').kind, 'choice');
  assert.equal(guard('allowlist').kind, 'lines');
  assert.equal(throttle('stage.pre-login.rate').kind, 'number');
});

test('only what differs is sent, and a member inside of an object goes with its neighbours', () => {
  const stored = { enabled: true, stage: { 'pre-login': { max_attempts: 100, rate: 864000 }, other: { kept: 1 } } };
  const specs = [throttle('enabled'), throttle('stage.pre-login.max_attempts')];
  assert.deepEqual(changesOf(specs, stored, { enabled: true, 'stage.pre-login.max_attempts': '100' }), {});
  assert.deepEqual(changesOf(specs, stored, { 'stage.pre-login.max_attempts': '5' }), {
    stage: { 'pre-login': { max_attempts: 5, rate: 864000 }, other: { kept: 1 } },
  });
});

test('of a merged member only the changed part is sent; what is emptied is null', () => {
  const flag = { ...tenant('flags'), path: 'flags.enable_x', kind: 'switch' } as const;
  assert.deepEqual(changesOf([flag], { flags: { other: true } }, { 'flags.enable_x': true }, ['flags']), {
    flags: { enable_x: true },
  });
  const name = tenant('friendly_name');
  assert.deepEqual(changesOf([name], { friendly_name: 'Acme' }, { friendly_name: ' ' }), { friendly_name: null });
  assert.deepEqual(changesOf([{ ...name, emptied: 'text' }], { friendly_name: 'Acme' }, { friendly_name: '' }), {
    friendly_name: '',
  });
});

test('numbers out of their bounds are told before anything is sent', () => {
  const specs = [guard('max_attempts')];
  assert.match(problemsOf(specs, {}, { max_attempts: '101' }).max_attempts!, /from 1 to 100/);
  assert.match(problemsOf(specs, {}, { max_attempts: '1.5' }).max_attempts!, /whole number/);
  assert.deepEqual(problemsOf(specs, {}, { max_attempts: '7' }), {});
});

test('what has not the form of its field is told in words', () => {
  const { support_url } = problemsOf([tenant('support_url')], {}, { support_url: 'our help desk' });
  assert.equal(support_url, 'An address that begins with https:// or http://.');
});

test('an error of the API finds its field, also inside of an object', () => {
  const refused = (property: string) =>
    new ApiFailure('api', `'Too big' on property ${property}.`, { statusCode: 400 });
  const specs = [throttle('allowlist'), throttle('stage.pre-login.rate')];
  assert.equal(fieldOfError(specs, refused('stage.pre-login.rate'))?.path, 'stage.pre-login.rate');
  assert.equal(fieldOfError(specs, refused('allowlist[3]'))?.path, 'allowlist');
  assert.equal(fieldOfError(specs, refused('unknown')), undefined);
  const taken = new ApiFailure('api', 'There is one already.', { statusCode: 409 });
  assert.equal(fieldOfError([{ ...tenant('friendly_name'), path: 'name' }], taken)?.path, 'name');
  assert.equal(fieldOfError(specs, taken), undefined);
});

test('a list is shown one entry a line, an unset switch as off', () => {
  assert.equal(shown(guard('allowlist'), { allowlist: ['10.0.0.0/8', '::1'] }), '10.0.0.0/8\n::1');
  assert.equal(shown(guard('enabled'), {}), false);
});

test('objects with known members are taken apart, and names become words', () => {
  const leaves = leavesOf({ a: { type: 'object', properties: { b: { type: 'string' } } }, c: { type: 'object' } });
  assert.deepEqual(leaves, ['a.b', 'c']);
  assert.equal(wordsOf('signInEndpoint'), 'Sign in endpoint');
  assert.equal(wordsOf('client_id'), 'Client ID');
});
