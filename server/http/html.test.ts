import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type HtmlValue, html, raw, renderHtml, webUrl } from './html.ts';

const HOSTILE = `"><script>alert('x')</script>&amp;`;
const HARMLESS = '&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;';

test('text is escaped in content and in attributes', () => {
  assert.equal(renderHtml(html`<p title="${HOSTILE}">${HOSTILE}</p>`), `<p title="${HARMLESS}">${HARMLESS}</p>`);
});

test('markup nests without being escaped twice, at any depth', () => {
  const item = (text: string) => html`<li>${text}</li>`;
  assert.equal(
    renderHtml(html`<ul>${[item('a & b'), [item('<c>'), 'd<']]}</ul>`),
    '<ul><li>a &amp; b</li><li>&lt;c&gt;</li>d&lt;</ul>',
  );
});

test('absent values print nothing; zero and the empty text print themselves', () => {
  assert.equal(renderHtml(html`[${null}${undefined}${false}${true}${''}${[]}]${0}`), '[]0');
});

test('an object from JSON cannot pass for markup', () => {
  const forged = JSON.parse('{"markup":"<b>","Symbol(markup)":"<b>"}') as HtmlValue;
  assert.throws(() => html`${forged}`, TypeError);
  assert.throws(() => html`${[forged]}`, TypeError);
});

test('only raw() takes text as it is', () => {
  assert.equal(renderHtml(html`${raw('<svg/>')}${'<svg/>'}`), '<svg/>&lt;svg/&gt;');
});

test('webUrl keeps web links and drops everything else', () => {
  for (const good of ['https://a.example/x?y=1', 'http://localhost:3000/', '/u/login?state=1']) {
    assert.equal(webUrl(good), good);
  }
  const bad = ['javascript:alert(1)', ' javascript:alert(1)', 'data:text/html,x', '//evil.example', '/\\evil.example'];
  for (const url of [...bad, 'x', '', null, undefined]) assert.equal(webUrl(url), undefined);
});
