/** What an export writes of a user: the fields that are asked for, by path, as a line of JSON or of CSV. */
import { ApiError } from '../../http/errors.ts';
import { USUAL_FIELDS, USUAL_FIELDS_JSON } from './known.ts';
import type { ExportField } from './schema.ts';

type Path = readonly (string | number)[];
export type Column = { readonly title: string; readonly path: Path };

/** @throws ApiError 400 for a name that is no path, or a title that is used twice */
export function exportColumns(fields: readonly ExportField[] | undefined, format: 'json' | 'csv'): readonly Column[] {
  const usual = format === 'csv' ? USUAL_FIELDS : USUAL_FIELDS_JSON;
  const wanted = fields && fields.length > 0 ? fields : usual.map((name) => ({ name }));
  const columns = wanted.map(({ name, export_as }: ExportField) => ({ title: export_as ?? name, path: pathOf(name) }));
  const titles = columns.map(({ title }) => title);
  const twice = titles.find((title, index) => titles.indexOf(title) !== index);
  if (twice !== undefined) throw new ApiError(400, `Two fields are exported as ${twice}`, 'invalid_body');
  return columns;
}

/** `identities[0].connection`, `user_metadata.plan`. */
function pathOf(name: string): Path {
  const plain = name.replace(/\[['"]?([^\]'"]+)['"]?\]/g, '.$1');
  const parts = plain.split('.');
  if (parts.some((part) => part === '' || /[[\]]/.test(part)))
    throw new ApiError(400, `${name} is no field of a user`, 'invalid_body');
  return parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

function valueAt(user: object, path: Path): unknown {
  let value: unknown = user;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}

/** A user as a line of the export, with its line break. */
export function exportLine(user: object, columns: readonly Column[], format: 'json' | 'csv'): string {
  const values = columns.map(({ title, path }) => [title, valueAt(user, path)] as const);
  if (format === 'csv') return csvLine(values.map(([, value]) => value));
  return `${JSON.stringify(Object.fromEntries(values.filter(([, value]) => value !== undefined)))}\n`;
}

/** RFC 4180. */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // CWE-1236: a cell that a spreadsheet takes for a formula. Phone numbers begin with a plus and stay as they are.
  const safe = /^([=@\t\r]|[+-](?!\d+$))/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
