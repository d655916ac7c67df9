/** Second factors of a user, by the operations that are older than authentication methods; and the recovery code. */
import { Type } from 'typebox';
import { ApiError } from '../../http/errors.ts';
import { recordEvent } from '../../logs/events.ts';
import { isEnrolled } from '../../mfa/enrollments.ts';
import { type Method, methodsOf, removeMethods, renewRecoveryCode } from '../../mfa/methods.ts';
import { operation } from '../../schema/operation.ts';
import { choice, opt, strict } from '../../schema/types.ts';
import { type Call, handle, type Route } from '../pipeline.ts';
import { requireOwnOr } from './changes.ts';
import { removeRecords } from './records.ts';
import { requireUser, USER_NOT_FOUND, userId } from './require.ts';

const tag = 'Users';

/** The names that enrollments have for kinds of methods. Kinds without one are no enrollments. */
const AUTH_METHODS: Readonly<Record<string, string>> = {
  totp: 'authenticator',
  phone: 'sms',
  'push-notification': 'guardian',
  'webauthn-roaming': 'webauthn-roaming',
  'webauthn-platform': 'webauthn-platform',
};

/** Everything that is a second factor: all kinds but passkeys, which are a way to sign in. */
const SECOND_FACTORS = [...Object.keys(AUTH_METHODS), 'sms', 'voice', 'email', 'recovery-code', 'duo'];

/** What each provider of old stands for. */
const PROVIDERS = { 'google-authenticator': ['totp'], duo: ['duo'] } as const;

const listEnrollments = operation({
  id: 'get_enrollments',
  method: 'GET',
  path: '/users/{id}/enrollments',
  tag,
  summary: 'Get the first second factor that a user confirmed',
  scopes: ['read:users', 'read:current_user'],
  params: userId,
  status: 200,
  response: Type.Array(
    Type.Object({
      id: Type.String(),
      status: choice(['pending', 'confirmed']),
      auth_method: Type.String(),
      name: opt(Type.String()),
      enrolled_at: opt(Type.String()),
    }),
  ),
  errors: USER_NOT_FOUND,
});

const deleteAuthenticators = operation({
  id: 'delete_authenticators',
  method: 'DELETE',
  path: '/users/{id}/authenticators',
  tag,
  summary: 'Remove all second factors of a user',
  scopes: ['delete:guardian_enrollments'],
  params: userId,
  status: 204,
  errors: USER_NOT_FOUND,
});

export const deleteProvider = operation({
  id: 'delete_multifactor_by_provider',
  method: 'DELETE',
  path: '/users/{id}/multifactor/{provider}',
  tag,
  summary: 'Remove the second factors of a provider',
  scopes: ['update:users'],
  params: strict({ ...userId.properties, provider: choice(['duo', 'google-authenticator']) }),
  status: 204,
  errors: USER_NOT_FOUND,
});

const invalidateRememberedBrowsers = operation({
  id: 'post_invalidate-remember-browser',
  method: 'POST',
  path: '/users/{id}/multifactor/actions/invalidate-remember-browser',
  tag,
  summary: 'Forget the browsers that need no second factor',
  scopes: ['update:users'],
  params: userId,
  status: 204,
  errors: USER_NOT_FOUND,
  inert: 'No browser is remembered yet.',
});

const regenerateRecoveryCode = operation({
  id: 'post_recovery-code-regeneration',
  method: 'POST',
  path: '/users/{id}/recovery-code-regeneration',
  tag,
  summary: 'Make a new recovery code in place of the one before',
  scopes: ['update:users'],
  params: userId,
  status: 200,
  response: strict({ recovery_code: Type.String() }),
  errors: { 404: 'inexistent_enrollment' },
});

const clearAssessors = operation({
  id: 'post_clear_assessors',
  method: 'POST',
  path: '/users/{id}/risk-assessments/clear',
  tag,
  summary: 'Forget the devices a user is known by',
  scopes: ['update:users'],
  params: userId,
  body: strict({
    connection: Type.String({ minLength: 1, maxLength: 128 }),
    assessors: Type.Array(choice(['new-device']), { minItems: 1, maxItems: 1 }),
  }),
  status: 204,
  errors: USER_NOT_FOUND,
  inert: 'Devices are not assessed yet.',
});

export const multifactorRoutes: Route[] = [
  handle(listEnrollments, async (call) => {
    requireOwnOr(call.caller, call.params.id, ['read:users']);
    const user = await requireUser(call, call.params.id);
    const methods = await methodsOf(call.sql, call.context.tenant, user.user_id);
    const first = methods.find((method) => method.confirmed && AUTH_METHODS[method.type]);
    return first ? [shownEnrollment(first)] : [];
  }),

  handle(deleteAuthenticators, (call) => forget(call, SECOND_FACTORS)),

  handle(deleteProvider, (call) => forget(call, PROVIDERS[call.params.provider])),

  handle(invalidateRememberedBrowsers, async (call) => {
    const user = await requireUser(call, call.params.id);
    await removeRecords(call.sql, call.context.tenant, 'remembered_browser', user.user_id);
  }),

  handle(regenerateRecoveryCode, async (call) => {
    const { sql, context, services } = call;
    const user = await requireUser(call, call.params.id);
    if (!(await isEnrolled(sql, context.tenant, user.user_id)))
      throw new ApiError(404, 'The user has no second factor.', 'inexistent_enrollment');
    const recovery_code = await renewRecoveryCode(sql, services.vault, context.tenant, user.user_id, context.now);
    return { recovery_code };
  }),

  handle(clearAssessors, async (call) => {
    const user = await requireUser(call, call.params.id);
    if (user.connection !== call.body.connection)
      throw new ApiError(400, 'The user does not belong to the specified connection.', 'invalid_body');
    await removeRecords(call.sql, call.context.tenant, 'known_device', user.user_id);
  }),
];

async function forget(call: Call<typeof deleteAuthenticators>, types: readonly string[]): Promise<void> {
  const { sql, context } = call;
  const { user_id } = await requireUser(call, call.params.id);
  if ((await removeMethods(sql, context.tenant, user_id, types)) === 0) return;
  await recordEvent(sql, context, { type: 'gd_unenroll', description: 'Guardian - Unenroll', user_id });
}

function shownEnrollment(method: Method): Record<string, unknown> {
  return {
    id: method.id.split('|').at(-1)!,
    status: 'confirmed',
    type: method.type,
    auth_method: AUTH_METHODS[method.type],
    name: method.name,
    identifier: method.identifier,
    phone_number: method.phone_number,
    enrolled_at: method.enrolled_at ?? method.created_at,
    last_auth: method.last_auth_at,
  };
}
