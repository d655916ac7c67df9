/**
 * Sign up. Whether an address has an account already is told only if the tenant wants it told: otherwise the answer to
 * a taken address has the same words, status and cost as any other failure to make an account.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Connection } from '../../api/connections/schema.ts';
import { addUser, newUser } from '../../api/users/create.ts';
import { passwordOptions } from '../../api/users/passwords.ts';
import { noteSignup } from '../../connections/database/attempts.ts';
import { hashPassword } from '../../connections/database/hash.ts';
import { checkPassword, passwordRules } from '../../connections/database/policy.ts';
import { recordEvent } from '../../logs/events.ts';
import type { Services } from '../../services.ts';
import { UniqueViolation } from '../../storage/database.ts';
import { isEmail } from '../fields.ts';
import { passwordError } from '../password-errors.ts';
import { eventOf, finishLogin, linkTo, openStep, posted, postedPassword, type Step, show } from '../step.ts';
import { fill, texts } from '../texts.ts';
import { prepareUnaskedVerification } from '../verify-email/request.ts';
import { renderSignup } from './page.ts';

export function registerSignup(app: FastifyInstance, services: Services): void {
  app.get('/u/signup', async (request, reply) => {
    const step = await openStep(services, request, reply);
    if (!canSignUp(step)) return reply.redirect(linkTo(step, 'login'), 303);
    return showSignup(step, { email: step.transaction.params.login_hint });
  });
  app.post('/u/signup', async (request, reply) => {
    const step = await openStep(services, request, reply);
    if (!canSignUp(step)) return showSignup(step, { error: texts(step.view, 'signup').errors['signup-disabled'] });
    return signUp(step, step.connection!);
  });
}

function canSignUp({ connection }: Step): boolean {
  return connection !== undefined && connection.options?.disable_signup !== true;
}

type Problem = { email?: string | undefined; username?: string; error?: string; fieldErrors?: Record<string, string> };

function showSignup(step: Step, { email, ...rest }: Problem): FastifyReply {
  const failed = rest.error !== undefined || rest.fieldErrors !== undefined;
  const markup = renderSignup({
    ...step.view,
    ...rest,
    ...(email === undefined ? {} : { email }),
    clientName: step.client.name,
    requiresUsername: step.connection?.options?.requires_username === true,
    rules: step.connection ? passwordRules(passwordOptions(step.connection)) : [],
    loginUrl: linkTo(step, 'login'),
    connections: [],
  });
  return show(step, markup, failed ? 400 : 200);
}

const USERNAME = /^[\w+\-.!#$^`~@']+$/;

async function signUp(step: Step, connection: Connection): Promise<FastifyReply> {
  const { services, request, view, client } = step;
  const [email, username, password] = [posted(request, 'email'), posted(request, 'username'), postedPassword(request)];
  const typed = { email, username };
  const fieldErrors = check(step, connection, typed, password);
  if (Object.keys(fieldErrors).length > 0) return showSignup(step, { ...typed, fieldErrors });

  if (await noteSignup(services, step.configuration, request.context)) {
    return showSignup(step, { ...typed, error: texts(view, 'signup').errors['too-many-attempts'] });
  }
  const { tenant, now } = request.context;
  const named = connection.options?.requires_username ? { username } : {};
  const user = newUser(connection, { email: email.toLowerCase(), ...named }, now);
  // All that takes time is done whether or not the address is taken.
  const [hash, verification] = await Promise.all([
    hashPassword(password),
    prepareUnaskedVerification(services, request.context, step.configuration, user, client),
  ]);
  try {
    return await finishLogin(step, user, async (sql) => {
      await addUser(sql, tenant, user, hash, now);
      await verification(sql);
      await recordEvent(sql, request.context, {
        type: 'ss',
        ...eventOf(step),
        user_id: user.user_id,
        user_name: email,
      });
    });
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
    await services.database.write((sql) =>
      recordEvent(sql, request.context, {
        type: 'fs',
        description: 'The user already exists.',
        ...eventOf(step),
        user_name: email,
      }),
    );
    const flags = step.configuration.settings.flags as { enable_public_signup_user_exists_error?: boolean } | undefined;
    const { errors } = texts(view, 'signup');
    const told = flags?.enable_public_signup_user_exists_error ? errors['email-in-use'] : errors['server-error'];
    return showSignup(step, { ...typed, error: told });
  } finally {
    services.nudge('mail');
  }
}

function check(
  step: Step,
  connection: Connection,
  { email, username }: { email: string; username: string },
  password: string,
): Record<string, string> {
  const { errors } = texts(step.view, 'signup');
  const found: Record<string, string> = {};
  if (!email) found.email = errors['no-email'];
  else if (!isEmail(email)) found.email = errors['invalid-email-format'];
  const { min = 1, max = 15 } = connection.options?.validation?.username ?? {};
  if (connection.options?.requires_username) {
    const fits = username.length >= min && username.length <= max && USERNAME.test(username) && !isEmail(username);
    if (!fits) found.username = fill(errors['invalid-username'], { min, max });
  }
  if (!password) found.password = errors['no-new-password'];
  else {
    const [problem] = checkPassword(password, passwordOptions(connection), { email, username });
    if (problem) found.password = passwordError(step.view, 'signup', problem);
  }
  return found;
}
