/** What an editor has to know about the code in it. */
import type { Shape } from './syntax.ts';

export type Language = Shape | 'liquid';

/** Something that the code may use: `user.email`, or `api.access.deny` with `(reason)` as its call. */
export type Member = { readonly name: string; readonly call?: string; readonly about: string };
