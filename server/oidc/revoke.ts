/**
 * /oauth/revoke (RFC 7009): ends the authorization of a refresh token, with every token it gave. A token nobody knows
 * is as good as revoked.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Client } from '../api/clients/schema.ts';
import { OAuthError } from '../http/errors.ts';
import { recordEvent } from '../logs/events.ts';
import type { Services } from '../services.ts';
import { authenticateClient } from './client-authentication.ts';
import { readParams } from './params.ts';
import { findRefreshToken, issuingFor, revokeAuthorization } from './refresh-tokens.ts';

export function registerRevoke(app: FastifyInstance, services: Services): void {
  app.post('/oauth/revoke', { config: { family: 'oauth' } }, async (request, reply) => {
    await revoke(services, request);
    return reply.code(200).header('cache-control', 'no-store').send('');
  });
}

async function revoke(services: Services, request: FastifyRequest): Promise<void> {
  const { context } = request;
  const params = readParams(request.body);
  const configuration = await services.configurations.of(context.tenant);
  const client = await authenticateClient(services, configuration, request, params);
  const token = params.require('token');
  // §2.2.1. Refresh tokens have no dots; an access token cannot be called back from the APIs that verify it by key.
  if (token.includes('.')) throw new OAuthError('unsupported_token_type', 'Only refresh tokens can be revoked.');
  const { database } = services;
  const found = await findRefreshToken(issuingFor({ services, context }, database.read), token);
  if (!found) return;
  const { family } = found;
  refuseForeign(client, family.client_id);
  await database.write(async (sql) => {
    await revokeAuthorization(sql, context.tenant, family.grant_id, context.now);
    await recordEvent(sql, context, {
      type: 'srrt',
      client_id: client.client_id,
      client_name: client.name,
      user_id: family.user_id,
      scope: family.scope,
      audience: family.audience ?? undefined,
    });
  });
}

/** §2.1: a client revokes its own tokens only. */
function refuseForeign(client: Client, owner: string): void {
  if (client.client_id !== owner) {
    throw new OAuthError('invalid_request', 'The token was issued to another client.');
  }
}
