/** Enrollments: the second factors that people have, and links by which they add one. */
import { Type } from 'typebox';
import { ApiError } from '../../http/errors.ts';
import { randomSecret } from '../../keys/secrets.ts';
import { prepareMailLink, ticketUrl, writeTicket } from '../../login/mail-links.ts';
import { findEnrollment, removeEnrollment } from '../../mfa/enrollments.ts';
import { operation } from '../../schema/operation.ts';
import { choice, opt, strict } from '../../schema/types.ts';
import { readSingleton } from '../../tenants/singletons.ts';
import { issuerOfLinks } from '../custom-domains/links.ts';
import { type Call, handle, type Route } from '../pipeline.ts';
import { getUser } from '../users/store.ts';
import { factors } from './schema.ts';

const tag = 'Guardian';
const params = strict({ id: Type.String({ maxLength: 255 }) });
const NOT_FOUND = { 404: 'inexistent_enrollment' };
const text = Type.String();

/** Five days, in seconds. */
const TTL = 432_000;

const getEnrollment = operation({
  id: 'get_enrollments_by_id',
  method: 'GET',
  path: '/guardian/enrollments/{id}',
  tag,
  summary: 'Get an enrollment',
  scopes: ['read:guardian_enrollments'],
  params,
  status: 200,
  response: strict({
    id: text,
    status: choice(['pending', 'confirmed']),
    name: opt(text),
    identifier: opt(text),
    phone_number: opt(text),
    enrolled_at: opt(text),
    last_auth: opt(text),
  }),
  errors: NOT_FOUND,
});

const deleteEnrollment = operation({
  id: 'delete_enrollments_by_id',
  method: 'DELETE',
  path: '/guardian/enrollments/{id}',
  tag,
  summary: 'Delete an enrollment',
  scopes: ['delete:guardian_enrollments'],
  params,
  status: 204,
  errors: NOT_FOUND,
});

const createTicket = operation({
  id: 'post_ticket',
  method: 'POST',
  path: '/guardian/enrollments/ticket',
  tag,
  summary: 'Create a link to add a second factor',
  scopes: ['create:guardian_enrollment_tickets'],
  body: strict({
    user_id: Type.String({ minLength: 1, maxLength: 1024 }),
    email: opt(Type.String({ maxLength: 320, format: 'email' })),
    send_mail: opt(Type.Boolean()),
    email_locale: opt(Type.String({ maxLength: 20 })),
    factor: opt(choice(['push-notification', 'phone', 'email', 'otp', 'webauthn-roaming', 'webauthn-platform'])),
    allow_multiple_enrollments: opt(Type.Boolean()),
  }),
  status: 200,
  response: strict({ ticket_id: text, ticket_url: text }),
  errors: { 404: 'inexistent_user' },
});

export const enrollmentRoutes: Route[] = [
  handle(getEnrollment, async ({ sql, context, params }) => {
    const enrollment = await findEnrollment(sql, context.tenant, params.id);
    if (!enrollment) throw noEnrollment();
    return enrollment;
  }),

  handle(deleteEnrollment, async ({ sql, context, params }) => {
    if ((await removeEnrollment(sql, context.tenant, params.id)) === undefined) throw noEnrollment();
  }),

  handle(
    createTicket,
    async ({ sql, prepared }) => {
      await prepared.write(sql);
      return prepared.answer;
    },
    prepareTicket,
  ),
];

function noEnrollment(): ApiError {
  return new ApiError(404, 'The enrollment does not exist', 'inexistent_enrollment');
}

/** The mail is rendered before the unit of work. */
async function prepareTicket(call: Call<typeof createTicket>) {
  const { services, sql, context, configuration, body } = call;
  const user = await getUser(sql, context.tenant, body.user_id);
  if (!user) throw new ApiError(404, 'The user does not exist.', 'inexistent_user');
  await requireFactor(call);
  const issuer = await issuerOfLinks(call);
  const secret = randomSecret(32);
  const data = { allow_multiple_enrollments: body.allow_multiple_enrollments ?? false };
  const answer = { ticket_id: secret, ticket_url: ticketUrl(issuer, 'mfa_enrollment', secret) };
  if (!body.send_mail) {
    const ticket = { kind: 'mfa_enrollment', secret, userId: user.user_id, ttl: TTL, data } as const;
    return { answer, write: (unit: Call['sql']) => writeTicket(unit, context, ticket) };
  }
  const email = body.email ?? user.email;
  if (!email) throw new ApiError(400, 'The user does not have an email address.', 'invalid_body');
  const mail = await prepareMailLink(services, context, configuration, {
    name: 'enrollment_email',
    kind: 'mfa_enrollment',
    ttl: TTL,
    user: { ...user, email },
    client: undefined,
    issuer,
    secret,
    data,
  });
  return {
    answer,
    write: async (unit: Call['sql']) => {
      await mail(unit);
      unit.afterCommit(() => services.nudge('mail'));
    },
  };
}

/** Authenticator apps are what a person can add by a link; the factor must be on. */
async function requireFactor({ services, sql, context, body }: Call<typeof createTicket>): Promise<void> {
  if (body.factor !== undefined && body.factor !== 'otp') {
    throw new ApiError(
      400,
      `The factor ${body.factor} cannot be added by a link yet; there is: otp`,
      'operation_not_supported',
    );
  }
  const { enabled } = await readSingleton(services, sql, context.tenant, factors);
  if (!enabled.otp) throw new ApiError(400, 'The factor otp is not enabled', 'factor_not_enabled');
}
