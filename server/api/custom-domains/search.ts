/** What lists of custom domains can be asked for: `q` as `field:value` terms with `*` at the end, and `sort`. */
import { ApiError } from '../../http/errors.ts';
import type { CustomDomain } from './schema.ts';

const FIELDS: Readonly<Record<string, (domain: CustomDomain) => string>> = {
  domain: ({ domain }) => domain,
  status: ({ status }) => status,
  type: ({ type }) => type,
  primary: ({ primary }) => String(primary),
  is_default: ({ is_default }) => String(is_default),
  custom_domain_id: ({ custom_domain_id }) => custom_domain_id,
  created_at: ({ created_at }) => created_at,
};

/** @throws ApiError 400 for a search that is not understood. */
export function listFilter(q: string | undefined): ((domain: CustomDomain) => boolean) | undefined {
  if (!q?.trim()) return undefined;
  const terms = q.trim().split(/\s+AND\s+|\s+/i);
  const tests = terms.map((term) => {
    const [, name = '', value = ''] = /^(\w+):"?([^"]*)"?$/.exec(term) ?? [];
    const read = FIELDS[name];
    if (!read || !value) throw new ApiError(400, `The search is not understood: ${term}`, 'invalid_query_string');
    const wanted = value.toLowerCase();
    return (domain: CustomDomain) => {
      const actual = read(domain).toLowerCase();
      return wanted.endsWith('*') ? actual.startsWith(wanted.slice(0, -1)) : actual === wanted;
    };
  });
  return (domain) => tests.every((test) => test(domain));
}

/** @throws ApiError 400 for a field that lists cannot be sorted by. */
export function listOrder(sort: string | undefined): (a: CustomDomain, b: CustomDomain) => number {
  if (!sort) return () => 0;
  const [, name = '', direction = '1'] = /^(\w+)(?::(-?1))?$/.exec(sort) ?? [];
  const read = FIELDS[name];
  if (!read) throw new ApiError(400, `Lists cannot be sorted by ${sort}`, 'invalid_query_string');
  return (a, b) => Number(direction) * (read(a) < read(b) ? -1 : read(a) > read(b) ? 1 : 0);
}
