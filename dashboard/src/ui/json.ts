/**
 * JSON as people type it: read with an error they can act on, written so that it can be read, compared for an update.
 */
export type JsonObject = Record<string, unknown>;

/** What a text holds, when it is a JSON object; else what is wrong with it, and where. Nothing typed is `{}`. */
export function parseObject(text: string): { object: JsonObject } | { problem: string } {
  if (text.trim() === '') return { object: {} };
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { object: value as JsonObject };
    return { problem: 'This must be a JSON object: names and values between { and }.' };
  } catch (error) {
    return { problem: `This is no valid JSON${where(text, error)}.` };
  }
}

/** JSON as the editor writes it. */
export function printed(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

/** Where reading stopped, as the end of a sentence. Engines tell it in one of three ways, or not at all. */
export function where(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  const line = /line (\d+)/.exec(message)?.[1];
  if (line) return `: look at line ${line}`;
  const position = /position (\d+)/.exec(message)?.[1] ?? quotedAt(text, message);
  if (position !== undefined) return `: look at line ${text.slice(0, Number(position)).split('\n').length}`;
  return /end of JSON/i.test(message) ? ': it ends too early, look for a bracket or quote that is not closed' : '';
}

/** The place of a token that a message names together with what stands around it. */
function quotedAt(text: string, message: string): number | undefined {
  const [, token, before, around] = /token '(.)', (\.\.\.)?"([\s\S]*)"(?:\.\.\.)? is not/.exec(message) ?? [];
  if (token === undefined || around === undefined) return undefined;
  const start = text.indexOf(around);
  if (start < 0) return undefined;
  // A part of a text begins ten characters before the token; a short text is there whole.
  if (before) return start + 10;
  for (let at = text.indexOf(token); at >= 0; at = text.indexOf(token, at + 1)) {
    if (!isBeginning(text.slice(0, at + 1))) return at;
  }
  return undefined;
}

/** Whether a text is JSON, or could become it with more behind it. */
function isBeginning(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    return /end of JSON|unterminated|^expected/i.test(error instanceof Error ? error.message : '');
  }
}

/**
 * What has to be sent for metadata to become what was typed. The API merges the first level of an object, so a name that
 * is gone is sent as null; an object without any name is sent as it is, which empties.
 */
export function mergeChanges(before: JsonObject, after: JsonObject): JsonObject {
  if (Object.keys(after).length === 0) return {};
  const gone = Object.keys(before).filter((name) => !(name in after));
  const changed = Object.keys(after).filter((name) => !isSame(before[name], after[name]));
  return Object.fromEntries([...gone.map((name) => [name, null]), ...changed.map((name) => [name, after[name]])]);
}

/** Whether two values are the same JSON, in whatever order their names stand. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one, inOrder) === JSON.stringify(other, inOrder);
}

function inOrder(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
