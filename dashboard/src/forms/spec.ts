/**
 * A field of a form: where its value is, what it may be, and the words around it. The values come from the server's
 * description, the words from the screen.
 */
import type { ReactNode } from 'react';
import type { Language } from '../ui/codemirror/language.ts';
import { type Described, type Description, describedAt, type JsonSchema, plain } from './schema.ts';

export type Kind =
  | 'area'
  | 'choice'
  | 'choices'
  | 'code'
  | 'colour'
  | 'json'
  | 'lines'
  | 'number'
  | 'secret'
  | 'switch'
  | 'text';

/** What a field holds while it is edited: text of every kind, but for switches and several choices. */
export type Value = string | boolean | readonly string[];

/** Reads the form as it stands. */
export type Read = (path: string) => Value;

export type Words = {
  readonly label?: string;
  readonly help?: ReactNode;
  readonly placeholder?: string;
  /** When the schema does not tell: a secret or code is text to it. */
  readonly kind?: Kind;
  /** Words for the values of a choice. */
  readonly labels?: Readonly<Record<string, string>>;
  /** What code is written in: a function, a module, Liquid. */
  readonly language?: Language;
  /** What a number counts: "seconds". */
  readonly unit?: string;
  readonly required?: boolean;
  /** What counts while nothing is stored. */
  readonly unset?: Value;
  /** What is sent for an emptied field: null (the default), the empty text, or nothing at all. */
  readonly emptied?: 'null' | 'text' | 'omit';
  /** Whether it is shown, from the rest of the form. */
  readonly when?: (read: Read) => boolean;
  /** Shown, not changed. */
  readonly readOnly?: boolean;
  /** Why it has no effect yet; `false` where a note above the field says so for all. */
  readonly inert?: string | false | undefined;
};

export type FieldSpec = Omit<Words, 'inert'> & {
  /** Dotted, below the stored object; also the id of the field, which the API's errors name. */
  readonly path: string;
  readonly schema: JsonSchema;
  readonly kind: Kind;
  readonly label: string;
  readonly inert?: string | undefined;
};

export type FormSection = {
  readonly title: string;
  readonly description?: ReactNode;
  /** What has to be known before anything here is changed. */
  readonly note?: ReactNode;
  /** Folded away until it is asked for. */
  readonly folded?: boolean;
  /** Its fields stand side by side: many switches with short names. */
  readonly dense?: boolean;
  readonly fields: readonly FieldSpec[];
  /** Stands below the fields and follows them while they are edited. */
  readonly below?: (read: Read) => ReactNode;
};

/** A maker of fields for one resource: `field('token_lifetime', { label: 'Lifetime' })`. */
export function fieldsOf(description: Description): (path: string, words?: Words) => FieldSpec {
  return (path, words = {}) => specOf(path, describedAt(description, path), words);
}

export function specOf(path: string, { schema, description, inert }: Described, words: Words): FieldSpec {
  const reason = words.inert === false ? undefined : (words.inert ?? inert);
  return {
    ...words,
    path,
    schema,
    kind: words.kind ?? kindOf(schema),
    label: words.label ?? wordsOf(path.split('.').at(-1)!),
    help: words.help ?? (description && `${description}.`),
    inert: reason,
  };
}

/** Above this many characters text is written in an area. */
const LINE = 5000;

function kindOf(schema: JsonSchema): Kind {
  const { type, enum: values, items, maxLength = 0 } = plain(schema);
  if (type === 'boolean') return 'switch';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'array') return kindOfList(items);
  if (Array.isArray(type) && type.includes('array')) return 'lines';
  if (type === 'object') return 'json';
  if (values) return 'choice';
  return maxLength >= LINE ? 'area' : 'text';
}

function kindOfList(items: JsonSchema | undefined): Kind {
  const item = plain(items ?? {});
  if (item.enum) return 'choices';
  return item.type === 'object' ? 'json' : 'lines';
}

const ABBREVIATIONS: Readonly<Record<string, string>> = {
  api: 'API',
  idp: 'IdP',
  id: 'ID',
  jwks: 'JWKS',
  mfa: 'MFA',
  oidc: 'OIDC',
  otp: 'OTP',
  pkce: 'PKCE',
  saml: 'SAML',
  sid: 'SID',
  sms: 'SMS',
  uri: 'URI',
  url: 'URL',
  xml: 'XML',
};

/** `signInEndpoint` and `client_id` as people write it. */
export function wordsOf(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .split(/[\s_-]+/)
    .map((word) => ABBREVIATIONS[word.toLowerCase()] ?? word.toLowerCase());
  const text = words.join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
