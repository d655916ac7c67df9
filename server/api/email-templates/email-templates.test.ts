// Mail templates, through HTTP. That mails are written with them is tested where mails are asked for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryServer } from '../../testing.ts';

const template = (more: object = {}) => ({
  template: 'reset_email',
  body: '<p>{{ url }}</p>',
  from: '',
  subject: 'Reset',
  syntax: 'liquid',
  enabled: true,
  ...more,
});

onEveryServer('Mail templates', (server) => {
  const path = '/email-templates';

  test('a fresh tenant has two, the others are not there', async () => {
    const verify = await server.make('GET', `${path}/verify_email`);
    assert.deepEqual([verify.enabled, verify.syntax, verify.urlLifetimeInSeconds], [true, 'liquid', 432_000]);
    assert.equal((await server.make('GET', `${path}/welcome_email`)).enabled, false);
    const none = await server.api('GET', `${path}/reset_email`);
    assert.deepEqual(
      [none.status, none.body.errorCode, none.body.message],
      [404, 'inexistent_email_template', 'The template does not exist.'],
    );
    assert.equal((await server.api('PATCH', `${path}/reset_email`, { enabled: false })).status, 404);
    assert.equal((await server.api('PUT', `${path}/reset_email`, template())).status, 404);
  });

  test('one is made once, changed and replaced', async () => {
    const made = await server.api('POST', path, template({ urlLifetimeInSeconds: 60 }));
    assert.deepEqual([made.status, made.body.urlLifetimeInSeconds], [200, 60]);
    assert.equal((await server.api('POST', path, template())).status, 409);
    const changed = await server.make('PATCH', `${path}/reset_email`, { subject: 'New', resultUrl: null });
    assert.deepEqual([changed.subject, changed.body, changed.resultUrl], ['New', '<p>{{ url }}</p>', null]);
    const replaced = await server.make('PUT', `${path}/reset_email`, template());
    assert.equal(replaced.urlLifetimeInSeconds, undefined);
    assert.deepEqual(await server.make('GET', `${path}/reset_email`), replaced);
  });

  test('one of a fresh tenant can be changed in part', async () => {
    const changed = await server.make('PATCH', `${path}/welcome_email`, { enabled: true, subject: 'Hi' });
    assert.deepEqual([changed.enabled, changed.subject, changed.template], [true, 'Hi', 'welcome_email']);
    assert.match(changed.body, /<!doctype html>/);
  });

  test('what is no template is refused', async () => {
    const bad: [unknown, RegExp][] = [
      [template({ body: '{% if %}{{' }), /on property body/],
      [template({ subject: '{{ a | nothing( }' }), /on property subject/],
      [template({ syntax: 'handlebars' }), /No enum match for: handlebars/],
      [template({ template: 'other' }), /No enum match for: other/],
      [template({ enabled: 'yes' }), /Expected type boolean,null/],
      [template({ colour: 1 }), /Additional properties not allowed: colour/],
      [template({ urlLifetimeInSeconds: -1 }), /less than minimum 0/],
      [{ template: 'change_password' }, /Missing required property: body/],
    ];
    for (const [body, message] of bad) {
      const answer = await server.api('POST', path, body);
      assert.equal(answer.status, 400, JSON.stringify(body));
      assert.match(answer.body.message, message);
    }
    assert.equal((await server.api('GET', `${path}/other`)).body.errorCode, 'invalid_uri');
    const mixed = await server.api('PATCH', `${path}/reset_email`, { template: 'verify_email' });
    assert.equal(mixed.status, 400);
    const token = await server.tokenWith('read:email_templates');
    assert.equal((await server.api('PATCH', `${path}/reset_email`, {}, token)).status, 403);
  });
});
