import assert from 'node:assert/strict';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { makeSigningCertificate } from './selfsigned.ts';

const NOW = Date.UTC(2026, 1, 28, 12);
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });

test('a signing key gets a certificate of thirteen years that its own key signs', async () => {
  const pem = await makeSigningCertificate({ ...keys, commonName: 'tenant.example.com', now: NOW });
  const certificate = new X509Certificate(pem);
  assert.equal(certificate.subject, 'CN=tenant.example.com');
  assert.equal(certificate.issuer, 'CN=tenant.example.com');
  assert.equal(certificate.validFromDate.toISOString(), '2026-02-28T12:00:00.000Z');
  assert.equal(certificate.validToDate.toISOString(), '2039-02-28T12:00:00.000Z');
  assert.ok(certificate.checkPrivateKey(keys.privateKey));
  assert.ok(certificate.verify(keys.publicKey));
  assert.equal(certificate.signatureAlgorithm, 'sha256WithRSAEncryption');
});

test('serial numbers are random', async () => {
  const make = async () => new X509Certificate(await makeSigningCertificate({ ...keys, commonName: 'a', now: NOW }));
  const [first, second] = [await make(), await make()];
  assert.match(first.serialNumber, /^[0-9A-F]{32}$/);
  assert.notEqual(first.serialNumber, second.serialNumber);
});

test('a name with characters that have a meaning in distinguished names stays one name', async () => {
  const commonName = 'a, O=Evil + OU=b';
  const certificate = new X509Certificate(await makeSigningCertificate({ ...keys, commonName, now: NOW }));
  assert.equal(certificate.toLegacyObject().subject.CN, commonName);
  assert.equal(certificate.toLegacyObject().subject.O, undefined);
});

test('loading the library leaves no trace on Reflect', async () => {
  await Promise.all([1, 2].map(() => makeSigningCertificate({ ...keys, commonName: 'a', now: NOW })));
  assert.equal('getMetadata' in Reflect, false);
});
