/**
 * Why the API refused a value, in words for whoever typed it. The API answers in the vendor's words, which hold regular
 * expressions and the names of formats; what is not known here is told as it came.
 */

/** What a text of a format has to be. */
const FORMATS: Readonly<Record<string, string>> = {
  'date-time': 'A date and time such as 2026-01-31T12:00:00Z',
  'html-color': 'A colour such as #0f4a40',
  'https-url': 'An address that begins with https://',
  'ip-or-cidr': 'An IP address, or a range of them such as 10.0.0.0/8',
  'strict-https-uri': 'An address that begins with https://',
  cidr: 'An IPv4 address, or a range of them such as 10.0.0.0/8',
  der: 'A certificate in the DER format',
  email: 'An email address',
  ip: 'An IP address',
  ipv6_cidr: 'An IPv6 address, or a range of them such as 2001:db8::/32',
  json: 'Valid JSON',
  jwk: 'A key in the JWK format',
  pem: 'A key or certificate in the PEM format',
  uri: 'An address with its scheme, such as https://example.com',
  url: 'An address that begins with https:// or http://',
};

/** What a pattern asks for, by something in it that tells it from others; the first that fits. */
const SHAPES: readonly (readonly [part: string, words: string])[] = [
  ['https?://|urn:', 'An address that begins with https:// or http://, or a URN'],
  ['https?://', 'An address that begins with https:// or http://'],
  ['https://', 'An address that begins with https://'],
  ['^#', 'A colour such as #0f4a40'],
  ['^\\+', 'A phone number with + and the code of its country, such as +14155550100'],
  ['[^\\s@<>"]+@', 'An email address'],
  ['{8}(-[0-9a-fA-F]{4}){3}-', 'A UUID such as 00000000-0000-0000-0000-000000000000'],
  ['{8}-[0-9a-fA-F]{4}-', 'A UUID such as 00000000-0000-0000-0000-000000000000'],
  ['^[a-z]{2,3}(-', 'Codes of languages such as en or pt-BR'],
  ['{org_id', 'Letters, digits, single hyphens, {org_id} and {org_name} only'],
  ['(-[a-zA-Z0-9]|[a-zA-Z0-9])*', 'Letters and digits only, with single hyphens between them'],
  ['([ \\-a-zA-Z0-9]*[a-zA-Z0-9])?', 'Letters, digits, spaces and hyphens only; a letter or digit first and last'],
  ['(?!org_', 'Lower-case letters, digits, - and _ only; a letter or digit first, and not like an ID'],
  ['[a-z0-9-]){2,62}', 'Lower-case letters, digits and hyphens only, 3 to 63 characters; a letter or digit first'],
  ['{0,61}[A-Za-z0-9]', 'A domain such as login.example.com'],
  ['[A-Za-z0-9.-]*[A-Za-z0-9])?', 'A domain such as login.example.com'],
  ['^[A-Za-z][\\w-]', 'Letters, digits, _ and - only; a letter first'],
  ['([A-Za-z0-9+/]){86}==', 'A key in Base64, 88 characters with == at the end'],
  ['^[^<>]', 'Neither < nor >'],
  ['^[^:]', 'No colon'],
  ['^[^\\s|]', 'The ID of a user, such as auth0|507f1f77bcf86cd799439011'],
  ['^[^\\s', 'No spaces'],
];

/** What is in a class of characters, in the order it is told. */
const CHARACTERS: readonly (readonly [part: RegExp, words: string])[] = [
  [/\\w/, 'letters, digits, _'],
  [/0-9a-fA-F|A-Fa-f0-9/, 'hexadecimal digits'],
  [/A-Za-z|a-zA-Z/, 'letters'],
  [/a-z/, 'lower-case letters'],
  [/A-Z/, 'capital letters'],
  [/0-9|\\d/, 'digits'],
];

/** A pattern that is one class of characters from the first to the last. */
const ONE_CLASS = /^\^\(?(?:\[((?:[^\]\\^]|\\.)(?:[^\]\\]|\\.)*)\]|(\\[dw]))\)?(?:[*+]|\{(\d+)(?:,(\d+))?\})\$$/;

/** What a text of a pattern has to look like; undefined where the pattern cannot be put into words. */
export function shapeOf(pattern: string): string | undefined {
  const known = SHAPES.find(([part]) => pattern.includes(part))?.[1];
  if (known) return known;
  const [, listed, short, least, most = least] = ONE_CLASS.exec(pattern) ?? [];
  if (listed === undefined && short === undefined) return undefined;
  let rest = listed ?? short!;
  const words = CHARACTERS.flatMap(([part, name]) => {
    const without = rest.replace(part, '');
    const has = without !== rest;
    rest = without;
    return has ? name.split(', ') : [];
  });
  words.push(...rest.replace(/\\(.)/g, '$1'));
  const last = words.pop();
  const all = words.length > 0 ? `${words.join(', ')} and ${last}` : last!;
  const length = most && (least === most ? `, ${most} of them` : `, ${least} to ${most} of them`);
  return `${all.charAt(0).toUpperCase()}${all.slice(1)} only${length ?? ''}`;
}

type Telling = readonly [message: RegExp, words: (...parts: string[]) => string | undefined];

/** Parts of the messages, by what they say. */
const TELLINGS: readonly Telling[] = [
  [/^String does not match pattern (.*?): /, (pattern) => shapeOf(pattern)],
  [/^Object didn't pass validation for format ([\w-]+)/, (format) => FORMATS[format]],
  [
    /^String is too short .*minimum (\d+)$/,
    (least) => `At least ${least} ${least === '1' ? 'character' : 'characters'}`,
  ],
  [
    /^String is too long \((\d+) chars\), maximum (\d+)$/,
    (found, most) => `At most ${most} characters; it has ${found}`,
  ],
  [/^Array items are not unique/, () => 'One of them is there twice'],
  [/^Array is too short .*minimum (\d+)$/, (least) => `At least ${least}`],
  [/^Array is too long \((\d+)\), maximum (\d+)$/, (found, most) => `At most ${most}; there are ${found}`],
  [/^Value .* less than minimum (\S+)$/, (least) => `${least} or more`],
  [/^Value .* greater than maximum (\S+)$/, (most) => `${most} or less`],
];

/**
 * The reason in a message of the API: a sentence, with the value before it where that is one of a list. Undefined where the
 * message itself says it best.
 */
export function reasonIn(message: string): string | undefined {
  const [, reason = '', path = ''] = /^Payload validation error: '(.*)' on property (\S+)/s.exec(message) ?? [];
  for (const [pattern, words] of TELLINGS) {
    const parts = pattern.exec(reason);
    const sentence = parts && words(...parts.slice(1));
    if (!sentence) continue;
    const value = /\.\d+\.?$/.test(path) ? /^.*?(?:pattern|format) .*?: (.*)$/s.exec(reason)?.[1] : undefined;
    return value ? `“${value}”: ${sentence}.` : `${sentence}.`;
  }
  return undefined;
}
