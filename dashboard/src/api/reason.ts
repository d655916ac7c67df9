/**
 * Why the API refused a value, in words for whoever typed it. The API answers in the vendor's words, which hold regular
 * expressions and the names of formats; the server's own schemas have these in words. What is not known there is told as
 * it came.
 */
import { FORMAT_WORDS, PATTERN_WORDS } from '../../../server/schema/patterns.ts';

type Telling = readonly [message: RegExp, words: (...parts: string[]) => string | undefined];

/** Parts of the messages, by what they say. */
const TELLINGS: readonly Telling[] = [
  [/^String does not match pattern (.*?): /, (pattern = '') => PATTERN_WORDS.get(pattern)],
  [/^Object didn't pass validation for format ([\w-]+)/, (format = '') => FORMAT_WORDS.get(format)],
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
