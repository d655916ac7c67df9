/** What the operations of `/verifiable-credentials/verification/templates` do. */
import { ApiError } from '../../http/errors.ts';
import { randomAlphanumeric } from '../../keys/secrets.ts';
import { withChanges, withDefaults } from '../../schema/resource.ts';
import { listCollection } from '../lists.ts';
import { handle, type Route, type Where } from '../pipeline.ts';
import { createVcTemplate, deleteVcTemplate, getVcTemplate, listVcTemplates, updateVcTemplate } from './operations.ts';
import { type VcTemplate, vcTemplateResource } from './schema.ts';
import { vcTemplateStore } from './store.ts';

const PAGE = 50;

export const verifiableCredentialRoutes: Route[] = [
  handle(listVcTemplates, ({ services, sql, context, query }) =>
    listCollection(sql, context.tenant, vcTemplateStore(services.vault), vcTemplateResource, { take: PAGE, ...query }),
  ),

  handle(createVcTemplate, async (call) => {
    const { services, sql, context, body } = call;
    await requireFreeName(call, body.name as string);
    const instant = new Date(context.now).toISOString();
    const template: VcTemplate = {
      ...(withDefaults(vcTemplateResource, body) as VcTemplate),
      id: `vct_${randomAlphanumeric(16)}`,
      created_at: instant,
      updated_at: instant,
    };
    await vcTemplateStore(services.vault).insert(sql, context.tenant, template, context.now);
    return template;
  }),

  handle(getVcTemplate, requireTemplate),

  handle(updateVcTemplate, async (call) => {
    const { services, sql, context, body } = call;
    const current = await requireTemplate(call);
    const changed = withChanges(vcTemplateResource, current, body) as VcTemplate;
    if (changed.name !== current.name) await requireFreeName(call, changed.name);
    const template = { ...changed, updated_at: new Date(context.now).toISOString() };
    await vcTemplateStore(services.vault).replace(sql, context.tenant, template, context.now);
    return template;
  }),

  handle(deleteVcTemplate, async ({ services, sql, context, params }) => {
    await vcTemplateStore(services.vault).remove(sql, context.tenant, params.id);
  }),
];

async function requireTemplate({
  services,
  sql,
  context,
  params,
}: Where & { readonly params: { readonly id: string } }): Promise<VcTemplate> {
  const template = await vcTemplateStore(services.vault).get(sql, context.tenant, params.id);
  if (!template) throw new ApiError(404, 'The template does not exist.', 'inexistent_template');
  return template;
}

async function requireFreeName({ services, sql, context }: Where, name: string): Promise<void> {
  if (await vcTemplateStore(services.vault).find(sql, context.tenant, 'name', name))
    throw new ApiError(409, 'A template with this name already exists', 'template_exists');
}
