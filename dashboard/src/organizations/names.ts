/** How organizations are called. */
import type { Organization } from '../api/types.ts';

/** What to call an organization: the name that people read, else the one of requests. */
export function organizationTitle({ display_name, name }: Pick<Organization, 'display_name' | 'name'>): string {
  return display_name || name;
}

/** A name for requests made from the one that people read: "Café Größe" is `cafe-grosse`. */
export function nameFrom(title: string): string {
  return title
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^[-_]+|[-_]+$/g, '')
    .slice(0, 50);
}
