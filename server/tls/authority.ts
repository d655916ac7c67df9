/**
 * HTTPS for localhost without a step by hand: a certificate authority of this installation and a certificate it signs.
 *
 * In `{dataDir}/tls`:
 * - `authority.pem` key and certificate of the authority, mode 0600
 * - `ca.pem`        the authority's certificate alone: what a client is told to trust
 * - `localhost.pem` key and certificate of the server, mode 0600
 *
 * A key and its certificate share a file, so no crash and no second process can separate them. This file listens on
 * nothing and knows no configuration; certificates an operator brings do not pass here.
 */
import { createPrivateKey, generateKeyPair, type KeyObject, randomUUID, X509Certificate } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { commonName, ES256, type KeyPair, loadX509, serialNumber, webKeys } from './x509.ts';

const DAY = 24 * 3600 * 1000;
const AUTHORITY_DAYS = 3652;
// Apple's clients refuse server certificates that are valid for more than 398 days.
const SERVER_DAYS = 397;
const RENEW_DAYS = 30;
// A client whose clock is a little behind must not find the certificate to be of the future.
const BACKDATED = 3600 * 1000;

const AUTHORITY_NAME = 'Latchkey local CA';
const DNS_NAMES = ['localhost'];
const ADDRESSES = ['127.0.0.1', '::1'];

/** A private key and its certificate, as they stand in one file. */
type Identity = { readonly key: string; readonly cert: string; readonly x509: X509Certificate };

/**
 * The certificate for localhost, 127.0.0.1 and ::1; made at the first start, renewed when less than 30 days are left or
 * when a file is missing or damaged. The authority lasts ten years.
 * @param dataDir the data folder; made if it does not exist
 * @param now milliseconds since 1970
 * @returns key and certificate as PEM, and the path of the certificate to trust
 */
export async function ensureLocalCertificate(
  dataDir: string,
  now: number,
): Promise<{ key: string; cert: string; caPath: string }> {
  const folder = join(dataDir, 'tls');
  const file = (name: string) => join(folder, name);
  mkdirSync(folder, { recursive: true });
  // One repair each turn, and everything is read again after it: another process may be repairing too, and what counts
  // is what the files hold in the end.
  for (let turn = 0; turn < 10; turn++) {
    const put = existsSync(file('authority.pem')) ? replace : create;
    const authority = readIdentity(file('authority.pem'));
    if (authority === undefined || !isAuthority(authority.x509, now)) {
      put(file('authority.pem'), await makeAuthority(now), 0o600);
      continue;
    }
    const server = readIdentity(file('localhost.pem'));
    if (server === undefined || !isServer(server.x509, authority.x509, now)) {
      replace(file('localhost.pem'), await makeServer(authority, now), 0o600);
      continue;
    }
    if (textOf(file('ca.pem')) === authority.cert) {
      return { key: server.key, cert: server.cert, caPath: file('ca.pem') };
    }
    replace(file('ca.pem'), authority.cert, 0o644);
  }
  throw new Error(`The certificates in ${folder} keep changing: is another process writing there?`);
}

function isAuthority(certificate: X509Certificate, now: number): boolean {
  // It must outlast whatever it signs today.
  return certificate.ca && isValid(certificate, now, SERVER_DAYS * DAY);
}

function isServer(certificate: X509Certificate, authority: X509Certificate, now: number): boolean {
  return (
    certificate.verify(authority.publicKey) &&
    isValid(certificate, now, RENEW_DAYS * DAY) &&
    DNS_NAMES.every((name) => certificate.checkHost(name) !== undefined) &&
    ADDRESSES.every((address) => certificate.checkIP(address) !== undefined)
  );
}

function isValid(certificate: X509Certificate, now: number, leastLeft: number): boolean {
  return certificate.validFromDate.getTime() <= now && certificate.validToDate.getTime() - now >= leastLeft;
}

async function makeAuthority(now: number): Promise<string> {
  const x509 = await loadX509();
  const pair = await makeKeys();
  const keys = webKeys(pair, ES256);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: commonName(AUTHORITY_NAME),
    notBefore: new Date(now - BACKDATED),
    notAfter: new Date(now + AUTHORITY_DAYS * DAY),
    keys,
    signingAlgorithm: ES256,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return pem(pair.privateKey, certificate.toString('pem'));
}

async function makeServer(authority: Identity, now: number): Promise<string> {
  const x509 = await loadX509();
  const pair = await makeKeys();
  const keys = webKeys(pair, ES256);
  const issuer = new x509.X509Certificate(authority.cert);
  const issuerKey = createPrivateKey(authority.key);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: commonName('localhost'),
    issuer: issuer.subjectName,
    notBefore: new Date(now - BACKDATED),
    notAfter: new Date(now - BACKDATED + SERVER_DAYS * DAY),
    publicKey: keys.publicKey,
    signingKey: issuerKey.toCryptoKey(ES256, true, ['sign']),
    signingAlgorithm: ES256,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        ...DNS_NAMES.map((value) => ({ type: 'dns' as const, value })),
        ...ADDRESSES.map((value) => ({ type: 'ip' as const, value })),
      ]),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return pem(pair.privateKey, certificate.toString('pem'));
}

async function makeKeys(): Promise<KeyPair> {
  return promisify(generateKeyPair)('ec', { namedCurve: 'P-256' });
}

function pem(privateKey: KeyObject, certificate: string): string {
  return `${privateKey.export({ type: 'pkcs8', format: 'pem' })}${certificate}\n`;
}

/** Undefined when there is no such file, or it does not hold a key and the certificate of that key. */
function readIdentity(file: string): Identity | undefined {
  const text = textOf(file);
  const key = text.match(/-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----\n/)?.[0];
  const cert = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/)?.[0];
  if (key === undefined || cert === undefined) return undefined;
  try {
    const x509 = new X509Certificate(cert);
    return x509.checkPrivateKey(createPrivateKey(key)) ? { key, cert, x509 } : undefined;
  } catch {
    // Not the encoding of a key or certificate: as good as missing.
    return undefined;
  }
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** Puts a whole file in place at once, over what is there. */
function replace(file: string, text: string, mode: number): void {
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, text, { mode, flag: 'wx' });
  renameSync(draft, file);
}

/** Puts a whole file in place at once, unless another process was first: then that one stays. */
function create(file: string, text: string, mode: number): void {
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, text, { mode, flag: 'wx' });
  try {
    linkSync(draft, file);
    rmSync(draft);
  } catch {
    // Taken, or a file system without links.
    if (existsSync(file)) rmSync(draft);
    else renameSync(draft, file);
  }
}
