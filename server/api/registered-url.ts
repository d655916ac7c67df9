/** The URLs that applications register: where browsers may be sent after a login or a logout, and origins. */

/** Schemes that would run as a script of ours, or show what the sender wrote. */
const UNSAFE = ['javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'about:'];

/** Whether a URL, with the vendor's placeholders, is no script and carries no fragment (RFC 6749 §3.1.2). */
export function isRegistrable(text: string): boolean {
  if (/[\s<>"#\\]/.test(text)) return false;
  const plain = text.replace(/\{\w+\}/g, 'x').replaceAll('*', 'x');
  return URL.canParse(plain) && !UNSAFE.includes(new URL(plain).protocol);
}
