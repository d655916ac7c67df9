/**
 * GET /api/v2/openapi.json: the Management API described to programs. It says nothing that the documentation does not,
 * so it needs no token; it is made when it is first asked for and is the same for every tenant.
 */
import type { FastifyInstance } from 'fastify';
import { openApiDocument } from '../schema/openapi.ts';
import { MANAGEMENT_SCOPES } from '../tenants/scopes.ts';
import { VERSION } from '../version.ts';
import type { Route } from './pipeline.ts';

export function registerOpenApi(app: FastifyInstance, routes: readonly Route[]): void {
  let document: string | undefined;
  app.get('/api/v2/openapi.json', { config: { family: 'api' } }, async (_request, reply) => {
    const operations = routes.map(({ operation }) => operation);
    document ??= JSON.stringify(openApiDocument(operations, MANAGEMENT_SCOPES, VERSION));
    return reply.type('application/json; charset=utf-8').header('cache-control', 'public, max-age=300').send(document);
  });
}
