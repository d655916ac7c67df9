import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseInline, parseMarkdown } from './markdown.ts';

test('headings, paragraphs, lists and fences are told apart', () => {
  const text =
    '# One\n\nA line\nand its end.\n\n- first\n  goes on\n- second\n\n1. a\n2. b\n\n```js app.js\nlet a;\n\n# no\n```\n';
  assert.deepEqual(parseMarkdown(text), [
    { kind: 'heading', level: 1, text: 'One' },
    { kind: 'paragraph', content: [{ kind: 'text', text: 'A line and its end.' }] },
    {
      kind: 'list',
      ordered: false,
      items: [[{ kind: 'text', text: 'first goes on' }], [{ kind: 'text', text: 'second' }]],
    },
    { kind: 'list', ordered: true, items: [[{ kind: 'text', text: 'a' }], [{ kind: 'text', text: 'b' }]] },
    { kind: 'code', language: 'js', caption: 'app.js', text: 'let a;\n\n# no' },
  ]);
});

test('a fence that is never closed ends with the text', () => {
  assert.deepEqual(parseMarkdown('```\nx'), [{ kind: 'code', language: '', caption: '', text: 'x' }]);
});

test('code, strong text and links stand inside of text', () => {
  assert.deepEqual(parseInline('Use `a*b` **now**, see [the page](https://a.example/b).'), [
    { kind: 'text', text: 'Use ' },
    { kind: 'code', text: 'a*b' },
    { kind: 'text', text: ' ' },
    { kind: 'strong', text: 'now' },
    { kind: 'text', text: ', see ' },
    { kind: 'link', text: 'the page', href: 'https://a.example/b' },
    { kind: 'text', text: '.' },
  ]);
});

test('a link that would run or leave unseen stays text', () => {
  for (const href of ['javascript:alert', 'data:text/html,x', '//evil.example', 'JavaScript:x']) {
    assert.deepEqual(
      parseInline(`[x](${href})`).map(({ kind }) => kind),
      ['text'],
      href,
    );
  }
});
