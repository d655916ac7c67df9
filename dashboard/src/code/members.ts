import type { Member } from '../ui/codemirror/language.ts';

/** Names that code may use, and what each is about; a call is written with its arguments: `api.access.deny(reason)`. */
export type Names = Readonly<Record<string, string>>;

export function membersIn(names: Names): readonly Member[] {
  return Object.entries(names).map(([written, about]) => {
    const bracket = written.indexOf('(');
    if (bracket < 0) return { name: written, about };
    return { name: written.slice(0, bracket), call: written.slice(bracket), about };
  });
}
