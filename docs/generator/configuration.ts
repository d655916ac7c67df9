/** The reference of environment variables. */
import { type Variable, variables } from '../../server/config.ts';
import { code, generatedFrom, page, table } from './markdown.ts';

const HEAD = `A process reads environment variables when it starts, and nothing else: no file, no flags. An empty
variable counts as unset. A value that cannot be used, or a \`LATCHKEY_\` variable that does not exist, stops the start
with a message that names every problem at once. What belongs to a tenant (its settings, clients, connections) is not
here: it is in the database and changed through the Management API or the dashboard. How many threads there are is a
variable of Node.js, \`UV_THREADPOOL_SIZE\` ([size](../guides/production.md#size)).`;

export function configurationPage(): string {
  const rows = Object.values<Variable<unknown>>(variables).map((variable) => [
    code(variable.name),
    variable.default === undefined ? '' : code(variable.default),
    variable.must,
    variable.description + (variable.secret ? ' Its text is never shown.' : ''),
  ]);
  return page(
    '# Configuration',
    generatedFrom('`server/config.ts`'),
    HEAD,
    table(['Variable', 'Default', 'Must be', 'What it does'], rows),
  );
}
