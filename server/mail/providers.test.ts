import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { test } from 'node:test';
import { graphMail, graphToken, type Provider, providerRequest, smtpHeaders, smtpServer } from './providers.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const mail = {
  id: 'mail_1',
  from: 'Acme <login@acme.example>',
  to: 'jo@example.com',
  subject: 'Hi',
  html: '<p>Hi</p>',
  text: 'Hi',
};
const ask = (name: string, credentials: Provider['credentials'], settings: Provider['settings'] = {}) => {
  const { url, request } = providerRequest({ name, credentials, settings }, mail, NOW)!;
  return { url, headers: request.headers!, body: request.body!, json: () => JSON.parse(request.body!) };
};

test('mailgun takes a form, in the region of the account', () => {
  const us = ask('mailgun', { api_key: 'k', domain: 'mg.example.com', region: null });
  assert.equal(us.url, 'https://api.mailgun.net/v3/mg.example.com/messages');
  assert.equal(us.headers.authorization, `Basic ${Buffer.from('api:k').toString('base64')}`);
  assert.equal(new URLSearchParams(us.body).get('from'), mail.from);
  assert.match(ask('mailgun', { api_key: 'k', domain: 'd', region: 'eu' }).url, /^https:\/\/api\.eu\.mailgun\.net/);
});

test('mandrill, sendgrid, resend and sparkpost take JSON with the key where each wants it', () => {
  const mandrill = ask('mandrill', { api_key: 'k' }, { message: { view_content_link: true } }).json();
  assert.deepEqual(
    [mandrill.key, mandrill.message.from_email, mandrill.message.from_name, mandrill.message.view_content_link],
    ['k', 'login@acme.example', 'Acme', true],
  );
  const sendgrid = ask('sendgrid', { api_key: 'k' });
  assert.equal(sendgrid.headers.authorization, 'Bearer k');
  assert.deepEqual(sendgrid.json().from, { email: 'login@acme.example', name: 'Acme' });
  const resend = ask('resend', { api_key: 'k' });
  assert.deepEqual([resend.headers['idempotency-key'], resend.json().to], ['mail_1', ['jo@example.com']]);
  const sparkpost = ask('sparkpost', { api_key: 'k', region: 'eu' });
  assert.deepEqual(
    [sparkpost.url, sparkpost.headers.authorization],
    ['https://api.eu.sparkpost.com/api/v1/transmissions', 'k'],
  );
});

test('ses is signed as AWS says', () => {
  const credentials = { accessKeyId: 'AKID', secretAccessKey: 'SECRET', region: 'eu-west-1' };
  const { url, headers, body, json } = ask('ses', credentials, { message: { configuration_set_name: 'set' } });
  assert.equal(url, 'https://email.eu-west-1.amazonaws.com/v2/email/outbound-emails');
  assert.equal(json().ConfigurationSetName, 'set');
  const sign = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const key = sign(sign(sign(sign('AWS4SECRET', '20260102'), 'eu-west-1'), 'ses'), 'aws4_request');
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const canonical = [
    'POST',
    '/v2/email/outbound-emails',
    '',
    'content-type:application/json',
    'host:email.eu-west-1.amazonaws.com',
    'x-amz-date:20260102T030405Z',
    '',
    'content-type;host;x-amz-date',
    hash(body),
  ].join('\n');
  const scope = '20260102/eu-west-1/ses/aws4_request';
  const signature = sign(key, `AWS4-HMAC-SHA256\n20260102T030405Z\n${scope}\n${hash(canonical)}`).toString('hex');
  assert.equal(
    headers.authorization,
    `AWS4-HMAC-SHA256 Credential=AKID/${scope}, SignedHeaders=content-type;host;x-amz-date, Signature=${signature}`,
  );
});

test('azure is signed over date, host and body', () => {
  const accesskey = Buffer.from('key').toString('base64');
  const connectionString = `endpoint=https://acme.communication.azure.com/;accesskey=${accesskey}`;
  const { url, headers, body } = ask('azure_cs', { connectionString });
  assert.equal(url, 'https://acme.communication.azure.com/emails:send?api-version=2023-03-31');
  const hash = createHash('sha256').update(body).digest('base64');
  const text = `POST\n/emails:send?api-version=2023-03-31\n${headers['x-ms-date']};acme.communication.azure.com;${hash}`;
  const signature = createHmac('sha256', 'key').update(text).digest('base64');
  assert.ok(headers.authorization!.endsWith(`&Signature=${signature}`));
});

test('microsoft 365 takes a token, and then a mail', () => {
  const provider = { name: 'ms365', credentials: { tenantId: 't', clientId: 'c', clientSecret: 's' } };
  const token = graphToken(provider)!;
  assert.equal(token.url, 'https://login.microsoftonline.com/t/oauth2/v2.0/token');
  assert.equal(new URLSearchParams(token.request.body).get('client_secret'), 's');
  const { url, request } = graphMail(mail, 'token');
  assert.equal(url, 'https://graph.microsoft.com/v1.0/users/login%40acme.example/sendMail');
  assert.equal(request.headers!.authorization, 'Bearer token');
  assert.equal(graphToken({ name: 'ses', credentials: {} }), undefined);
});

test('smtp is a server with a login, encrypted at once on port 465, and a few headers', () => {
  const credentials = { smtp_host: 'mail.example.com', smtp_port: 465, smtp_user: 'u', smtp_pass: 'p' };
  const headers = { 'X-SES-Configuration-Set': 'set', Bcc: 'other@example.com' };
  const provider = { name: 'smtp', credentials, settings: { headers } };
  assert.deepEqual(smtpServer(provider), {
    host: 'mail.example.com',
    port: 465,
    secure: true,
    auth: { user: 'u', pass: 'p' },
  });
  assert.deepEqual(smtpHeaders(provider), { 'X-SES-Configuration-Set': 'set' });
  assert.equal(smtpServer({ name: 'mailgun', credentials: {} }), undefined);
});
