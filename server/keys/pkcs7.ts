/** Certificates in PKCS #7 envelopes, as other systems import them. */

/** RFC 5652 §5.1, certificates only: SignedData without content or signers, which is how PKCS #7 carries a chain. */
export function pkcs7Of(certificate: Buffer): string {
  const signedData = sequence(
    Buffer.from('020101', 'hex'), // version 1
    Buffer.from('3100', 'hex'), // no digest algorithms
    sequence(Buffer.from('06092a864886f70d010701', 'hex')), // contentType: data, without content
    tagged(0xa0, certificate),
    Buffer.from('3100', 'hex'), // no signers
  );
  const contentInfo = sequence(Buffer.from('06092a864886f70d010702', 'hex'), tagged(0xa0, signedData));
  const lines = contentInfo.toString('base64').match(/.{1,64}/g)!;
  return ['-----BEGIN PKCS7-----', ...lines, '-----END PKCS7-----', ''].join('\r\n');
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

/** One DER element (X.690 §8.1): tag, length, content. */
function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}
