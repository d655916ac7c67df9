/** What the operations of `/email-templates` do. A template that no mail could be written with is refused here. */
import { ApiError } from '../../http/errors.ts';
import { mailTemplates, templateProblem } from '../../mail/templates.ts';
import { withChanges } from '../../schema/resource.ts';
import { invalidBody } from '../invalid.ts';
import { handle, type Route, type Where } from '../pipeline.ts';
import { createTemplate, getTemplate, setTemplate, updateTemplate } from './operations.ts';
import { type EmailTemplate, emailTemplateResource, type TemplateName } from './schema.ts';
import { emailTemplateStore } from './store.ts';

export const emailTemplateRoutes: Route[] = [
  handle(
    createTemplate,
    async (call) => {
      const { services, sql, context } = call;
      const template = call.body as EmailTemplate;
      const store = emailTemplateStore(services.vault);
      if (await store.get(sql, context.tenant, template.template))
        throw new ApiError(409, `Template ${template.template} already exists`, 'email_template_exists');
      await store.insert(sql, context.tenant, template, context.now);
      await services.configurations.touch(sql, context.tenant);
      return template;
    },
    checkBody,
  ),

  handle(getTemplate, async (call) => requireTemplate(call, call.params.templateName)),

  handle(
    updateTemplate,
    async (call) => {
      const name = call.params.templateName;
      return save(call, name, withChanges(emailTemplateResource, await requireTemplate(call, name), call.body));
    },
    checkBody,
  ),

  handle(
    setTemplate,
    async (call) => {
      const name = call.params.templateName;
      await requireTemplate(call, name);
      return save(call, name, call.body as EmailTemplate);
    },
    checkBody,
  ),
];

/** What a fresh tenant has, as recorded: the mail that confirms an address, and a welcome that is not sent. */
const FRESH: Partial<Record<TemplateName, EmailTemplate>> = {
  verify_email: {
    template: 'verify_email',
    body: mailTemplates.verify_email.html,
    from: '',
    subject: '',
    syntax: 'liquid',
    urlLifetimeInSeconds: 432_000,
    enabled: true,
  },
  welcome_email: {
    template: 'welcome_email',
    body: mailTemplates.welcome_email.html,
    from: '',
    resultUrl: '',
    subject: '',
    syntax: 'liquid',
    urlLifetimeInSeconds: 3600,
    enabled: false,
  },
};

async function requireTemplate({ services, sql, context }: Where, name: TemplateName): Promise<EmailTemplate> {
  const template = (await emailTemplateStore(services.vault).get(sql, context.tenant, name)) ?? FRESH[name];
  if (!template) throw new ApiError(404, 'The template does not exist.', 'inexistent_email_template');
  return template;
}

async function save({ services, sql, context }: Where, name: TemplateName, template: EmailTemplate) {
  if (template.template !== name)
    throw new ApiError(400, 'The template of the body is not the one of the address', 'invalid_body');
  const store = emailTemplateStore(services.vault);
  if (!(await store.replace(sql, context.tenant, template, context.now)))
    await store.insert(sql, context.tenant, template, context.now);
  await services.configurations.touch(sql, context.tenant);
  return template;
}

const LIQUID = ['body', 'from', 'subject', 'resultUrl'] as const;

async function checkBody({ body }: { readonly body: Record<string, unknown> }): Promise<undefined> {
  if (typeof body.syntax === 'string' && body.syntax !== 'liquid')
    throw invalidBody(`No enum match for: ${body.syntax}`, 'syntax');
  for (const name of LIQUID) {
    const text = body[name];
    const problem = typeof text === 'string' ? await templateProblem(text) : undefined;
    if (problem) throw invalidBody(problem, name);
  }
}
