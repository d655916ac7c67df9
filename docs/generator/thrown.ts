/**
 * Finds in the sources what is thrown: `new ApiError(…)` and its like, with those arguments that are literal text. The
 * classes are few and always made by name, so reading the text is enough; a value that is made elsewhere is left out.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The arguments as they are written. */
export type Thrown = { readonly file: string; readonly args: readonly string[] };

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Every place that makes an error by this class or function, in the order of file names and lines. */
export function thrownOf(maker: string): Thrown[] {
  const files = globSync('server/**/*.ts', { cwd: ROOT }).filter((file) => !file.endsWith('.test.ts'));
  return files.toSorted().flatMap((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    const made = text.matchAll(new RegExp(`(?:\\bnew|\\bthrow) ${maker}\\(`, 'g'));
    return [...made].map((match) => ({ file, args: argumentsAt(text, match.index + match[0].length) }));
  });
}

/** The text of a literal, with `…` where a template has a value; undefined for anything that is no literal. */
export function literal(source: string | undefined): string | undefined {
  const [, quote, body] = /^(['"`])([\s\S]*)\1$/.exec(source ?? '') ?? [];
  if (body === undefined) return undefined;
  const text = quote === '`' ? withoutValues(body) : body;
  return text.replace(/\\(.)/g, '$1');
}

/** The texts that an argument may be: itself, or what a condition chooses between. */
export function literals(source: string | undefined): string[] {
  const whole = literal(source);
  if (whole !== undefined) return [whole];
  const chosen = (source ?? '').matchAll(/[?:]\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*(?=:|$)/g);
  return [...chosen].map(([, text]) => literal(text)!);
}

function argumentsAt(text: string, start: number): string[] {
  const args: string[] = [];
  let from = start;
  let at = start;
  while (at < text.length && text[at] !== ')') {
    if (text[at] === ',') {
      args.push(text.slice(from, at).trim());
      from = ++at;
    } else at = afterPiece(text, at);
  }
  return [...args, text.slice(from, at).trim()].filter((arg) => arg !== '');
}

/** Where the string, the bracket or the single character at a place ends. */
function afterPiece(text: string, at: number): number {
  const opening = text[at]!;
  if (opening === "'" || opening === '"' || opening === '`') return afterString(text, at);
  const closing = CLOSERS[opening];
  if (closing === undefined) return at + 1;
  let inside = at + 1;
  while (inside < text.length && text[inside] !== closing) inside = afterPiece(text, inside);
  return inside + 1;
}

function afterString(text: string, start: number): number {
  const quote = text[start];
  let at = start + 1;
  while (at < text.length && text[at] !== quote) {
    if (text[at] === '\\') at += 2;
    else if (quote === '`' && text.startsWith('${', at)) at = afterPiece(text, at + 1);
    else at += 1;
  }
  return at + 1;
}

function withoutValues(body: string): string {
  let text = '';
  for (let at = 0; at < body.length; ) {
    if (body.startsWith('${', at)) {
      text += '…';
      at = afterPiece(body, at + 1);
    } else text += body[at++];
  }
  return text;
}
