/** Log in with identifier and password. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Authentication, authenticate, FAILURES } from '../../connections/database/authenticate.ts';
import { recordEvent } from '../../logs/events.ts';
import type { Services } from '../../services.ts';
import { notifyBlocked } from '../brute-force-unblock/notify.ts';
import {
  eventOf,
  finishLogin,
  linkTo,
  openStep,
  PasswordChanged,
  posted,
  postedPassword,
  type Step,
  show,
} from '../step.ts';
import { texts } from '../texts.ts';
import { renderLogin } from './page.ts';

export function registerLogin(app: FastifyInstance, services: Services): void {
  app.get('/u/login', async (request, reply) => {
    const step = await openStep(services, request, reply);
    return showLogin(step, { username: step.transaction.params.login_hint });
  });
  app.post('/u/login', async (request, reply) => logIn(await openStep(services, request, reply)));
}

type Problem = { username?: string | undefined; error?: string; fieldErrors?: Record<string, string> };

function showLogin(step: Step, { username, ...problem }: Problem): FastifyReply {
  const { connection, client, view } = step;
  const failed = problem.error !== undefined || problem.fieldErrors !== undefined;
  const markup = renderLogin({
    ...view,
    ...problem,
    clientName: client.name,
    passwordForm: connection !== undefined,
    requiresUsername: connection?.options?.requires_username === true,
    ...(username === undefined ? {} : { username }),
    forgotPasswordUrl: linkTo(step, 'forgot-password'),
    ...(connection?.options?.disable_signup ? {} : { signupUrl: linkTo(step, 'signup') }),
    connections: [],
  });
  return show(step, markup, failed ? 400 : 200);
}

async function logIn(step: Step): Promise<FastifyReply> {
  const { services, request, connection, view } = step;
  const [username, password] = [posted(request, 'username'), postedPassword(request)];
  const { errors } = texts(view, 'login');
  const fieldErrors = {
    ...(username
      ? {}
      : { username: connection?.options?.requires_username ? errors['no-username'] : errors['no-email'] }),
    ...(password ? {} : { password: errors['no-password'] }),
  };
  if (!connection || Object.keys(fieldErrors).length > 0) return showLogin(step, { username, fieldErrors });
  const result = await authenticate(services, step.configuration, request.context, connection, username, password);
  if (!('failure' in result)) {
    return finishLogin(step, result.user, result.proven).catch((error: unknown) => {
      if (!(error instanceof PasswordChanged)) throw error;
      return refuse(step, username, { failure: 'fp', user: result.user });
    });
  }
  return refuse(step, username, result);
}

type Failure = Extract<Authentication, { failure: unknown }>;

async function refuse(step: Step, username: string, result: Failure): Promise<FastifyReply> {
  const { services, request, connection, view } = step;
  const { errors } = texts(view, 'login');
  const { failure, user } = result;
  if (result.reached) await notifyBlocked(services, step.configuration, request.context, user);
  await services.database.write((sql) =>
    recordEvent(sql, request.context, {
      type: failure === 'blocked' ? 'f' : failure,
      description: FAILURES[failure],
      ...eventOf(step),
      user_id: user?.user_id,
      user_name: username,
    }),
  );
  const wrong = connection?.options?.requires_username
    ? errors['wrong-credentials']
    : errors['wrong-email-credentials'];
  if (failure === 'limit_wc' || failure === 'limit_mu')
    return showLogin(step, { username, error: errors['too-many-attempts'] });
  // Only who knows the password learns that the account is blocked.
  return showLogin(step, { username, error: failure === 'blocked' ? errors['user-blocked'] : wrong });
}
