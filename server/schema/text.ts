/**
 * Text that can be kept. JSON can write two things that are no text: NUL, which ends a text in PostgreSQL, and half of a
 * surrogate pair, which no encoding has. Neither is ever meant, and what cannot be kept on one engine is taken by none.
 */

/** How deep objects and arrays may lie in each other. Whoever walks or writes them does so by recursion. */
const DEPTH_LIMIT = 100;

/** Whether a text can be kept on every engine. */
export function isText(value: string): boolean {
  return !value.includes('\u0000') && value.isWellFormed();
}

/**
 * The first thing within a JSON value that cannot be kept: where it is, by its property names, and what is wrong.
 * @returns undefined when all of it can
 */
export function findUnstorable(value: unknown): { readonly path: string; readonly problem: string } | undefined {
  return look(value, '', 0);
}

const BAD_TEXT = 'String contains a NUL or half of a surrogate pair';
const TOO_DEEP = `Data is nested more than ${DEPTH_LIMIT} levels deep`;

function look(value: unknown, path: string, depth: number): { path: string; problem: string } | undefined {
  if (typeof value === 'string') return isText(value) ? undefined : { path, problem: BAD_TEXT };
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth >= DEPTH_LIMIT) return { path, problem: TOO_DEEP };
  // A name that cannot be kept is not repeated: the object that has it is named.
  for (const name in value) {
    if (!isText(name)) return { path, problem: BAD_TEXT };
    const found = look((value as Record<string, unknown>)[name], path ? `${path}.${name}` : name, depth + 1);
    if (found) return found;
  }
  return undefined;
}
