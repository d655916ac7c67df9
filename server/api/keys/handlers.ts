/** What the operations of `/keys/signing` do: look at the keys, rotate them, revoke one that no longer signs. */
import { createHash, X509Certificate } from 'node:crypto';
import { ApiError } from '../../http/errors.ts';
import { pkcs7Of } from '../../keys/pkcs7.ts';
import {
  generateSigningKey,
  listSigningKeys,
  type NewKey,
  revokeSigningKey,
  rotateSigningKeys,
} from '../../keys/signing.ts';
import type { SigningKeyTable } from '../../storage/tables.ts';
import { type Call, handle, type Route } from '../pipeline.ts';
import { getKey, listKeys, revokeKey, rotateKeys } from './operations.ts';
import type { SigningKeyAnswer } from './schema.ts';

/** The order in which keys are shown: what signs, what will, what did. */
const ORDER = { current: 0, next: 1, previous: 2, revoked: 3 } as const;

export const keyRoutes: Route[] = [
  handle(listKeys, async ({ sql, context }) => {
    const keys = await listSigningKeys(sql, context.tenant);
    return keys.toSorted((a, b) => ORDER[a.status] - ORDER[b.status]).map(shown);
  }),

  handle(getKey, async (call) => shown(await requireKey(call))),

  handle(
    rotateKeys,
    async ({ services, sql, context, prepared }) => {
      await rotateSigningKeys(sql, services.vault, context.tenant, prepared, context.now);
      await services.configurations.touch(sql, context.tenant);
      return { kid: prepared.kid, cert: prepared.certificate };
    },
    prepareRotation,
  ),

  handle(revokeKey, async (call) => {
    const { services, sql, context, params } = call;
    const key = await requireKey(call);
    if (key.status === 'current' || key.status === 'next')
      throw new ApiError(400, 'Only a previous key can be revoked: rotate first', 'operation_not_supported');
    await revokeSigningKey(sql, context.tenant, params.kid, context.now);
    await services.configurations.touch(sql, context.tenant);
    return { kid: key.kid, cert: key.certificate };
  }),
];

/** Making a key takes long, and rotating takes both scopes, where the pipeline asks for one. */
async function prepareRotation(call: Call<typeof rotateKeys>): Promise<NewKey> {
  const missing = rotateKeys.scopes.find((scope) => !call.caller.scope.includes(scope));
  if (missing) throw new ApiError(403, `Insufficient scope, expected any of: ${missing}`, 'insufficient_scope');
  return generateSigningKey(call.configuration.domain, call.context.now);
}

async function requireKey(
  call: Pick<Call, 'sql' | 'context'> & { readonly params: { readonly kid: string } },
): Promise<SigningKeyTable> {
  const keys = await listSigningKeys(call.sql, call.context.tenant);
  const key = keys.find(({ kid }) => kid === call.params.kid);
  if (!key) throw new ApiError(404, 'The signing key does not exist', 'inexistent_signing_key');
  return key;
}

function shown(key: SigningKeyTable): SigningKeyAnswer {
  const der = new X509Certificate(key.certificate).raw;
  const thumbprint = createHash('sha1').update(der).digest('hex').toUpperCase();
  const instant = (at: number) => new Date(at).toISOString();
  return {
    kid: key.kid,
    cert: key.certificate,
    pkcs7: pkcs7Of(der),
    ...(key.status === 'revoked' ? { revoked: true } : { [key.status]: true }),
    ...(key.current_since === null ? {} : { current_since: instant(key.current_since) }),
    ...(key.rotated_at === null ? {} : { current_until: instant(key.rotated_at) }),
    fingerprint: thumbprint.match(/../g)!.join(':'),
    thumbprint,
    ...(key.revoked_at === null ? {} : { revoked_at: instant(key.revoked_at) }),
  };
}
