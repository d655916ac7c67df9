/** What a typed address must look like: enough to catch slips; whether it is somebody's is shown by a mail to it. */
const EMAIL = /^[^\s@<>"]+@[^\s@<>".][^\s@<>"]*$/;
/** RFC 5321 §4.5.3.1: 64 for the local part, 255 for the domain. */
const EMAIL_LIMIT = 320;

/** Whether what was typed can be an address. */
export function isEmail(text: string): boolean {
  return text.length <= EMAIL_LIMIT && EMAIL.test(text);
}
