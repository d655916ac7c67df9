/** What a setting of a client is to the dashboard, and a topic of them. */
import type { ClientType } from '../type-values.ts';

export type Kind = 'text' | 'area' | 'number' | 'switch' | 'choice' | 'choices' | 'lines' | 'pairs';

export type Choice = { readonly value: string; readonly label: string };

export type FieldSpec = {
  /** Where the API has it, with dots: `refresh_token.leeway`. Also the id of the field and its place in errors. */
  readonly path: string;
  readonly kind: Kind;
  readonly label: string;
  readonly help?: string;
  readonly placeholder?: string;
  /** Types of client it matters to; all when it is left out. */
  readonly types?: readonly ClientType[];
  readonly required?: boolean;
  readonly options?: readonly Choice[];
  /** What counts while nothing is stored. */
  readonly initial?: unknown;
  /** The stored values of a switch; true and false when they are left out. */
  readonly on?: unknown;
  readonly off?: unknown;
  readonly min?: number;
  readonly max?: number;
  readonly maxLength?: number;
  /** What a number counts. */
  readonly unit?: string;
  /** Another field that has to be on (or to have this value) for this one to be shown. */
  readonly shownIf?: { readonly path: string; readonly is: unknown };
  readonly check?: (value: unknown) => string | undefined;
};

/** A topic: a part of the page, or a tab of the advanced settings. */
export type Topic = {
  readonly title: string;
  readonly description?: string;
  readonly types?: readonly ClientType[];
  readonly fields: readonly FieldSpec[];
};

export const WITH_PEOPLE: readonly ClientType[] = ['native', 'spa', 'regular_web'];
export const WITH_SERVER: readonly ClientType[] = ['regular_web', 'non_interactive'];

/** Shown in fields that take an address. */
export const ADDRESS = 'https://app.example.com';
