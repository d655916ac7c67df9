import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MultipartError, multipartParts, textOf } from './multipart.ts';

const TYPE = 'multipart/form-data; boundary=XX';
const BODY = [
  'preamble',
  '--XX',
  'Content-Disposition: form-data; name="a"',
  '',
  'one\r\n--X not a delimiter',
  '--XX',
  'Content-Disposition: form-data; name="file"; filename="f.json"',
  'Content-Type: application/json',
  '',
  '',
  '--XX--',
  'epilogue',
].join('\r\n');

async function* inPieces(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function parse(text: string, size: number, type = TYPE) {
  const parts: [string, string | undefined, string][] = [];
  for await (const part of multipartParts(inPieces(text, size), type)) {
    parts.push([part.name, part.filename, await textOf(part)]);
  }
  return parts;
}

test('the parts are the same however the body is cut', async () => {
  for (let size = 1; size < BODY.length + 10; size++) {
    assert.deepEqual(await parse(BODY, size), [
      ['a', undefined, 'one\r\n--X not a delimiter'],
      ['file', 'f.json', ''],
    ]);
  }
});

test('a part that nobody reads is passed over', async () => {
  const names: string[] = [];
  for await (const part of multipartParts(inPieces(BODY, 7), TYPE)) names.push(part.name);
  assert.deepEqual(names, ['a', 'file']);
});

test('what is no such body is refused', async () => {
  await assert.rejects(parse(BODY, 5, 'multipart/form-data'), MultipartError);
  await assert.rejects(parse(BODY.slice(0, -20), 5), /ends before/);
  await assert.rejects(parse('--XX\r\nContent-Type: a\r\n\r\nx\r\n--XX--', 5), /no name/);
  await assert.rejects(parse('--XXyy', 5), /line break/);
  await assert.rejects(parse(`--XX\r\n${'a'.repeat(20_000)}`, 500), /header of a part/);
});

test('a field is a short text', async () => {
  const body = `--XX\r\nContent-Disposition: form-data; name=a\r\n\r\n${'x'.repeat(100)}\r\n--XX--`;
  for await (const part of multipartParts(inPieces(body, 9), TYPE)) {
    await assert.rejects(textOf(part, 50), /too long/);
    break;
  }
});
