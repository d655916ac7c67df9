/** The generated end of `docs/differences.md`: what is accepted and has no effect. The beginning is written by hand. */
import { readFileSync } from 'node:fs';
import { apiRoutes } from '../../server/api/routes.ts';
import { resourcesOf } from '../../server/schema/openapi.ts';
import { code, table } from './markdown.ts';

/** What stands above this line is written by hand, what stands below is not. */
const MARK = '<!-- Below this line: made by `npm run docs` from what schemas and operations mark as `inert`. -->';

export function differencesPage(): string {
  const written = readFileSync(new URL('../differences.md', import.meta.url), 'utf8')
    .split(MARK)[0]!
    .trimEnd();
  return `${[written, MARK, '## Kept without effect', HEAD, ...inertFields(), ...inertOperations()].join('\n\n')}\n`;
}

const HEAD = `These are accepted, checked, kept and shown as the vendor does, so that configuration written for it goes in
and comes out whole. They do nothing else. The list is made from the schemas.`;

function inertFields(): string[] {
  const operations = apiRoutes.map(({ operation }) => operation);
  return [...resourcesOf(operations).values()]
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name, fields }) => {
      const inert = Object.entries(fields).filter(([, field]) => field.inert !== undefined);
      if (inert.length === 0) return [];
      return [
        `### ${name}`,
        table(
          ['Field', 'Why'],
          inert.map(([field, { inert: why }]) => [code(field), why!]),
        ),
      ];
    });
}

function inertOperations(): string[] {
  const inert = apiRoutes.map(({ operation }) => operation).filter((operation) => operation.inert !== undefined);
  if (inert.length === 0) return [];
  return [
    '### Operations',
    table(
      ['Operation', 'Why'],
      inert.map(({ method, path, inert: why }) => [code(`${method} ${path}`), why!]),
    ),
  ];
}
