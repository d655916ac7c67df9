/**
 * Clients by metadata document (CIMD): a client whose id elsewhere is the URL of a document that describes it. The
 * document is fetched through the egress guard before the unit of work; what it may say is in `cimd-document.ts`.
 */
import { Type } from 'typebox';
import { EgressError, makeEgress } from '../../http/egress.ts';
import { ApiError } from '../../http/errors.ts';
import { randomAlphanumeric } from '../../keys/secrets.ts';
import { operation } from '../../schema/operation.ts';
import { opt, strict } from '../../schema/types.ts';
import { invalidBody } from '../invalid.ts';
import { type Call, handle, type Route, type Where } from '../pipeline.ts';
import {
  badClientId,
  type MappedFields,
  type PublicCredential,
  readDocument,
  readKeySet,
  type Validation,
} from './cimd-document.ts';
import { attachCredentials, removeCredentials } from './credentials.ts';
import { checkClient, newClient } from './defaults.ts';
import type { Client } from './schema.ts';

const tag = 'Clients';
const body = strict({ external_client_id: Type.String({ minLength: 1, maxLength: 120 }) });
const validation = strict({
  valid: Type.Boolean(),
  violations: Type.Array(Type.String()),
  warnings: Type.Array(Type.String()),
});

const previewDocument = operation({
  id: 'post_clients_cimd_preview',
  method: 'POST',
  path: '/clients/cimd/preview',
  tag,
  summary: 'Preview the client that a metadata document describes',
  scopes: ['read:clients', 'create:clients', 'update:clients'],
  body,
  status: 200,
  response: Type.Object({
    client_id: opt(Type.String()),
    errors: opt(Type.Array(Type.String())),
    mapped_fields: opt(Type.Object({})),
    validation: opt(validation),
  }),
});

const registerDocument = operation({
  id: 'post_clients_cimd_register',
  method: 'POST',
  path: '/clients/cimd/register',
  tag,
  summary: 'Create or update the client that a metadata document describes',
  scopes: ['create:clients', 'update:clients'],
  body,
  status: 200,
  response: strict({ client_id: Type.String(), mapped_fields: Type.Object({}), validation }),
  errors: { 400: 'invalid_body' },
});

/** What was found at the URL, or why nothing was. */
type Found =
  | { readonly error: string }
  | { readonly fields: MappedFields; readonly keys: PublicCredential[]; readonly validation: Validation };

type Request = Call<typeof previewDocument> | Call<typeof registerDocument>;

export const cimdRoutes: Route[] = [
  handle(
    previewDocument,
    async (call) => {
      const existing = await findClient(call);
      const client_id = existing ? { client_id: existing.client_id } : {};
      if ('error' in call.prepared) return { ...client_id, errors: [call.prepared.error] };
      return { ...client_id, ...answerOf(call.prepared) };
    },
    (call: Call<typeof previewDocument>) => fetchDocument(call),
  ),

  handle(
    registerDocument,
    async (call) => {
      const { services, sql, context, prepared } = call;
      const existing = await findClient(call);
      requireScope(call, existing ? 'update:clients' : 'create:clients');
      const client = existing ? { ...existing } : newDocumentClient(context.tenant);
      if (existing) await removeCredentials(call as unknown as Call, existing.client_id);
      applyFields(client, prepared.fields, prepared.keys);
      await attachCredentials(call as unknown as Call, client);
      checkClient(client);
      if (existing) await services.stores.clients.replace(sql, context.tenant, client, context.now);
      else await services.stores.clients.insert(sql, context.tenant, client, context.now);
      await services.configurations.touch(sql, context.tenant);
      return { client_id: client.client_id, ...answerOf(prepared) };
    },
    requireDocument,
  ),
];

/** A usable document. @throws ApiError 400 when there is none */
async function requireDocument(call: Call<typeof registerDocument>): Promise<Exclude<Found, { error: string }>> {
  const found = await fetchDocument(call);
  const problem = 'error' in found ? found.error : found.validation.violations.join(' ');
  if ('error' in found || !found.validation.valid)
    throw new ApiError(400, `The client metadata document cannot be used: ${problem}`, 'invalid_body');
  return found;
}

const DOCUMENT_LIMITS = { timeoutMs: 5000, maxBytes: 10 * 1024 };
const KEYS_LIMITS = { timeoutMs: 5000, maxBytes: 64 * 1024 };

async function fetchDocument(call: Request): Promise<Found> {
  const { external_client_id: url } = call.body;
  const { allowPrivateEgress: allowPrivate } = call.services.config;
  const bad = badClientId(url, allowPrivate);
  if (bad) throw invalidBody(`Not usable as a client id: ${bad}`, 'external_client_id');
  const egress = makeEgress({ allowPrivate });
  try {
    const document = await egress.fetchJson(url, DOCUMENT_LIMITS);
    const { fields, validation } = readDocument(url, document);
    if (!fields.jwks_uri || !validation.valid) return { fields, keys: [], validation };
    const algorithm = (document as Record<string, unknown>).token_endpoint_auth_signing_alg;
    return {
      fields,
      keys: readKeySet(await egress.fetchJson(fields.jwks_uri, KEYS_LIMITS), algorithm, validation),
      validation,
    };
  } catch (error) {
    if (error instanceof EgressError) return { error: error.message };
    throw error;
  } finally {
    await egress.close();
  }
}

/** The client that was made of this document. There are few, and this is asked rarely. */
async function findClient(call: Where & { body: { external_client_id: string } }) {
  const clients = await call.services.stores.clients.list(call.sql, call.context.tenant);
  return clients.find(
    (client) => client.external_metadata_type === 'cimd' && client.external_client_id === call.body.external_client_id,
  );
}

function requireScope({ caller }: Pick<Call, 'caller'>, scope: string): void {
  if (caller.scope.includes(scope)) return;
  throw new ApiError(403, `Insufficient scope, expected any of: ${scope}`, 'insufficient_scope');
}

/** A client of somebody else's (recorded). Its id tells that it is one. */
function newDocumentClient(tenant: string): Client {
  const client = newClient(
    {
      is_first_party: false,
      oidc_conformant: true,
      token_endpoint_auth_method: 'none',
      jwt_configuration: { secret_encoded: false, alg: 'RS256', lifetime_in_seconds: 3600 },
    },
    tenant,
  );
  client.client_id = `tpc_${randomAlphanumeric(22)}`;
  client.external_metadata_type = 'cimd';
  client.external_metadata_created_by = 'admin';
  return client;
}

/** The document decides about these; what an administrator set besides stays. */
function applyFields(client: Client, fields: MappedFields, keys: readonly PublicCredential[]): void {
  client.external_client_id = fields.external_client_id;
  client.name = fields.name;
  client.callbacks = fields.callbacks;
  client.grant_types = fields.grant_types;
  client.app_type = fields.app_type;
  client.logo_uri = fields.logo_uri;
  client.jwks_uri = fields.jwks_uri;
  if (fields.token_endpoint_auth_method === 'none') {
    delete client.client_authentication_methods;
    client.token_endpoint_auth_method = 'none';
    return;
  }
  delete client.token_endpoint_auth_method;
  client.client_authentication_methods = {
    private_key_jwt: { credentials: keys.map((key) => ({ ...key })) },
  };
}

function answerOf({ fields, keys, validation }: Exclude<Found, { error: string }>) {
  const credentials = keys.map(({ pem: _, ...shown }) => shown);
  const methods = credentials.length > 0 ? { client_authentication_methods: { private_key_jwt: { credentials } } } : {};
  return { mapped_fields: { ...fields, ...methods }, validation };
}
