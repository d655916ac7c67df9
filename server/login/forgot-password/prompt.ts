/** Asks for a link to choose a new password. The answer is the same whether or not the address has an account. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { newUser } from '../../api/users/create.ts';
import { linkedLogin } from '../../api/users/linked.ts';
import { findUser } from '../../api/users/store.ts';
import { recordEvent } from '../../logs/events.ts';
import type { Services } from '../../services.ts';
import { isEmail } from '../fields.ts';
import { prepareMailLink } from '../mail-links.ts';
import { eventOf, linkTo, openStep, posted, type Step, show } from '../step.ts';
import { texts } from '../texts.ts';
import { renderForgotPassword } from './page.ts';

/** One hour: whoever asked is waiting for the mail. */
const TTL = 3600;
/** Answers leave at whole multiples of this after a request, in milliseconds: whether a mail was written takes less. */
const TICK = 50;

export function registerForgotPassword(app: FastifyInstance, services: Services): void {
  app.get('/u/forgot-password', async (request, reply) => {
    const step = await openStep(services, request, reply);
    return showForm(step, { email: step.transaction.params.login_hint });
  });
  app.post('/u/forgot-password', async (request, reply) => requestLink(await openStep(services, request, reply)));
}

function showForm(
  step: Step,
  { email, fieldErrors }: { email?: string | undefined; fieldErrors?: Record<string, string> },
): FastifyReply {
  const markup = renderForgotPassword({
    ...step.view,
    status: 'form',
    ...(fieldErrors ? { fieldErrors } : {}),
    ...(email === undefined ? {} : { email }),
    loginUrl: linkTo(step, 'login'),
  });
  return show(step, markup, fieldErrors ? 400 : 200);
}

async function requestLink(step: Step): Promise<FastifyReply> {
  const began = performance.now();
  const { services, request, connection, client, view } = step;
  const { context } = request;
  const email = posted(request, 'email').toLowerCase();
  const { errors } = texts(view, 'reset-password-request');
  if (!email) return showForm(step, { fieldErrors: { email: errors['no-email'] } });
  if (!isEmail(email)) {
    return showForm(step, { email, fieldErrors: { email: errors['invalid-email-format'] } });
  }
  const user = connection && (await findUser(services.database.read, context.tenant, connection.name, 'email', email));
  // The mail is rendered in either case, so that the time tells nothing.
  const write = await prepareMailLink(services, context, step.configuration, {
    name: 'reset_email',
    kind: 'change_password',
    ttl: TTL,
    user: user ? { ...user, email } : newUser({ name: 'nobody' }, { email }, context.now),
    client,
    linked: user && connection && linkedLogin(user, connection.name, email),
  });
  await services.database.write(async (sql) => {
    if (user) await write(sql);
    const known = user
      ? { type: 'scpr' as const }
      : { type: 'fcpr' as const, description: 'There is no user with this address.' };
    await recordEvent(sql, context, { ...known, ...eventOf(step), user_id: user?.user_id, user_name: email });
  });
  services.nudge('mail');
  await sleep(TICK - ((performance.now() - began) % TICK));
  const again = linkTo(step, 'forgot-password');
  return show(
    step,
    renderForgotPassword({ ...view, status: 'sent', email, loginUrl: linkTo(step, 'login'), retryUrl: again }),
  );
}
