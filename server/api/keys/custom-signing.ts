/**
 * `/keys/custom-signing`: public keys that a tenant keeps to verify tokens that it signs itself. One set or none.
 * Descriptions and what they do in one file: there are three small operations.
 */
import { createPublicKey } from 'node:crypto';
import { Type } from 'typebox';
import { ApiError } from '../../http/errors.ts';
import { operation } from '../../schema/operation.ts';
import { choice, opt, strict } from '../../schema/types.ts';
import { collection, type Sealer } from '../../storage/documents.ts';
import { invalidBody } from '../invalid.ts';
import { handle, type Route, requireEachScope } from '../pipeline.ts';

const tag = 'Keys';
const text = opt(Type.String({ minLength: 1, maxLength: 10_000 }));

/** RFC 7517, public members only: a private key is refused as an unknown property. */
const jwk = strict({
  kty: choice(['EC', 'RSA']),
  kid: text,
  use: opt(choice(['sig'])),
  key_ops: opt(Type.Array(choice(['verify']), { minItems: 1, maxItems: 1 })),
  alg: opt(choice(['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512'])),
  n: text,
  e: text,
  crv: opt(choice(['P-256', 'P-384', 'P-521'])),
  x: text,
  y: text,
  x5u: text,
  x5c: opt(Type.Array(Type.String({ maxLength: 10_000 }), { minItems: 1, maxItems: 10 })),
  x5t: text,
  'x5t#S256': text,
});
const keySet = strict({ keys: Type.Array(jwk, { minItems: 1, maxItems: 50 }) });

const getCustomSigning = operation({
  id: 'get_custom_signing_keys',
  method: 'GET',
  path: '/keys/custom-signing',
  tag,
  summary: 'Get the custom signing keys',
  scopes: ['read:custom_signing_keys'],
  status: 200,
  response: keySet,
  errors: { 404: 'inexistent_custom_signing_keys' },
});

const setCustomSigning = operation({
  id: 'put_custom_signing_keys',
  method: 'PUT',
  path: '/keys/custom-signing',
  tag,
  summary: 'Set the custom signing keys',
  scopes: ['create:custom_signing_keys', 'update:custom_signing_keys'],
  body: keySet,
  status: 200,
  response: keySet,
});

const deleteCustomSigning = operation({
  id: 'delete_custom_signing_keys',
  method: 'DELETE',
  path: '/keys/custom-signing',
  tag,
  summary: 'Remove the custom signing keys',
  scopes: ['delete:custom_signing_keys'],
  status: 204,
});

type KeySet = { readonly keys: readonly { readonly kty: string; readonly kid?: string }[] };
type Stored = KeySet & { readonly id: 'keys' };

const ID = 'keys';

function customSigningKeyStore(sealer: Sealer) {
  return collection<Stored>({ kind: 'custom_signing_keys', id: 'id', keys: {} }, sealer);
}

export const customSigningRoutes: Route[] = [
  handle(getCustomSigning, async ({ services, sql, context }) => {
    const stored = await customSigningKeyStore(services.vault).get(sql, context.tenant, ID);
    if (!stored) throw new ApiError(404, 'There are no custom signing keys', 'inexistent_custom_signing_keys');
    return { keys: stored.keys };
  }),

  handle(setCustomSigning, async (call) => {
    requireEachScope(call.caller, setCustomSigning);
    const { services, sql, context } = call;
    const body = call.body as KeySet;
    body.keys.forEach(checkKey);
    const store = customSigningKeyStore(services.vault);
    const stored = { id: ID, keys: body.keys } as const;
    if (!(await store.replace(sql, context.tenant, stored, context.now)))
      await store.insert(sql, context.tenant, stored, context.now);
    return body;
  }),

  handle(deleteCustomSigning, async ({ services, sql, context }) => {
    await customSigningKeyStore(services.vault).remove(sql, context.tenant, ID);
  }),
];

function checkKey(key: object, index: number): void {
  try {
    createPublicKey({ key: key as Record<string, string>, format: 'jwk' });
  } catch {
    throw invalidBody("Object didn't pass validation for format jwk", `keys.${index}`);
  }
}
