/** The operations of `/attack-protection` over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';

const AREAS: Record<string, { defaults: object; change: object; after: object; bad: [object, RegExp][] }> = {
  'bot-detection': {
    defaults: { bot_detection_level: 'medium', challenge_password_policy: 'never', allowlist: [] },
    change: { bot_detection_level: 'low', allowlist: ['10.0.0.0/8', '2001:db8::1'] },
    after: { bot_detection_level: 'low', challenge_password_policy: 'never', allowlist: ['10.0.0.0/8', '2001:db8::1'] },
    bad: [
      [{ bot_detection_level: 'none' }, /No enum match for: none/],
      [{ allowlist: ['everywhere'] }, /format ip-or-cidr: everywhere/],
      [{ allowlist: ['10.0.0.0/33'] }, /format ip-or-cidr/],
    ],
  },
  'breached-password-detection': {
    defaults: { enabled: false, method: 'standard', stage: { 'pre-user-registration': { shields: [] } } },
    change: { enabled: true, stage: { 'pre-change-password': {}, 'pre-user-registration': { shields: ['block'] } } },
    after: {
      enabled: true,
      shields: [],
      stage: { 'pre-user-registration': { shields: ['block'] }, 'pre-change-password': { shields: [] } },
    },
    bad: [[{ shields: ['shout'] }, /No enum match for: shout/]],
  },
  'brute-force-protection': {
    defaults: { enabled: true, max_attempts: 10, mode: 'count_per_identifier_and_ip' },
    change: { max_attempts: 66, shields: ['block'] },
    after: { enabled: true, max_attempts: 66, shields: ['block'], mode: 'count_per_identifier_and_ip' },
    bad: [
      [{ max_attempts: 0 }, /Value 0 is less than minimum 1/],
      [{ max_attempts: '5' }, /Expected type integer but found type string/],
    ],
  },
  'phone-provider-protection': {
    defaults: { type: 'none' },
    change: { type: 'exponential' },
    after: { type: 'exponential' },
    bad: [[{}, /Missing required property: type/]],
  },
  'suspicious-ip-throttling': {
    defaults: { enabled: true, stage: { 'pre-login': { max_attempts: 100, rate: 864_000 } } },
    change: { shields: ['block'], stage: { 'pre-login': { max_attempts: 5 } } },
    after: {
      shields: ['block'],
      stage: {
        'pre-login': { max_attempts: 5, rate: 864_000 },
        'pre-user-registration': { max_attempts: 50, rate: 1200 },
      },
    },
    bad: [[{ stage: { 'pre-login': { rate: 1 } } }, /Value 1 is less than minimum 34560/]],
  },
};

onEveryServer('Attack protection', (server) => {
  for (const [name, { defaults, change, after, bad }] of Object.entries(AREAS)) {
    const path = `/attack-protection/${name}`;

    test(`${name}: the defaults are in force until something is changed`, async () => {
      assert.partialDeepStrictEqual(await server.make('GET', path), defaults);
    });

    test(`${name}: what is not given stays as it is`, async () => {
      assert.partialDeepStrictEqual(await server.make('PATCH', path, change), after);
      assert.partialDeepStrictEqual(await server.make('GET', path), after);
    });

    test(`${name}: bad input is named and changes nothing`, async () => {
      for (const [body, message] of [...bad, [{ foo: 1 }, /foo|Missing/] as const]) {
        const answer = await server.api('PATCH', path, body);
        assert.equal(answer.status, 400, JSON.stringify(body));
        assert.equal(answer.body.errorCode, 'invalid_body');
        assert.match(answer.body.message, message);
      }
      assert.partialDeepStrictEqual(await server.make('GET', path), after);
    });

    test(`${name}: reading and writing have scopes of their own`, async () => {
      const reader = await server.tokenWith('read:attack_protection');
      assert.equal((await server.api('GET', path, undefined, reader)).status, 200);
      assert.equal((await server.api('PATCH', path, change, reader)).status, 403);
    });
  }

  test('the keys of captcha providers never come out, in answers, logs or at rest', async () => {
    const path = '/attack-protection/captcha';
    assert.deepEqual(await server.make('GET', path), {
      active_provider_id: 'auth_challenge',
      simple_captcha: {},
      auth_challenge: { fail_open: false },
      recaptcha_v2: { site_key: '' },
      recaptcha_enterprise: { site_key: '', project_id: '' },
      hcaptcha: { site_key: '' },
      friendly_captcha: { site_key: '' },
      arkose: { site_key: '', client_subdomain: 'client-api', verify_subdomain: 'verify-api', fail_open: false },
    });
    const changed = await server.make('PATCH', path, {
      active_provider_id: 'recaptcha_enterprise',
      recaptcha_enterprise: { site_key: 'site', api_key: 'captcha-key-1', project_id: 'project' },
      arkose: { site_key: 'site', secret: 'captcha-key-2' },
    });
    assert.deepEqual(changed.recaptcha_enterprise, { site_key: 'site', project_id: 'project' });
    assert.deepEqual(changed.arkose, {
      site_key: 'site',
      client_subdomain: 'client-api',
      verify_subdomain: 'verify-api',
      fail_open: false,
    });
    assert.deepEqual(await server.make('GET', path), changed);
    const { database } = server.services;
    const rows = await database.read.query(database.read.build.selectFrom('documents').select('doc'));
    assert.doesNotMatch(JSON.stringify(rows), /captcha-key/);
    assert.doesNotMatch((await server.api('GET', '/logs')).text, /captcha-key/);
    const missing = await server.api('PATCH', path, { hcaptcha: { site_key: 'site' } });
    assert.equal(missing.status, 400);
    assert.match(missing.body.message, /Missing required property: secret/);
    assert.equal((await server.api('PATCH', path, { active_provider_id: 'mine' })).status, 400);
  });

  test('changes at the same time are all kept', async () => {
    const path = '/attack-protection/suspicious-ip-throttling';
    const stages = { 'pre-login': 7, 'pre-user-registration': 8, 'pre-custom-token-exchange': 9 };
    await Promise.all(
      Object.entries(stages).map(([stage, max_attempts]) =>
        server.make('PATCH', path, { stage: { [stage]: { max_attempts } } }),
      ),
    );
    const { stage } = await server.make('GET', path);
    for (const [name, max_attempts] of Object.entries(stages)) assert.equal(stage[name].max_attempts, max_attempts);
  });
});
