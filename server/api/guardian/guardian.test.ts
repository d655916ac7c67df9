/** The operations of `/guardian` about factors and policies over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';

const NAMES = ['sms', 'push-notification', 'otp', 'email', 'duo', 'webauthn-roaming', 'webauthn-platform'];

onEveryServer('Guardian', (server) => {
  test('every factor is off until it is turned on', async () => {
    const factors = await server.make('GET', '/guardian/factors');
    assert.deepEqual(
      factors,
      [...NAMES, 'recovery-code'].map((name) => ({ name, enabled: false, trial_expired: false })),
    );
    assert.deepEqual(await server.make('PUT', '/guardian/factors/otp', { enabled: true }), { enabled: true });
    const on = (await server.make('GET', '/guardian/factors')).filter((one: { enabled: boolean }) => one.enabled);
    assert.deepEqual(on, [{ name: 'otp', enabled: true, trial_expired: false }]);
    await server.make('PUT', '/guardian/factors/otp', { enabled: false });
    assert.deepEqual(await server.make('GET', '/guardian/factors'), factors);
  });

  test('factors that are none, and other values, are refused', async () => {
    assert.equal((await server.api('PUT', '/guardian/factors/carrier-pigeon', { enabled: true })).status, 400);
    for (const body of [{}, { enabled: 'yes' }, { enabled: true, more: 1 }]) {
      const answer = await server.api('PUT', '/guardian/factors/sms', body);
      assert.equal(answer.status, 400, JSON.stringify(body));
      assert.equal(answer.body.errorCode, 'invalid_body');
    }
    const reader = await server.tokenWith('read:guardian_factors');
    assert.equal((await server.api('PUT', '/guardian/factors/sms', { enabled: true }, reader)).status, 403);
    assert.equal((await server.api('GET', '/guardian/policies', undefined, reader)).status, 403);
  });

  test('policies are a list that is set whole', async () => {
    assert.deepEqual(await server.make('GET', '/guardian/policies'), []);
    assert.deepEqual(await server.make('PUT', '/guardian/policies', ['all-applications']), ['all-applications']);
    assert.deepEqual(await server.make('GET', '/guardian/policies'), ['all-applications']);
    assert.equal((await server.api('PUT', '/guardian/policies', ['sometimes'])).status, 400);
    assert.equal((await server.api('PUT', '/guardian/policies', {})).status, 400);
    assert.deepEqual(await server.make('PUT', '/guardian/policies', []), []);
  });

  /** GET and PUT: what it is before, what is set, what is refused. */
  const settings: Record<string, { before: object; after: object; bad: object[] }> = {
    'phone/message-types': {
      before: { message_types: ['sms'] },
      after: { message_types: ['sms', 'voice'] },
      bad: [{}, { message_types: ['fax'] }, { message_types: 'sms' }],
    },
    'phone/selected-provider': {
      before: { provider: 'auth0' },
      after: { provider: 'twilio' },
      bad: [{}, { provider: 'other' }, { provider: 'twilio', more: 1 }],
    },
    'push-notification/selected-provider': {
      before: { provider: 'guardian' },
      after: { provider: 'sns' },
      bad: [{}, { provider: 'twilio' }],
    },
    'phone/providers/twilio': {
      before: {},
      after: { sid: 'AC1', auth_token: 'twilio-token', from: '+15550100' },
      bad: [{ sid: 1 }, { more: 'x' }, { auth_token: '' }],
    },
    'duo/settings': {
      before: {},
      after: { ikey: 'key', skey: 'duo-secret', host: 'api.duo.example' },
      bad: [{ skey: '' }, { host: 5 }, { more: 1 }],
    },
    'webauthn-platform/settings': {
      before: { overrideRelyingParty: false },
      after: { overrideRelyingParty: true, relyingPartyIdentifier: 'example.com' },
      bad: [{ overrideRelyingParty: 'no' }, { userVerification: 'required' }],
    },
    'webauthn-roaming/settings': {
      before: { overrideRelyingParty: false, userVerification: 'preferred' },
      after: { overrideRelyingParty: false, userVerification: 'required' },
      bad: [{ userVerification: 'always' }],
    },
  };
  for (const [name, { before, after, bad }] of Object.entries(settings)) {
    const path = `/guardian/factors/${name}`;
    test(`${name} is read and set`, async () => {
      assert.deepEqual(await server.make('GET', path), before);
      assert.deepEqual(await server.make('PUT', path, after), after);
      assert.deepEqual(await server.make('GET', path), after);
      for (const body of bad) assert.equal((await server.api('PUT', path, body)).status, 400, JSON.stringify(body));
      assert.deepEqual(await server.make('GET', path), after);
    });
  }

  test('the paths of SMS and of phones lead to the same settings', async () => {
    const factors = '/guardian/factors';
    assert.deepEqual(await server.make('GET', `${factors}/sms/selected-provider`), { provider: 'twilio' });
    await server.make('PUT', `${factors}/sms/selected-provider`, { provider: 'phone-message-hook' });
    assert.deepEqual(await server.make('GET', `${factors}/phone/selected-provider`), {
      provider: 'phone-message-hook',
    });
    await server.make('PUT', `${factors}/sms/providers/twilio`, { sid: 'AC2', auth_token: null });
    assert.deepEqual(await server.make('GET', `${factors}/phone/providers/twilio`), { sid: 'AC2' });
    assert.deepEqual(await server.make('GET', `${factors}/sms/providers/twilio`), { sid: 'AC2' });
    const words = { enrollment_message: 'enroll {{code}}', verification_message: 'verify {{code}}' };
    const defaults = await server.make('GET', `${factors}/sms/templates`);
    assert.match(defaults.verification_message, /\{\{code\}\}/);
    assert.deepEqual(await server.make('PUT', `${factors}/sms/templates`, words), words);
    assert.deepEqual(await server.make('GET', `${factors}/phone/templates`), words);
    assert.deepEqual(await server.make('PUT', `${factors}/phone/templates`, defaults), defaults);
    assert.equal((await server.api('PUT', `${factors}/phone/templates`, { enrollment_message: 'x' })).status, 400);
  });

  test('PUT replaces, PATCH changes', async () => {
    const path = '/guardian/factors/duo/settings';
    await server.make('PUT', path, { ikey: 'one', skey: 'secret', host: 'h' });
    assert.deepEqual(await server.make('PATCH', path, { ikey: 'two' }), { ikey: 'two', skey: 'secret', host: 'h' });
    assert.deepEqual(await server.make('PUT', path, { ikey: 'three' }), { ikey: 'three' });
    const keys = '/guardian/factors/webauthn-roaming/settings';
    assert.deepEqual(await server.make('PATCH', keys, { overrideRelyingParty: true }), {
      overrideRelyingParty: true,
      userVerification: 'required',
    });
    const own = '/guardian/factors/webauthn-platform/settings';
    assert.deepEqual(await server.make('PATCH', own, { relyingPartyIdentifier: null }), { overrideRelyingParty: true });
  });

  test('credentials for push notifications go in and do not come out', async () => {
    const push = '/guardian/factors/push-notification/providers';
    assert.deepEqual(await server.make('GET', `${push}/apns`), { bundle_id: null, sandbox: false, enabled: false });
    const apns = { bundle_id: 'com.example.app', sandbox: true };
    assert.deepEqual(await server.make('PUT', `${push}/apns`, { ...apns, p12: 'push-secret-1' }), apns);
    assert.deepEqual(await server.make('PATCH', `${push}/apns`, { sandbox: false }), { ...apns, sandbox: false });
    assert.deepEqual(await server.make('GET', `${push}/apns`), { ...apns, sandbox: false, enabled: true });
    for (const method of ['PUT', 'PATCH']) {
      assert.deepEqual(await server.make(method, `${push}/fcm`, { server_key: 'push-secret-2' }), {});
      assert.deepEqual(await server.make(method, `${push}/fcmv1`, { server_credentials: 'push-secret-3' }), {});
      assert.equal((await server.api(method, `${push}/fcm`, { server_key: 'x'.repeat(153) })).status, 400);
      assert.equal((await server.api(method, `${push}/fcmv1`, { server_key: 'x' })).status, 400);
      assert.equal((await server.api(method, `${push}/apns`, { p12: 5 })).status, 400);
    }
    const sns = { aws_access_key_id: 'id', aws_region: 'eu-west-1' };
    const secret = { aws_secret_access_key: 'push-secret-4' };
    assert.deepEqual(await server.make('GET', `${push}/sns`), {});
    assert.deepEqual(await server.make('PUT', `${push}/sns`, { ...sns, ...secret }), { ...sns, ...secret });
    assert.deepEqual(await server.make('GET', `${push}/sns`), sns);
    assert.deepEqual(await server.make('PATCH', `${push}/sns`, { aws_region: 'us-east-1' }), {
      ...sns,
      aws_region: 'us-east-1',
    });
    assert.equal((await server.api('PATCH', `${push}/sns`, { aws_region: 'moon-1' })).status, 400);
    const { read } = server.services.database;
    assert.doesNotMatch(
      JSON.stringify(await read.query(read.build.selectFrom('documents').select('doc'))),
      /(push|duo|twilio)-(secret|token)/,
    );
    assert.doesNotMatch((await server.api('GET', '/logs?per_page=100')).text, /push-secret|duo-secret|twilio-token/);
  });
});
