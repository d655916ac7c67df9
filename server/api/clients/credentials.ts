/**
 * Credentials of a client: public keys for `private_key_jwt` (RFC 7523) and certificates for mutual TLS (RFC 8705).
 * A client names those in force under `client_authentication_methods`; the records themselves are kept here.
 */
import { createHash, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { Type } from 'typebox';
import { ApiError } from '../../http/errors.ts';
import { randomAlphanumeric } from '../../keys/secrets.ts';
import { operation } from '../../schema/operation.ts';
import { PATTERNS } from '../../schema/patterns.ts';
import { type DocumentOf, field, resource, withDefaults } from '../../schema/resource.ts';
import { choice, strict } from '../../schema/types.ts';
import { type Collection, collection, unsealed } from '../../storage/documents.ts';
import { invalidBody } from '../invalid.ts';
import { type Call, handle, type Route } from '../pipeline.ts';
import type { Client } from './schema.ts';

const credentialResource = resource({
  name: 'ClientCredential',
  plural: 'credentials',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true }),
    // Kept, and neither taken nor shown: the path says it.
    client_id: field(Type.String(), { readOnly: true, writeOnly: true, always: true }),
    credential_type: field(choice(['public_key', 'cert_subject_dn', 'x509_cert']), {
      required: true,
      createOnly: true,
      always: true,
      description: 'Kind of credential',
    }),
    name: field(Type.String({ maxLength: 128 }), { createOnly: true, description: 'Name for people' }),
    kid: field(Type.String({ pattern: PATTERNS.keyId }), {
      createOnly: true,
      description: 'Key id that assertions carry',
    }),
    alg: field(choice(['RS256', 'RS384', 'PS256']), { createOnly: true, description: 'Algorithm of assertions' }),
    pem: field(Type.String({ minLength: 1, maxLength: 4096 }), {
      createOnly: true,
      writeOnly: true,
      description: 'Public key or certificate',
    }),
    parse_expiry_from_cert: field(Type.Boolean(), {
      createOnly: true,
      writeOnly: true,
      description: 'Take the expiry from the certificate',
    }),
    subject_dn: field(Type.String({ minLength: 1, maxLength: 256 }), {
      createOnly: true,
      description: 'Subject of the certificate',
    }),
    thumbprint_sha256: field(Type.String(), { readOnly: true }),
    expires_at: field(Type.String({ format: 'date-time' }), {
      nullable: 'remove',
      description: 'When it stops being good',
    }),
    created_at: field(Type.String(), { readOnly: true }),
    updated_at: field(Type.String(), { readOnly: true }),
  },
});
export type ClientCredential = DocumentOf<typeof credentialResource>;

/** Public keys are not secret: nothing is sealed. */
export const credentials: Collection<ClientCredential> = collection<ClientCredential>(
  { kind: 'client_credential', id: 'id', keys: { client: { of: (doc) => doc.client_id } } },
  unsealed,
);

const tag = 'Clients';
const ofClient = strict({ client_id: Type.String({ maxLength: 100 }) });
const ofCredential = strict({
  client_id: Type.String({ maxLength: 100 }),
  credential_id: Type.String({ maxLength: 100 }),
});

