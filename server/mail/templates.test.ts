import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type MailVariables, mailTemplates, renderMail } from './templates.ts';

const variables: MailVariables = {
  application: { name: 'Orders' },
  user: { email: 'jo@example.com' },
  url: 'https://login.example.com/u/verify?ticket=abc&lang=en',
  tenant: 'acme',
  friendly_name: 'Acme',
  organization: { name: 'acme', display_name: 'Acme' },
  inviter: { name: 'Jo' },
  ttl: 432_000,
};

test('every default mail carries its link as a button, as a plain link and as text', async () => {
  for (const template of Object.values(mailTemplates)) {
    const { subject, html, text } = await renderMail(template, variables);
    assert.match(subject, /Orders|Acme/);
    assert.equal(html.match(/href="https:\/\/login\.example\.com\/u\/verify\?ticket=abc&amp;lang=en"/g)?.length, 2);
    assert.ok(text.includes(`\n${variables.url}\n`));
    assert.ok(!/[{}]/.test(subject + text) && !/{[{%]|%}/.test(html));
    assert.ok(!html.includes('<table') && html.startsWith('<!doctype html>'));
  }
});

test('the life of the link is told in words', async () => {
  const note = async (ttl: number) => (await renderMail(mailTemplates.reset_email, { ...variables, ttl })).text;
  assert.match(await note(432_000), /for 5 days\./);
  assert.match(await note(86_400), /for 1 day\./);
  assert.match(await note(7200), /for 2 hours\./);
  assert.match(await note(90), /for 1 minute\./);
  assert.match(await note(5), /for less than a minute\./);
});

test('help is offered where the tenant names it', async () => {
  const help = { support_url: 'https://help.example.com', support_email: 'help@example.com' };
  const { html, text } = await renderMail(mailTemplates.verify_email, { ...variables, ...help });
  assert.match(html, /href="https:\/\/help\.example\.com"/);
  assert.match(html, /href="mailto:help@example\.com"/);
  assert.match(text, /https:\/\/help\.example\.com\nhelp@example\.com\n/);
  assert.doesNotMatch((await renderMail(mailTemplates.verify_email, variables)).html, /mailto:/);
});

test('values are escaped in HTML and taken literally in text', async () => {
  const application = { name: `<img src=x onerror="alert('1')"> & {{ url }}` };
  const { html, text } = await renderMail(mailTemplates.verify_email, { ...variables, application });
  assert.doesNotMatch(html, /<img/);
  assert.match(html, /&lt;img src=x onerror=&#34;alert\(&#39;1&#39;\)&#34;&gt; &amp; \{\{ url \}\}/);
  assert.ok(text.includes(application.name));
});

test('a subject stays one line of bounded length', async () => {
  const name = `Orders\r\nBcc: other@example.com\u2028\u0000\u0085${'x'.repeat(500)}`;
  const { subject } = await renderMail(mailTemplates.verify_email, { ...variables, application: { name } });
  assert.match(subject, /^Confirm your e-mail address for Orders Bcc: other@example\.com x+$/);
  assert.equal(subject.length, 200);
});

test('a tenant’s own template is rendered with the same variables', async () => {
  const own = {
    subject: 'Hi {{ user.nickname | default: user.email }}',
    html: '{% if application.name == "Orders" %}<b>{{ tenant | upcase }}</b>{% endif %}{{ nothing.at.all }}',
    text: '{{ url }}',
  };
  assert.deepEqual(await renderMail(own, variables), {
    subject: 'Hi jo@example.com',
    html: '<b>ACME</b>',
    text: variables.url,
  });
});

test('a template reads no file and does not work for ever', async () => {
  const render = (text: string) => renderMail({ subject: '', html: '', text }, variables);
  await assert.rejects(render('{% include "/etc/hosts" %}'), /ENOENT|Failed to lookup/);
  await assert.rejects(render('{% render "package.json" %}'), /ENOENT|Failed to lookup/);
  await assert.rejects(render('{% for i in (1..100000000) %}{{ i }}{% endfor %}'), /limit exceeded/);
  await assert.rejects(render('{% if %'), /not closed/);
});
