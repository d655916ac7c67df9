/** Codes of authenticator apps against the vectors of their specifications. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base32, isTotp, totp, totpUri } from './totp.ts';

const secret = Buffer.from('12345678901234567890');

test('codes are those of RFC 6238, appendix B', () => {
  const vectors = {
    59: '287082',
    1111111109: '081804',
    1111111111: '050471',
    1234567890: '005924',
    2000000000: '279037',
  };
  for (const [seconds, code] of Object.entries(vectors)) assert.equal(totp(secret, Number(seconds) * 1000), code);
});

test('a code is taken one step early and late, and no other', () => {
  const now = 1_700_000_000_000;
  for (const [offset, expected] of [
    [0, true],
    [-30_000, true],
    [30_000, true],
    [-60_000, false],
    [60_000, false],
  ] as const) {
    assert.equal(isTotp(secret, totp(secret, now + offset), now), expected, String(offset));
  }
  for (const code of ['', '12345', 'abcdef', '1234567', '１２３４５６'])
    assert.equal(isTotp(secret, code, now), false, code);
  assert.equal(isTotp(secret, totp(secret, now).replace(/^.../, '$& '), now), true);
});

test('base32 is that of RFC 4648, section 10, without padding', () => {
  const vectors = {
    '': '',
    f: 'MY',
    fo: 'MZXQ',
    foo: 'MZXW6',
    foob: 'MZXW6YQ',
    fooba: 'MZXW6YTB',
    foobar: 'MZXW6YTBOI',
  };
  for (const [text, encoded] of Object.entries(vectors)) assert.equal(base32(Buffer.from(text)), encoded);
});

test('names are escaped in the link for apps', () => {
  const uri = totpUri('A & B', 'ada@example.com', secret);
  assert.equal(
    uri,
    'otpauth://totp/A%20%26%20B:ada%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=A%20%26%20B',
  );
});
