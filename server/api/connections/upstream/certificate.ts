/** Certificates of SAML providers: what a connection shows of the one it trusts. */
import { X509Certificate } from 'node:crypto';
import { invalidBody } from '../../invalid.ts';
import type { Options } from '../strategies/strategy.ts';

/** Names of the parts of a subject, as the vendor shows them. RFC 4519 §2. */
const PARTS: Readonly<Record<string, string>> = {
  C: 'countryName',
  ST: 'stateOrProvinceName',
  L: 'localityName',
  O: 'organizationName',
  OU: 'organizationalUnitName',
  CN: 'commonName',
  emailAddress: 'emailAddress',
};

/**
 * Reads a certificate: PEM, PEM in base64, or bare base64 of DER, as administrators paste it.
 * @throws ApiError 400 when it is none
 */
export function readCertificate(text: string): X509Certificate {
  const found = [text, Buffer.from(text, 'base64').toString('latin1')].find((form) => form.includes('-----BEGIN'));
  try {
    return new X509Certificate(found ?? Buffer.from(text, 'base64'));
  } catch {
    // Whatever the parser says, it is not a certificate.
    throw invalidBody('Not a certificate', 'options.signingCert');
  }
}

/** What follows from the signing certificate among the options. @throws ApiError 400 when it cannot be read */
export function certificateFacts({ signingCert }: Options): Options {
  if (typeof signingCert !== 'string' || signingCert === '') return {};
  const certificate = readCertificate(signingCert);
  return {
    expires: new Date(certificate.validTo).toISOString(),
    subject: subjectOf(certificate),
    thumbprints: [thumbprintOf(certificate)],
    cert: certificate.toString(),
  };
}

/** SHA-1 in lower-case hexadecimal: a name, not a protection. */
export function thumbprintOf(certificate: X509Certificate): string {
  return certificate.fingerprint.replaceAll(':', '').toLowerCase();
}

function subjectOf(certificate: X509Certificate): Options {
  // One part a line; of parts that occur twice the last one is shown.
  const lines = (certificate.subject ?? '').split('\n');
  const parts = lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const);
  return Object.fromEntries(parts.flatMap(([name, value]) => (PARTS[name] ? [[PARTS[name], value]] : [])));
}
