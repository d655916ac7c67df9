/**
 * One row of an import file: what it may hold, and the user that it becomes. The file's fields, their bounds and the
 * codes of errors are the vendor's.
 */
import { Ajv, type ErrorObject } from 'ajv';
import { Type } from 'typebox';
import { acceptsHash } from '../../connections/database/hash.ts';
import { type CustomHash, customHashSchema, storedForm } from '../../connections/database/imported-hash.ts';
import { PATTERNS } from '../../schema/patterns.ts';
import { findUnstorable } from '../../schema/text.ts';
import { anyObject, open, opt, strict } from '../../schema/types.ts';
import type { Connection } from '../connections/schema.ts';
import { newUser } from '../users/create.ts';
import type { StoredUser } from '../users/store.ts';

const text = (maxLength: number) => opt(Type.String({ minLength: 1, maxLength }));
const factor = open({
  totp: opt(open({ secret: Type.String({ pattern: PATTERNS.base32, minLength: 8, maxLength: 256 }) })),
  phone: opt(open({ value: Type.String({ pattern: PATTERNS.phoneNumber }) })),
  email: opt(open({ value: Type.String({ format: 'email', maxLength: 320 }) })),
});

const rowSchema = strict({
  email: opt(Type.String({ format: 'email', maxLength: 320 })),
  email_verified: opt(Type.Boolean()),
  user_id: opt(Type.String({ minLength: 1, maxLength: 255, pattern: PATTERNS.importedUserId })),
  username: text(128),
  phone_number: opt(Type.String({ pattern: PATTERNS.phoneNumber })),
  phone_verified: opt(Type.Boolean()),
  given_name: text(150),
  family_name: text(150),
  name: text(300),
  nickname: text(300),
  picture: opt(Type.String({ maxLength: 2000 })),
  blocked: opt(Type.Boolean()),
  user_metadata: opt(anyObject()),
  app_metadata: opt(anyObject()),
  password_hash: opt(Type.String({ pattern: PATTERNS.bcryptHash })),
  custom_password_hash: opt(customHashSchema),
  mfa_factors: opt(Type.Array(factor, { maxItems: 10 })),
});

export type MfaFactor = {
  readonly totp?: { readonly secret: string };
  readonly phone?: { readonly value: string };
  readonly email?: { readonly value: string };
};

export type RowError = { readonly code: string; readonly message: string; readonly path?: string };

export type ParsedRow =
  | {
      readonly user: StoredUser;
      readonly hash: string | undefined;
      /** A hash that may take the place of one that was imported before. */
      readonly custom: boolean;
      readonly factors: readonly MfaFactor[];
      /** The fields the row has; an update writes these alone. */
      readonly given: readonly string[];
    }
  | { readonly shown: unknown; readonly errors: readonly RowError[] };

/** By the keyword that failed. */
const CODES: Readonly<Record<string, string>> = {
  required: 'OBJECT_REQUIRED',
  type: 'INVALID_TYPE',
  enum: 'ENUM_MISMATCH',
  format: 'FORMAT',
  pattern: 'PATTERN',
  minLength: 'MIN_LENGTH',
  maxLength: 'MAX_LENGTH',
  minimum: 'MINIMUM',
  maximum: 'MAXIMUM',
  minItems: 'ARRAY_LENGTH_SHORT',
  maxItems: 'ARRAY_LENGTH_LONG',
  anyOf: 'ANY_OF_MISSING',
};

const EMAIL = /^[^\s@<>"]+@[^\s@<>".][^\s@<>"]*$/;
const ajv = new Ajv({ strict: false, allErrors: true, ownProperties: true, formats: { email: EMAIL } });
let compiled: ReturnType<typeof ajv.compile> | undefined;

/** Reads a row. @param now milliseconds since the epoch */
export async function parseRow(row: string, connection: Connection, now: number): Promise<ParsedRow> {
  const value = parsedJson(row);
  if (value === undefined) return { shown: {}, errors: [{ code: 'FORMAT', message: 'The row is not valid JSON' }] };
  const unstorable = findUnstorable(value);
  if (unstorable) {
    return { shown: {}, errors: [{ code: 'FORMAT', message: unstorable.problem, path: unstorable.path }] };
  }
  compiled ??= ajv.compile(rowSchema);
  if (!compiled(value)) return { shown: withoutSecrets(value), errors: (compiled.errors ?? []).map(rowError) };
  const errors = identifierErrors(value, connection);
  const password = await passwordOf(value);
  if ('error' in password) errors.push(password.error);
  if (errors.length > 0) return { shown: withoutSecrets(value), errors };
  return {
    user: newUser(connection, value, now),
    hash: 'hash' in password ? password.hash : undefined,
    custom: value.custom_password_hash !== undefined,
    factors: (value.mfa_factors as MfaFactor[] | undefined) ?? [],
    given: Object.keys(value),
  };
}

/** What an answer about a row shows of it. */
export function withoutSecrets(row: unknown): unknown {
  if (typeof row !== 'object' || row === null) return row;
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, SECRET.includes(name) ? '*****' : value]),
  );
}

const SECRET = ['password_hash', 'custom_password_hash', 'mfa_factors', 'password'];

type Row = Record<string, unknown> & { email?: string; username?: string; phone_number?: string };

function parsedJson(text: string): Row | undefined {
  try {
    return JSON.parse(text) as Row;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function identifierErrors(row: Row, connection: Connection): RowError[] {
  const { requires_username, attributes } = (connection.options ?? {}) as {
    requires_username?: boolean;
    attributes?: object;
  };
  const missing = (path: string) => ({ code: 'OBJECT_REQUIRED', message: `Missing required property: ${path}`, path });
  if (requires_username && !row.username) return [missing('username')];
  const known = row.email || (attributes && (row.username || row.phone_number)) || (requires_username && row.username);
  return known ? [] : [missing('email')];
}

async function passwordOf(row: Row): Promise<{ hash: string | undefined } | { error: RowError }> {
  if (row.password_hash !== undefined && row.custom_password_hash !== undefined) {
    const message = 'A user has password_hash or custom_password_hash, but not both';
    return { error: { code: 'CONFLICT', message, path: 'custom_password_hash' } };
  }
  if (row.password_hash !== undefined) return { hash: row.password_hash as string };
  if (row.custom_password_hash === undefined) return { hash: undefined };
  const custom = row.custom_password_hash as CustomHash;
  const path = 'custom_password_hash';
  const form = storedForm(custom);
  if ('problem' in form) return { error: { code: 'NOT_PASSED', message: form.problem, path } };
  const native = custom.algorithm === 'argon2' || custom.algorithm === 'bcrypt';
  if (native && !(await acceptsHash(form.stored)))
    return {
      error: { code: 'NOT_PASSED', message: `hash.value is no ${custom.algorithm} hash that can be used`, path },
    };
  return { hash: form.stored };
}

function rowError({ keyword, message, instancePath, params }: ErrorObject): RowError {
  const extra = (params as { additionalProperty?: string }).additionalProperty;
  const path = [instancePath.slice(1).replaceAll('/', '.'), extra].filter(Boolean).join('.');
  const words = extra === undefined ? (message ?? 'is not valid') : `Additional properties not allowed: ${extra}`;
  return { code: CODES[keyword] ?? 'NOT_PASSED', message: words, ...(path ? { path } : {}) };
}