const listCredentials = operation({
  id: 'get_credentials',
  method: 'GET',
  path: '/clients/{client_id}/credentials',
  tag,
  summary: 'List the credentials of a client',
  scopes: ['read:client_credentials'],
  params: ofClient,
  query: Type.Object({}),
  status: 200,
  response: Type.Array(credentialResource.read),
  errors: { 404: 'inexistent_client' },
});
const createCredential = operation({
  id: 'post_credentials',
  method: 'POST',
  path: '/clients/{client_id}/credentials',
  tag,
  summary: 'Create a client credential',
  scopes: ['create:client_credentials'],
  params: ofClient,
  body: credentialResource.create,
  status: 201,
  response: credentialResource.read,
  errors: { 404: 'inexistent_client' },
});
const getCredential = operation({
  id: 'get_credentials_by_credential_id',
  method: 'GET',
  path: '/clients/{client_id}/credentials/{credential_id}',
  tag,
  summary: 'Get a client credential',
  scopes: ['read:client_credentials'],
  params: ofCredential,
  status: 200,
  response: credentialResource.read,
  errors: { 404: 'inexistent_client_credential' },
});
const updateCredential = operation({
  id: 'patch_credentials_by_credential_id',
  method: 'PATCH',
  path: '/clients/{client_id}/credentials/{credential_id}',
  tag,
  summary: 'Update a client credential',
  scopes: ['update:client_credentials'],
  params: ofCredential,
  body: credentialResource.update,
  status: 200,
  response: credentialResource.read,
  errors: { 404: 'inexistent_client_credential' },
});
const deleteCredential = operation({
  id: 'delete_credentials_by_credential_id',
  method: 'DELETE',
  path: '/clients/{client_id}/credentials/{credential_id}',
  tag,
  summary: 'Delete a client credential',
  scopes: ['delete:client_credentials'],
  params: ofCredential,
  status: 204,
});

export const credentialRoutes: Route[] = [
  handle(listCredentials, async (call) => {
    await requireClient(call, call.params.client_id);
    const found = await credentials.findAll(call.sql, call.context.tenant, 'client', call.params.client_id);
    return found.map(shown);
  }),
  handle(
    createCredential,
    async (call) => {
      await requireClient(call, call.params.client_id);
      const credential = newCredential(call, call.params.client_id, call.body);
      await credentials.insert(call.sql, call.context.tenant, credential, call.context.now);
      await call.services.configurations.touch(call.sql, call.context.tenant);
      return shown(credential);
    },
    assignKid,
  ),
  handle(getCredential, async (call) => shown(await requireCredential(call))),
  handle(updateCredential, async (call) => {
    const current = await requireCredential(call);
    const { expires_at } = call.body;
    const updated = { ...current, updated_at: new Date(call.context.now).toISOString() };
    if (expires_at === null) delete updated.expires_at;
    else if (expires_at !== undefined) updated.expires_at = new Date(expires_at as string).toISOString();
    await credentials.replace(call.sql, call.context.tenant, updated, call.context.now);
    await call.services.configurations.touch(call.sql, call.context.tenant);
    return shown(updated);
  }),
  handle(deleteCredential, async (call) => {
    const credential = await credentials.get(call.sql, call.context.tenant, call.params.credential_id);
    if (credential?.client_id !== call.params.client_id) return;
    await credentials.remove(call.sql, call.context.tenant, credential.id);
    await call.services.configurations.touch(call.sql, call.context.tenant);
  }),
];

/** RFC 7638: a key without an id of its own is known by its thumbprint. Computed before the unit of work. */
async function assignKid(call: Call<typeof createCredential>): Promise<undefined> {
  const body = call.body as Partial<ClientCredential>;
  if (body.credential_type !== 'public_key' || body.kid) return undefined;
  body.kid = await calculateJwkThumbprint(publicKeyOf(body.pem).export({ format: 'jwk' }) as never);
  return undefined;
}

/**
 * Turns credentials that a client carries whole into records, and checks that those named by id belong to it. The client
 * is left with ids only; the body, whose parts it may share, stays as it came.
 */
