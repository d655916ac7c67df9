/**
 * Takes a file of JSON objects apart while it arrives: an array of them, or one after the other (a line each, or not).
 * It looks for where objects begin and end and leaves it to others to read them.
 */

/** The file as a whole cannot be read. */
export class RowsError extends Error {}

/** The longest object, in bytes: a user with much metadata. */
const ROW_LIMIT = 1024 * 1024;

const [QUOTE, BACKSLASH, OPEN, CLOSE, LIST, END, COMMA] = [...Buffer.from('"\\{}[],')] as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];
/** Space, tab, line feed, carriage return; and the bytes of a byte order mark, which some editors write. */
const BLANK = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);

/**
 * The text of every object, on one line.
 * @throws RowsError
 */
export async function* jsonRows(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let [depth, inString, escaped, inList, listEnded, any] = [0, false, false, false, false, false];
  let before: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (depth > 0) {
        if (inString) {
          if (escaped) escaped = false;
          else if (byte === BACKSLASH) escaped = true;
          else if (byte === QUOTE) inString = false;
        } else if (byte === QUOTE) inString = true;
        else if (byte === OPEN || byte === LIST) depth++;
        else if (byte === CLOSE || byte === END) {
          depth--;
          if (depth > 0) continue;
          yield oneLine([...before, chunk.subarray(start, at + 1)]);
          [before, size, any] = [[], 0, true];
        }
      } else if (byte === OPEN && !listEnded) {
        depth = 1;
        start = at;
      } else if (byte === LIST && !inList && !any) inList = true;
      else if (byte === END && inList && !listEnded) listEnded = true;
      else if (!BLANK.has(byte) && !(byte === COMMA && inList && any && !listEnded)) throw new RowsError(UNREADABLE);
    }
    if (depth === 0) continue;
    const rest = chunk.subarray(start);
    size += rest.length;
    if (size > ROW_LIMIT) throw new RowsError('An object of the file is too large.');
    before.push(Buffer.from(rest));
  }
  if (depth > 0 || inList !== listEnded) throw new RowsError(UNREADABLE);
}

/** As the vendor words it. */
const UNREADABLE = 'Failed to parse users file JSON when importing users. Make sure it is valid JSON.';

/** Outside of strings a line break is a space, and inside of them JSON has none. */
function oneLine(parts: readonly Buffer[]): string {
  const text = (parts.length === 1 ? parts[0]! : Buffer.concat(parts)).toString('utf8');
  return /[\r\n]/.test(text) ? text.replace(/[\r\n]/g, ' ') : text;
}
