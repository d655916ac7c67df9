/**
 * Reads the part of Markdown that our guides use: headings, paragraphs, lists, fenced code, and in text inline code,
 * strong text and links. The result is plain data without any markup, so nothing in a text can become an element.
 */

export type Inline =
  | { readonly kind: 'text' | 'code' | 'strong'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph'; readonly content: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  /** `caption` is what follows the language on the line of the fence: a file name, usually. */
  | { readonly kind: 'code'; readonly language: string; readonly caption: string; readonly text: string };

const FENCE = /^```(\S*)[ \t]*(.*)$/;
const HEADING = /^(#{1,4}) +(.*)$/;
const ITEM = /^(?:[-*]|(\d+)\.) +(.*)$/;

/** The blocks of a text, in their order. */
export function parseMarkdown(text: string): Block[] {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at]!;
    const [fence, heading, item] = [FENCE.exec(line), HEADING.exec(line), ITEM.exec(line)];
    if (fence) {
      const end = lines.indexOf('```', at + 1);
      const last = end === -1 ? lines.length : end;
      blocks.push({
        kind: 'code',
        language: fence[1]!,
        caption: fence[2]!.trim(),
        text: lines.slice(at + 1, last).join('\n'),
      });
      at = last + 1;
    } else if (heading) {
      blocks.push({ kind: 'heading', level: heading[1]!.length, text: heading[2]!.trim() });
      at++;
    } else if (item) {
      const [items, next] = readItems(lines, at);
      blocks.push({ kind: 'list', ordered: item[1] !== undefined, items: items.map(parseInline) });
      at = next;
    } else if (line.trim() === '') {
      at++;
    } else {
      const next = endOfParagraph(lines, at);
      blocks.push({ kind: 'paragraph', content: parseInline(lines.slice(at, next).join(' ')) });
      at = next;
    }
  }
  return blocks;
}

/** The items of a list; a line that is indented goes on with the item above it. */
function readItems(lines: readonly string[], from: number): [string[], number] {
  const items: string[] = [];
  let at = from;
  for (; at < lines.length; at++) {
    const item = ITEM.exec(lines[at]!);
    if (item) items.push(item[2]!);
    else if (/^\s+\S/.test(lines[at]!)) items.push(`${items.pop()} ${lines[at]!.trim()}`);
    else break;
  }
  return [items, at];
}

function endOfParagraph(lines: readonly string[], from: number): number {
  const ends = (line: string) => line.trim() === '' || FENCE.test(line) || HEADING.test(line) || ITEM.test(line);
  const length = lines.slice(from + 1).findIndex(ends);
  return length === -1 ? lines.length : from + 1 + length;
}

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^()\s]+)\)/g;

/** The parts of a line of text. A link to anything but a page of the web or of this site stays text. */
export function parseInline(text: string): Inline[] {
  const parts: Inline[] = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > at) parts.push({ kind: 'text', text: text.slice(at, match.index) });
    parts.push(inlineOf(match));
    at = match.index + match[0].length;
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) });
  return parts;
}

function inlineOf([whole, code, strong, label, href]: RegExpExecArray): Inline {
  if (code !== undefined) return { kind: 'code', text: code };
  if (strong !== undefined) return { kind: 'strong', text: strong };
  return isSafe(href!) ? { kind: 'link', text: label!, href: href! } : { kind: 'text', text: whole };
}

function isSafe(href: string): boolean {
  return /^https?:\/\//.test(href) || /^\/(?!\/)/.test(href);
}
