/** The operations of `/branding/phone` over HTTP, with a stand-in for Twilio on loopback. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { onEveryServer } from '../../testing.ts';

type Received = { url: string; authorization: string; fields: Record<string, string> };
const received: Received[] = [];
let refusal: string | undefined;

const gateway = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const { url = '', headers } = request;
  received.push({
    url,
    authorization: String(headers.authorization),
    fields: Object.fromEntries(new URLSearchParams(body)),
  });
  response.writeHead(refusal ? 400 : 201, { 'content-type': 'application/json' });
  response.end(JSON.stringify(refusal ? { code: 21211, message: refusal } : { sid: 'SM1' }));
});
await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
const twilioUrl = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
after(() => gateway.close());

const TWILIO = {
  name: 'twilio',
  configuration: { sid: 'AC1', default_from: '+15550100', delivery_methods: ['text', 'voice'] },
  credentials: { auth_token: 'phone-token' },
};
const providers = '/branding/phone/providers';
const templates = '/branding/phone/templates';

onEveryServer(
  'Phones',
  (server) => {
    before(() => {
      received.length = 0;
      refusal = undefined;
    });

    test('a provider is made, read, changed and deleted; its key is never shown', async () => {
      assert.deepEqual(await server.make('GET', providers), { providers: [] });
      const made = await server.make('POST', providers, TWILIO);
      assert.match(made.id, /^pro_\w{22}$/);
      const { credentials: _key, ...shown } = TWILIO;
      const expected = { ...shown, disabled: false, channel: 'phone', tenant: server.tenant };
      assert.deepEqual({ ...made, ...expected }, made);
      assert.equal('credentials' in made, false);
      assert.deepEqual(await server.make('GET', `${providers}/${made.id}`), made);
      assert.deepEqual(await server.make('GET', `${providers}?disabled=false`), { providers: [made] });
      assert.deepEqual(await server.make('GET', `${providers}?disabled=true`), { providers: [] });
      const changed = await server.make('PATCH', `${providers}/${made.id}`, { disabled: true });
      assert.equal(changed.disabled, true);
      assert.deepEqual(changed.configuration, made.configuration);
      assert.equal((await server.api('POST', providers, TWILIO)).status, 409);
      const { read } = server.services.database;
      const rows = await read.query(read.build.selectFrom('documents').select('doc'));
      assert.doesNotMatch(JSON.stringify(rows), /phone-token/);
      assert.doesNotMatch((await server.api('GET', '/logs')).text, /phone-token/);
      await server.make('DELETE', `${providers}/${made.id}`);
      for (const [method, body] of [['GET'], ['PATCH', { disabled: true }], ['DELETE']] as const) {
        const answer = await server.api(method, `${providers}/${made.id}`, body);
        assert.equal(answer.status, 404, method);
        assert.equal(answer.body.errorCode, 'inexistent_phone_provider');
      }
    });

    test('a provider that could send nothing is refused', async () => {
      const { default_from: _from, ...numberless } = TWILIO.configuration;
      const { credentials: _key, ...keyless } = TWILIO;
      const bodies: [object, RegExp][] = [
        [{ ...TWILIO, configuration: numberless }, /^Bad Operation on Notification Resource$/],
        [keyless, /Missing required property: credentials/],
        [{ ...TWILIO, credentials: {} }, /Missing required property: auth_token/],
        [{ ...TWILIO, configuration: { delivery_methods: ['text'] } }, /Missing required property: sid/],
        [{ ...TWILIO, configuration: { ...numberless, delivery_methods: [] } }, /Array is too short/],
        [{ ...TWILIO, name: 'pigeon' }, /No enum match for: pigeon/],
        [{ ...TWILIO, more: 1 }, /Additional properties not allowed: more/],
      ];
      for (const [body, message] of bodies) {
        const answer = await server.api('POST', providers, body);
        assert.equal(answer.status, 400, JSON.stringify(body));
        assert.match(answer.body.message, message);
      }
      assert.deepEqual(await server.make('GET', providers), { providers: [] });
    });

    test('a trial is handed to Twilio as a message or as a call', async () => {
      const { id } = await server.make('POST', providers, TWILIO);
      const answer = await server.api('POST', `${providers}/${id}/try`, { to: '+15550123' });
      assert.equal(answer.status, 202);
      const message = received.pop()!;
      assert.equal(message.url, '/2010-04-01/Accounts/AC1/Messages.json');
      assert.equal(message.authorization, `Basic ${Buffer.from('AC1:phone-token').toString('base64')}`);
      assert.equal(message.fields.To, '+15550123');
      assert.equal(message.fields.From, '+15550100');
      await server.make('POST', `${providers}/${id}/try`, { to: '+15550123', delivery_method: 'voice' });
      const call = received.pop()!;
      assert.equal(call.url, '/2010-04-01/Accounts/AC1/Calls.json');
      assert.match(call.fields.Twiml!, /^<Response><Say>.*<\/Say><\/Response>$/);

      refusal = 'The number is not valid';
      const refused = await server.api('POST', `${providers}/${id}/try`, { to: '+15550123' });
      refusal = undefined;
      assert.equal(refused.status, 400);
      assert.equal(refused.body.message, 'Twilio answered 400: The number is not valid');

      await server.make('PATCH', `${providers}/${id}`, {
        configuration: { sid: 'AC1', mssid: 'MG1', delivery_methods: ['text'] },
      });
      await server.make('POST', `${providers}/${id}/try`, { to: '+15550123' });
      assert.equal(received.at(-1)!.fields.MessagingServiceSid, 'MG1');
      const before = received.length;
      const bodies = [{}, { to: 'me' }, { to: '+15550123', delivery_method: 'fax' }];
      for (const body of [...bodies, { to: '+15550123', delivery_method: 'voice' }])
        assert.equal((await server.api('POST', `${providers}/${id}/try`, body)).status, 400, JSON.stringify(body));
      await server.make('PATCH', `${providers}/${id}`, { disabled: true });
      assert.equal((await server.api('POST', `${providers}/${id}/try`, { to: '+15550123' })).status, 400);
      await server.make('PATCH', `${providers}/${id}`, { name: 'custom', disabled: false });
      assert.equal((await server.api('POST', `${providers}/${id}/try`, { to: '+15550123' })).status, 400);
      assert.equal(received.length, before);
      assert.equal((await server.api('POST', `${providers}/none/try`, { to: '+15550123' })).status, 404);
      await server.make('DELETE', `${providers}/${id}`);
    });

    test('a template is made, read, changed, reset and deleted', async () => {
      const content = { from: '+15550111', body: { text: 'Code {{ code }}', voice: 'Hear {{ code }}' } };
      const made = await server.make('POST', templates, { type: 'otp_enroll', content });
      assert.match(made.id, /^tem_\w{22}$/);
      assert.deepEqual(made.content, { syntax: 'liquid', ...content });
      assert.deepEqual([made.channel, made.disabled, made.tenant], ['phone', false, server.tenant]);
      const path = `${templates}/${made.id}`;
      assert.deepEqual(await server.make('GET', path), made);
      assert.deepEqual(await server.make('GET', templates), { templates: [made] });
      assert.equal((await server.api('POST', templates, { type: 'otp_enroll' })).status, 409);

      const changed = await server.make('PATCH', path, { disabled: true, content: { body: { text: 'New' } } });
      assert.deepEqual(changed.content.body, { text: 'New', voice: 'Hear {{ code }}' });
      assert.equal(changed.content.from, '+15550111');
      assert.deepEqual(await server.make('GET', `${templates}?disabled=false`), { templates: [] });
      const reset = await server.make('PATCH', `${path}/reset`, {});
      assert.match(reset.content.body.text, /code \| escape/);
      assert.equal('from' in reset.content, false);

      await server.make('DELETE', path);
      for (const [method, at, body] of [
        ['GET', path],
        ['PATCH', path, { disabled: true }],
        ['PATCH', `${path}/reset`],
        ['POST', `${path}/try`, { to: '+15550123' }],
        ['DELETE', path],
      ] as const) {
        const answer = await server.api(method, at, body);
        assert.equal(answer.status, 404, `${method} ${at}`);
        assert.equal(answer.body.errorCode, 'inexistent_phone_template');
      }
    });

    test('a template without a text has ours', async () => {
      for (const type of ['otp_verify', 'change_password', 'blocked_account', 'password_breach']) {
        const { content } = await server.make('POST', templates, { type });
        assert.ok(content.body.text && content.body.voice, type);
      }
    });

    test('a trial of a template is filled in with sample values', async () => {
      const provider = await server.make('POST', providers, TWILIO);
      const content = {
        from: '+15550111',
        body: { text: '{{ code }} for {{ friendly_name }}\nBye', voice: 'A & {{ pause }} B' },
      };
      const { id } = await server.make('POST', templates, { type: 'otp_enroll', content });
      await server.make('POST', `${templates}/${id}/try`, { to: '+15550123' });
      assert.deepEqual(received.pop()!.fields, {
        To: '+15550123',
        From: '+15550111',
        Body: '123456 for Latchkey\nBye',
      });
      await server.make('POST', `${templates}/${id}/try`, { to: '+15550123', delivery_method: 'voice' });
      const twiml = '<Response><Say>A &#38;</Say><Pause length="1"/><Say>B</Say></Response>';
      assert.equal(received.pop()!.fields.Twiml, twiml);
      await server.make('DELETE', `${providers}/${provider.id}`);
      const alone = await server.api('POST', `${templates}/${id}/try`, { to: '+15550123' });
      assert.equal(alone.status, 400);
      assert.equal(alone.body.errorCode, 'operation_not_supported');
      await server.make('DELETE', `${templates}/${id}`);
    });

    test('bad templates are refused', async () => {
      const bodies: [object, RegExp][] = [
        [{}, /Missing required property: type/],
        [{ type: 'hello' }, /No enum match for: hello/],
        [{ type: 'otp_enroll', content: { body: { text: '{% if %}' } } }, /on property content\.body\.text/],
        [{ type: 'otp_enroll', content: { body: { fax: 'x' } } }, /not allowed: fax/],
        [{ type: 'otp_enroll', content: { from: 'x'.repeat(17) } }, /too long/],
        [{ type: 'otp_enroll', more: 1 }, /not allowed: more/],
      ];
      for (const [body, message] of bodies) {
        const answer = await server.api('POST', templates, body);
        assert.equal(answer.status, 400, JSON.stringify(body));
        assert.equal(answer.body.errorCode, 'invalid_body');
        assert.match(answer.body.message, message);
      }
      const reader = await server.tokenWith('read:phone_templates');
      assert.equal((await server.api('POST', templates, { type: 'otp_enroll' }, reader)).status, 403);
    });
  },
  { twilioUrl, allowPrivateEgress: true },
);
