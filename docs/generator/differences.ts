/**
 * The generated end of `docs/differences.md`: what the protocol endpoints can do, and what is accepted and has no effect.
 * The beginning is written by hand.
 */
import { readFileSync } from 'node:fs';
import { apiRoutes } from '../../server/api/routes.ts';
import { discoveryDocument } from '../../server/oidc/discovery/document.ts';
import { resourcesOf } from '../../server/schema/openapi.ts';
import { code, table } from './markdown.ts';

/** What stands above this line is written by hand, what stands below is not. */
const MARK = '<!-- Below this line: made by `npm run docs`. -->';

export function differencesPage(): string {
  const written = readFileSync(new URL('../differences.md', import.meta.url), 'utf8')
    .split(MARK)[0]!
    .trimEnd();
  return `${[written, MARK, '## What there is', abilities(), '## Kept without effect', HEAD, ...inertFields(), ...inertOperations()].join('\n\n')}\n`;
}

const HEAD = `These are accepted, checked, kept and shown as the vendor does, so that configuration written for it goes in
and comes out whole. They do nothing else. The list is made from the schemas.`;

/** What the discovery document announces. */
const ABILITIES = {
  'Response types': 'response_types_supported',
  'Response modes': 'response_modes_supported',
  Grants: 'grant_types_supported',
  'Client authentication': 'token_endpoint_auth_methods_supported',
  'PKCE methods': 'code_challenge_methods_supported',
  'ID token algorithms': 'id_token_signing_alg_values_supported',
} as const;

function abilities(): string {
  const document = discoveryDocument('https://issuer.example/', {}) as Record<string, readonly string[]>;
  return table(
    ['', ''],
    Object.entries(ABILITIES).map(([name, member]) => [name, (document[member] ?? []).map(code).join(', ')]),
  );
}

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
