/**
 * Bodies of the type `multipart/form-data` (RFC 7578), read as they arrive: nothing but the part at hand is in memory,
 * and of that only what was received last. Knows nothing of what the parts are for.
 */

/** The body is not what its type says. The message is for the sender. */
export class MultipartError extends Error {}

export type Part = {
  readonly name: string;
  readonly filename: string | undefined;
  /** Must be read to its end before the next part is asked for. */
  readonly body: AsyncIterable<Buffer>;
};

const CRLF = Buffer.from('\r\n');
const BLANK_LINE = Buffer.from('\r\n\r\n');
/** The longest header of a part, in bytes, and how many parts there may be. */
const HEADER_LIMIT = 16_384;
const PART_LIMIT = 100;

/**
 * The parts of a body, one after the other.
 * @throws MultipartError
 */
export async function* multipartParts(source: AsyncIterable<Buffer>, contentType: string): AsyncGenerator<Part> {
  const delimiter = Buffer.from(`\r\n--${boundaryOf(contentType)}`);
  const reader = makeReader(source);
  // RFC 2046 §5.1.1: what comes before the first delimiter is no part. Its line may be the first of the body.
  reader.put(CRLF);
  await skip(reader.until(delimiter));
  for (let count = 0; ; count++) {
    const mark = await reader.take(2);
    if (mark === '--') return;
    if (mark !== '\r\n') throw new MultipartError('A delimiter is not followed by a line break.');
    if (count >= PART_LIMIT) throw new MultipartError('There are too many parts.');
    const part = partOf(await reader.text(BLANK_LINE, HEADER_LIMIT), reader.until(delimiter));
    yield part;
    await skip(part.body);
  }
}

/** A part that is a short text. @throws MultipartError when it is longer than `limit` bytes */
export async function textOf(part: Part, limit = 65_536): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of part.body) {
    size += chunk.length;
    if (size > limit) throw new MultipartError(`The field ${part.name} is too long.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function boundaryOf(contentType: string): string {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (!boundary) throw new MultipartError('The content type names no boundary.');
  return boundary;
}

function partOf(headers: string, body: AsyncIterable<Buffer>): Part {
  const disposition = /^content-disposition:(.*)$/im.exec(headers)?.[1] ?? '';
  const parameter = (name: string) => new RegExp(`;\\s*${name}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(disposition)?.[1];
  const name = parameter('name') ?? /;\s*name=([^\s;"]+)/i.exec(disposition)?.[1];
  if (name === undefined) throw new MultipartError('A part has no name.');
  return { name, filename: parameter('filename'), body };
}

async function skip(body: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of body);
}

function makeReader(source: AsyncIterable<Buffer>) {
  const chunks = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);

  async function more(): Promise<void> {
    const { done, value } = await chunks.next();
    if (done) throw new MultipartError('The body ends before its last delimiter.');
    held = held.length === 0 ? value : Buffer.concat([held, value]);
  }

  return {
    put(bytes: Buffer): void {
      held = Buffer.concat([bytes, held]);
    },
    async take(size: number): Promise<string> {
      while (held.length < size) await more();
      const taken = held.toString('latin1', 0, size);
      held = held.subarray(size);
      return taken;
    },
    async text(end: Buffer, limit: number): Promise<string> {
      for (let at = held.indexOf(end); ; at = held.indexOf(end)) {
        if (at >= 0) {
          const text = held.toString('utf8', 0, at);
          held = held.subarray(at + end.length);
          return text;
        }
        if (held.length > limit) throw new MultipartError('The header of a part is too long.');
        await more();
      }
    },
    /** What comes before the delimiter, which is taken away. Reading it again answers nothing. */
    until(delimiter: Buffer): AsyncIterable<Buffer> {
      let ended = false;
      return (async function* () {
        while (!ended) {
          const at = held.indexOf(delimiter);
          // What could be the beginning of a delimiter waits for more.
          const size = at >= 0 ? at : Math.max(0, held.length - delimiter.length + 1);
          const chunk = held.subarray(0, size);
          held = held.subarray(at >= 0 ? at + delimiter.length : size);
          ended = at >= 0;
          if (chunk.length > 0) yield chunk;
          if (!ended) await more();
        }
      })();
    },
  };
}
