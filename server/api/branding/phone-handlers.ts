/** What the operations of `/branding/phone` do. */
import { ApiError } from '../../http/errors.ts';
import { randomAlphanumeric } from '../../keys/secrets.ts';
import { renderText, templateProblem } from '../../mail/templates.ts';
import { PAUSE, PhoneError, type PhoneProvider, sendToPhone } from '../../phone/send.ts';
import { PHONE_TEXTS, type PhoneOccasion } from '../../phone/texts.ts';
import { withChanges, withDefaults } from '../../schema/resource.ts';
import type { Services } from '../../services.ts';
import { invalidBody } from '../invalid.ts';
import { type Call, handle, type Route, type Where } from '../pipeline.ts';
import {
  createPhoneProvider,
  createPhoneTemplate,
  deletePhoneProvider,
  deletePhoneTemplate,
  getPhoneProvider,
  getPhoneTemplate,
  listPhoneProviders,
  listPhoneTemplates,
  resetPhoneTemplate,
  tryPhoneProvider,
  tryPhoneTemplate,
  updatePhoneProvider,
  updatePhoneTemplate,
} from './phone-operations.ts';
import {
  type PhoneProviderDocument,
  type PhoneTemplate,
  phoneProviderResource,
  phoneTemplateResource,
} from './phone-schema.ts';
import { phoneProviderStore, phoneTemplates } from './phone-store.ts';

export const phoneRoutes: Route[] = [
  handle(listPhoneProviders, async ({ services, sql, context, query }) => {
    const all = await phoneProviderStore(services.vault).list(sql, context.tenant);
    return { providers: all.filter(isLike(query)).map(shown) };
  }),

  handle(createPhoneProvider, async ({ services, sql, context, body }) => {
    const { tenant, now } = context;
    const store = phoneProviderStore(services.vault);
    const at = new Date(now).toISOString();
    const provider = {
      ...withDefaults(phoneProviderResource, body),
      id: `pro_${randomAlphanumeric(22)}`,
      tenant,
      channel: 'phone',
      created_at: at,
      updated_at: at,
    } as PhoneProviderDocument;
    checkProvider(provider);
    if (await store.find(sql, tenant, 'channel', 'phone'))
      throw new ApiError(409, 'The tenant has a phone provider already', 'phone_provider_conflict');
    await store.insert(sql, tenant, provider, now);
    return shown(provider);
  }),

  handle(getPhoneProvider, async (call) => shown(await requireProvider(call, call.params.id))),

  handle(updatePhoneProvider, async (call) => {
    const { services, sql, context, body } = call;
    const current = await requireProvider(call, call.params.id);
    const provider = {
      ...withChanges(phoneProviderResource, current, body),
      updated_at: new Date(context.now).toISOString(),
    } as PhoneProviderDocument;
    checkProvider(provider);
    await phoneProviderStore(services.vault).replace(sql, context.tenant, provider, context.now);
    return shown(provider);
  }),

  handle(deletePhoneProvider, async (call) => {
    const { services, sql, context, params } = call;
    if (!(await phoneProviderStore(services.vault).remove(sql, context.tenant, params.id))) throw noProvider();
  }),

  handle(
    tryPhoneProvider,
    async () => ({ code: 202, message: 'The message was handed over.' }),
    async (call) => {
      const { to, delivery_method: delivery = 'text' } = call.body;
      const provider = await requireProvider(call, call.params.id);
      const text = `This is a test message of ${nameOf(call)}.`;
      await send(call.services, provider, { to, delivery, text });
    },
  ),

  handle(listPhoneTemplates, async ({ sql, context, query }) => ({
    templates: (await phoneTemplates.list(sql, context.tenant)).filter(isLike(query)),
  })),

  handle(
    createPhoneTemplate,
    async ({ sql, context, body }) => {
      const { tenant, now } = context;
      const { type, content } = body as Pick<PhoneTemplate, 'type' | 'content'>;
      if (await phoneTemplates.find(sql, tenant, 'type', type))
        throw new ApiError(409, `There is a phone template for ${type} already`, 'phone_template_conflict');
      const at = new Date(now).toISOString();
      const template = {
        ...withDefaults(phoneTemplateResource, body),
        id: `tem_${randomAlphanumeric(22)}`,
        tenant,
        channel: 'phone',
        content: complete(type, content),
        created_at: at,
        updated_at: at,
      } as PhoneTemplate;
      await phoneTemplates.insert(sql, tenant, template, now);
      return template;
    },
    checkWords,
  ),

  handle(getPhoneTemplate, (call) => requireTemplate(call, call.params.id)),

  handle(
    updatePhoneTemplate,
    async (call) => {
      const { body } = call as { body: { content?: PhoneTemplate['content']; disabled?: boolean } };
      const current = await requireTemplate(call, call.params.id);
      const content = {
        ...current.content,
        ...body.content,
        body: { ...current.content.body, ...body.content?.body },
      };
      return replace(call, { ...current, disabled: body.disabled ?? current.disabled, content });
    },
    checkWords,
  ),

  handle(deletePhoneTemplate, async ({ sql, context, params }) => {
    if (!(await phoneTemplates.remove(sql, context.tenant, params.id))) throw noTemplate();
  }),

  handle(resetPhoneTemplate, async (call) => {
    const current = await requireTemplate(call, call.params.id);
    return replace(call, { ...current, content: complete(current.type, undefined) });
  }),

  handle(
    tryPhoneTemplate,
    async () => ({ message: 'The message was handed over.' }),
    async (call) => {
      const { to, delivery_method: delivery = 'text' } = call.body;
      const { type, content } = await requireTemplate(call, call.params.id);
      const provider = await phoneProviderStore(call.services.vault).find(
        call.sql,
        call.context.tenant,
        'channel',
        'phone',
      );
      if (!provider) throw new ApiError(400, 'The tenant has no phone provider', 'operation_not_supported');
      const words = content.body?.[delivery === 'voice' ? 'voice' : 'text'] ?? PHONE_TEXTS[type][delivery];
      const text = await renderText(words, sample(call)).catch((error: Error) => {
        throw new ApiError(400, `The template cannot be filled in: ${error.message.split('\n')[0]}`, 'invalid_body');
      });
      await send(call.services, provider, { to, delivery, text, from: content.from });
    },
  ),
];

