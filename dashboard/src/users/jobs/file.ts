/**
 * A look at the file of an import before it is sent: what would surely be refused is said at once. The rows themselves
 * are for the server to judge.
 */
import { IMPORT_FILE_LIMIT } from '../../../../server/api/jobs/known.ts';
import { where } from '../../ui/json.ts';

/** Up to this size (bytes) the whole file is read; of larger ones only how they begin. */
const READ_LIMIT = 4 * 1024 * 1024;
const BEGINNING = 1024;

export type Look = { problem: string } | { rows: number | undefined };

export async function lookAtFile(file: Blob): Promise<Look> {
  if (file.size === 0) return { problem: 'The file is empty.' };
  if (file.size > IMPORT_FILE_LIMIT) return { problem: `The file is larger than ${sizeOf(IMPORT_FILE_LIMIT)}.` };
  const beginning = (await file.slice(0, BEGINNING).text()).replace(/^\uFEFF/, '').trimStart();
  if (!beginning.startsWith('[') && !beginning.startsWith('{')) {
    return { problem: 'This is no list of users: the file must hold JSON, as in [{ "email": "jo@example.com" }].' };
  }
  // Objects one after the other are taken as well, and a large file would hold this page up.
  if (beginning.startsWith('{') || file.size > READ_LIMIT) return { rows: undefined };
  return lookAtList((await file.text()).replace(/^\uFEFF/, ''));
}

function lookAtList(text: string): Look {
  let list: unknown[];
  try {
    list = JSON.parse(text) as unknown[];
  } catch (error) {
    return { problem: `This is no valid JSON${where(text, error)}.` };
  }
  const wrong = list.findIndex((row) => typeof row !== 'object' || row === null || Array.isArray(row));
  if (wrong >= 0) return { problem: `Entry ${wrong + 1} of the list is no user: each must be an object.` };
  return { rows: list.length };
}

const UNITS = ['B', 'kB', 'MB', 'GB'];

/** A number of bytes as people read it: "1.5 MB". */
export function sizeOf(bytes: number): string {
  const power = Math.min(Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)), UNITS.length - 1);
  const value = bytes / 1024 ** power;
  return `${value.toLocaleString(undefined, { maximumFractionDigits: value < 10 ? 1 : 0 })} ${UNITS[power]}`;
}
