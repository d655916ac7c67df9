/** The reference of the Management API: a section for each area, with its operations and the fields of its resources. */
import { apiRoutes } from '../../server/api/routes.ts';
import { resourcesOf } from '../../server/schema/openapi.ts';
import type { Operation } from '../../server/schema/operation.ts';
import { type Resource, resourceOf } from '../../server/schema/resource.ts';
import { bodyFields, resourceFields } from './fields.ts';
import { anchor, code, generatedFrom, page, table } from './markdown.ts';

const HEAD = `Everything is below \`/api/v2\` and speaks JSON. Every request carries an access token for the audience that
is the URL of the API; any one of the scopes that an operation names is enough. The same, for programs:
\`GET /api/v2/openapi.json\`. Errors are listed in [errors.md](errors.md), and what differs from the vendor's API in
[differences.md](../differences.md).

Words in the column *Use*: **required** must be given on create; **read-only** is set by the server; **create-only** is
refused on update; **write-only** is accepted and never shown; **secret** is encrypted at rest and masked in log events;
**merged** objects keep, on update, the keys that are not named; **null removes** the property, while a **nullable** one
keeps the null; **no effect yet** is accepted, kept and shown, and nothing else.`;

export function managementApiPage(): string {
  const operations = apiRoutes.map(({ operation }) => operation);
  const areas = [...Map.groupBy(operations, ({ tag }) => tag)];
  const contents = areas.map(([tag, of]) => `- [${tag}](${anchor(tag)}) (${of.length})`).join('\n');
  const told = new Set<Resource>();
  return page(
    '# Management API reference',
    generatedFrom('the schemas and operations in `server/api/`'),
    HEAD,
    contents,
    ...areas.flatMap(([tag, of]) => [`## ${tag}`, operationsTable(of), ...resourceTables(of, told), ...bodyTables(of)]),
  );
}

function operationsTable(operations: readonly Operation[]): string {
  return table(
    ['Operation', 'Method and path', 'Scopes (any one)', 'Query'],
    operations.map(({ id, summary, method, path, scopes, query, inert }) => [
      `${summary}<br>${code(id)}${inert ? '<br>no effect yet' : ''}`,
      code(`${method} ${path}`),
      scopes.map(code).join(' '),
      Object.keys((query as { properties?: object } | undefined)?.properties ?? {})
        .map(code)
        .join(' '),
    ]),
  );
}

/** A resource that several areas speak of is told with the first. */
function resourceTables(operations: readonly Operation[], told: Set<Resource>): string[] {
  const untold = [...resourcesOf(operations).values()].filter((resource) => !told.has(resource));
  for (const resource of untold) told.add(resource);
  return untold.flatMap((resource) => [`### ${resource.name}`, resourceFields(resource)]);
}

function bodyTables(operations: readonly Operation[]): string[] {
  return operations.flatMap(({ id, body, resource }) => {
    const own = body && !resourceOf(body) && !isViewOf(body, resource) ? bodyFields(body) : '';
    return own ? [`### Body of ${code(id)}`, own] : [];
  });
}

/** Some bodies are a view with one more rule, such as that one property must be there. */
function isViewOf(body: object, resource: Resource | undefined): boolean {
  const own = JSON.stringify((body as { properties?: object }).properties);
  return [resource?.create, resource?.update].some((view) => view && JSON.stringify(view.properties) === own);
}
