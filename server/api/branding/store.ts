/** Where themes are kept: a tenant has at most one, found as `default` or by its id. */
import { type Collection, collection, unsealed } from '../../storage/documents.ts';
import type { Theme } from './theme-schema.ts';

/** Nothing in them is secret. */
export const themes: Collection<Theme> = collection<Theme>(
  { kind: 'branding_theme', id: 'themeId', keys: { default: { of: () => 'true', unique: true } } },
  unsealed,
);
