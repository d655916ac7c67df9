/** The pages that are made from the code, by their path in the checkout. */
import { configurationPage } from './generator/configuration.ts';
import { differencesPage } from './generator/differences.ts';
import { errorsPage } from './generator/errors.ts';
import { logEventsPage } from './generator/log-events.ts';
import { managementApiPage } from './generator/management-api.ts';

export const pages: Readonly<Record<string, () => string>> = {
  'docs/reference/management-api.md': managementApiPage,
  'docs/reference/configuration.md': configurationPage,
  'docs/reference/log-events.md': logEventsPage,
  'docs/reference/errors.md': errorsPage,
  'docs/differences.md': differencesPage,
};