function isLike({ disabled }: { disabled?: boolean }) {
  return (doc: { disabled?: boolean | null }) => disabled === undefined || (doc.disabled ?? false) === disabled;
}

function shown({ credentials: _credentials, ...provider }: PhoneProviderDocument): unknown {
  return provider;
}

/** Twilio needs an account, its key, and a number or a service that has numbers. Worded as recorded. */
function checkProvider({ name, configuration, credentials }: PhoneProviderDocument): void {
  if (name !== 'twilio') return;
  if (!configuration?.sid) throw invalidBody('Missing required property: sid', 'configuration');
  if (!credentials?.auth_token) throw invalidBody('Missing required property: auth_token', 'credentials');
  if (!configuration.default_from && !configuration.mssid)
    throw new ApiError(400, 'Bad Operation on Notification Resource');
}

async function requireProvider({ services, sql, context }: Where, id: string): Promise<PhoneProviderDocument> {
  const provider = await phoneProviderStore(services.vault).get(sql, context.tenant, id);
  if (!provider) throw noProvider();
  return provider;
}

async function requireTemplate({ sql, context }: Where, id: string): Promise<PhoneTemplate> {
  const template = await phoneTemplates.get(sql, context.tenant, id);
  if (!template) throw noTemplate();
  return template;
}

async function replace({ sql, context }: Where, changed: PhoneTemplate): Promise<PhoneTemplate> {
  const template = { ...changed, updated_at: new Date(context.now).toISOString() };
  await phoneTemplates.replace(sql, context.tenant, template, context.now);
  return template;
}

function noProvider(): ApiError {
  return new ApiError(404, 'The phone provider does not exist', 'inexistent_phone_provider');
}

function noTemplate(): ApiError {
  return new ApiError(404, 'The phone template does not exist', 'inexistent_phone_template');
}

/** What is not given is ours. */
function complete(type: PhoneOccasion, content: PhoneTemplate['content'] | undefined): PhoneTemplate['content'] {
  return { syntax: 'liquid', ...content, body: { ...PHONE_TEXTS[type], ...content?.body } };
}

/** A template that is no Liquid would fail when it is needed. */
async function checkWords({ body }: { body: Record<string, unknown> }): Promise<undefined> {
  const words = (body.content as PhoneTemplate['content'] | undefined)?.body ?? {};
  for (const [name, text] of Object.entries(words)) {
    const problem = await templateProblem(text as string);
    if (problem) throw invalidBody(problem, `content.body.${name}`);
  }
}

function nameOf({ configuration: { settings } }: Pick<Call, 'configuration'>): string {
  return typeof settings.friendly_name === 'string' && settings.friendly_name ? settings.friendly_name : 'Latchkey';
}

/** Values for a message that is only a trial. */
function sample(call: Pick<Call, 'configuration' | 'context'>): Record<string, unknown> {
  return {
    code: '123456',
    friendly_name: nameOf(call),
    pause: PAUSE,
    tenant: { name: call.context.tenant, friendly_name: nameOf(call) },
    user: { source_ip: call.context.ip, email: 'person@example.com' },
  };
}

async function send(
  { config }: Services,
  provider: PhoneProviderDocument,
  message: Parameters<typeof sendToPhone>[2],
): Promise<void> {
  if (provider.disabled) throw new ApiError(400, 'The phone provider is disabled', 'operation_not_supported');
  try {
    await sendToPhone(config, provider as PhoneProvider, message);
  } catch (error) {
    if (error instanceof PhoneError) throw new ApiError(400, error.message, 'phone_provider_error');
    throw error;
  }
}
