import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainTextOf } from './plain-text.ts';

test('paragraphs stay apart, spaces run together, what is not read is left out', () => {
  const html = `<html><head><title>T</title><style>p{}</style></head><body><!-- no --><h1>Hi
   there</h1><p>One<br>Two</p><script>x()</script></body></html>`;
  assert.equal(plainTextOf(html), 'Hi there\n\nOne\nTwo');
});

test('links keep their address', () => {
  assert.equal(
    plainTextOf(`<p><a class="b" href="https://a.example/?x=1&amp;y=2">Confirm</a></p>`),
    'Confirm: https://a.example/?x=1&y=2',
  );
  assert.equal(plainTextOf(`<a href='https://a.example/'>https://a.example/</a>`), 'https://a.example/');
});

test('entities are read, unknown ones stay', () => {
  assert.equal(plainTextOf('a &amp; b&nbsp;&lt;c&gt; &#252; &#xFC; &what;'), 'a & b <c> ü ü &what;');
});