export async function attachCredentials(call: Call, client: Client): Promise<void> {
  const { client_authentication_methods, signed_request_object, token_vault_privileged_access } = client;
  const own = structuredClone({ client_authentication_methods, signed_request_object, token_vault_privileged_access });
  for (const [name, value] of Object.entries(own)) if (value !== undefined) Object.assign(client, { [name]: value });
  const holders = [
    ...Object.values(own.client_authentication_methods ?? {}),
    own.signed_request_object,
    own.token_vault_privileged_access,
  ] as ({ credentials?: Record<string, unknown>[] } | null | undefined)[];
  for (const holder of holders) {
    for (const [index, given] of (holder?.credentials ?? []).entries()) {
      const id = typeof given.id === 'string' ? given.id : undefined;
      if (id === undefined) {
        const credential = newCredential(call, client.client_id, given);
        await credentials.insert(call.sql, call.context.tenant, credential, call.context.now);
        holder!.credentials![index] = { id: credential.id };
      } else if ((await credentials.get(call.sql, call.context.tenant, id))?.client_id !== client.client_id) {
        throw new ApiError(404, 'The client credential does not exist', 'inexistent_client_credential');
      }
    }
  }
}

/** Removes every credential of a client that is gone. */
export async function removeCredentials(call: Call, clientId: string): Promise<void> {
  for (const { id } of await credentials.findAll(call.sql, call.context.tenant, 'client', clientId)) {
    await credentials.remove(call.sql, call.context.tenant, id);
  }
}

function newCredential(call: Call, client_id: string, body: Record<string, unknown>): ClientCredential {
  const now = new Date(call.context.now).toISOString();
  const made = withDefaults(credentialResource, body) as ClientCredential;
  const credential: ClientCredential = {
    ...made,
    id: `cred_${randomAlphanumeric(22)}`,
    client_id,
    created_at: now,
    updated_at: now,
  };
  if (made.credential_type === 'public_key') {
    const key = publicKeyOf(made.pem);
    credential.alg ??= 'RS256';
    credential.kid ??= createHash('sha256')
      .update(key.export({ type: 'spki', format: 'der' }))
      .digest('base64url');
  } else if (made.credential_type === 'x509_cert') {
    credential.thumbprint_sha256 = createHash('sha256').update(certificateOf(made.pem).raw).digest('base64url');
  } else {
    credential.subject_dn ??= made.pem ? certificateOf(made.pem).subject : undefined;
    if (!credential.subject_dn) throw invalidBody('A certificate or subject_dn is needed', 'pem');
  }
  const certificate = made.pem?.includes('BEGIN CERTIFICATE') ? certificateOf(made.pem) : undefined;
  const fromCertificate = made.parse_expiry_from_cert || made.credential_type === 'x509_cert';
  if (credential.expires_at) credential.expires_at = new Date(credential.expires_at).toISOString();
  else if (certificate && fromCertificate) credential.expires_at = new Date(certificate.validTo).toISOString();
  return credential;
}

/** The key that verifies a client's assertions. */
export function publicKeyOf(pem: string | null | undefined): KeyObject {
  try {
    const key = pem?.includes('BEGIN CERTIFICATE') ? new X509Certificate(pem).publicKey : createPublicKey(pem ?? '');
    if (key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048) return key;
  } catch {
    // Told below, in our words.
  }
  throw invalidBody('An RSA public key or certificate of 2048 bits or more is needed', 'pem');
}

function certificateOf(pem: string | null | undefined): X509Certificate {
  try {
    return new X509Certificate(pem ?? '');
  } catch {
    throw invalidBody('A certificate is needed', 'pem');
  }
}

async function requireClient(call: Call, clientId: string): Promise<void> {
  if (await call.services.stores.clients.get(call.sql, call.context.tenant, clientId)) return;
  throw new ApiError(404, 'The client does not exist', 'inexistent_client');
}

async function requireCredential(call: Call): Promise<ClientCredential> {
  const params = call.params as { client_id: string; credential_id: string };
  const credential = await credentials.get(call.sql, call.context.tenant, params.credential_id);
  if (credential?.client_id === params.client_id) return credential;
  throw new ApiError(404, 'The client credential does not exist', 'inexistent_client_credential');
}

function shown({
  pem: _pem,
  parse_expiry_from_cert: _parse,
  client_id: _client,
  ...credential
}: ClientCredential): unknown {
  return credential;
}
