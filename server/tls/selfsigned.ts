/**
 * Self-signed certificates for signing keys: the form in which SAML, WS-Federation and `x5c` of a key set publish a
 * public key. Nobody validates a chain here; the certificate only carries the key.
 */
import { commonName, type KeyPair, loadX509, RS256, serialNumber, webKeys } from './x509.ts';

const YEARS = 13;

/**
 * Wraps an RSA public key in a certificate that its private key signs, valid for 13 years.
 * @param options.commonName the tenant's domain
 * @param options.now milliseconds since 1970
 * @returns PEM
 */
export async function makeSigningCertificate(
  options: KeyPair & { readonly commonName: string; readonly now: number },
): Promise<string> {
  const { X509CertificateGenerator } = await loadX509();
  const notAfter = new Date(options.now);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + YEARS);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: commonName(options.commonName),
    notBefore: new Date(options.now),
    notAfter,
    // The library is typed for browsers, whose list of key usages is shorter than that of Node.js.
    keys: webKeys(options, RS256) as NonNullable<
      Parameters<typeof X509CertificateGenerator.createSelfSigned>[0]['keys']
    >,
    signingAlgorithm: RS256,
  });
  return `${certificate.toString('pem')}\n`;
}
