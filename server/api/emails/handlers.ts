/** What the operations of `/emails/provider` do. */
import { ApiError } from '../../http/errors.ts';
import { isPlainObject, withChanges, withDefaults } from '../../schema/resource.ts';
import { strict } from '../../schema/types.ts';
import { validator } from '../../schema/validate.ts';
import { invalidBody } from '../invalid.ts';
import { pickFields } from '../lists.ts';
import { handle, type Route, type Where } from '../pipeline.ts';
import { createProvider, deleteProvider, getProvider, updateProvider } from './operations.ts';
import {
  type EmailProvider,
  emailProviderResource,
  PROVIDER_CREDENTIALS,
  type ProviderName,
  SHOWN_CREDENTIALS,
} from './schema.ts';
import { emailProviderStore, type StoredEmailProvider } from './store.ts';

const ID = 'provider';

export const emailRoutes: Route[] = [
  handle(getProvider, async (call) => pickFields(shown(await requireProvider(call)), call.query)),

  handle(createProvider, async (call) => {
    const { services, sql, context, body } = call;
    if (await find(call)) throw new ApiError(409, 'The email provider is already configured', 'email_provider_exists');
    const provider = { ...(withDefaults(emailProviderResource, body) as EmailProvider), id: ID } as StoredEmailProvider;
    checkCredentials(provider);
    await emailProviderStore(services.vault).insert(sql, context.tenant, provider, context.now);
    await services.configurations.touch(sql, context.tenant);
    return shown(provider);
  }),

  handle(updateProvider, async (call) => {
    const { services, sql, context, body } = call;
    if (Object.keys(body).length === 0) throw invalidBody('Too few properties defined (0), minimum 1');
    const current = await requireProvider(call);
    const provider = changed(current, body);
    checkCredentials(provider);
    await emailProviderStore(services.vault).replace(sql, context.tenant, provider, context.now);
    await services.configurations.touch(sql, context.tenant);
    return shown(provider);
  }),

  handle(deleteProvider, async (call) => {
    const { services, sql, context } = call;
    // Recorded: 204 also when there was none, where the description says 404.
    await emailProviderStore(services.vault).remove(sql, context.tenant, ID);
    await services.configurations.touch(sql, context.tenant);
  }),
];

function find({ services, sql, context }: Where): Promise<StoredEmailProvider | undefined> {
  return emailProviderStore(services.vault).get(sql, context.tenant, ID);
}

async function requireProvider(call: Where): Promise<StoredEmailProvider> {
  const provider = await find(call);
  if (!provider) throw new ApiError(404, 'There is not a configured email provider', 'inexistent_email_provider');
  return provider;
}

/**
 * Another provider begins anew: credentials and settings of the one before mean nothing to it. With the same one, what
 * is not sent stays, so that an exported configuration, which lacks the secrets, can be sent back.
 */
function changed(current: StoredEmailProvider, body: Record<string, unknown>): StoredEmailProvider {
  const same = body.name === undefined || body.name === current.name;
  const { settings: _settings, ...bare } = current;
  const before = same ? current : { ...bare, credentials: {} };
  const after = withChanges(emailProviderResource, before, body) as StoredEmailProvider;
  return same ? { ...after, credentials: { ...current.credentials, ...after.credentials } } : after;
}

const checks = Object.fromEntries(
  Object.entries(PROVIDER_CREDENTIALS).map(([name, credentials]) => [name, validator(strict({ credentials }), 'body')]),
);

function checkCredentials({ name, credentials }: EmailProvider): void {
  const problem = checks[name as ProviderName]!({ credentials });
  if (problem) throw new ApiError(400, problem.message, problem.errorCode);
}

function shown({ id: _, ...provider }: StoredEmailProvider): EmailProvider {
  const { credentials } = provider;
  const visible = Object.entries(isPlainObject(credentials) ? credentials : {}).filter(([name]) =>
    SHOWN_CREDENTIALS.includes(name),
  );
  return { ...provider, credentials: Object.fromEntries(visible) };
}
