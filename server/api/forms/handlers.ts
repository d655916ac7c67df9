/** What the operations of `/forms` do. Presenting forms is not theirs. */
import { ApiError } from '../../http/errors.ts';
import { randomAlphanumeric } from '../../keys/secrets.ts';
import { isPlainObject, withChanges, withDefaults } from '../../schema/resource.ts';
import { flowStore } from '../flows/store.ts';
import { invalidBody } from '../invalid.ts';
import { isHydrated, pageAnswer, pageOf } from '../lists.ts';
import { handle, type Route, type Where } from '../pipeline.ts';
import { createForm, deleteForm, getForm, listForms, updateForm } from './operations.ts';
import { type Form, type FormNode, flowsOf, formResource } from './schema.ts';
import { formStore } from './store.ts';

/** What lists show of a form. */
const BRIEF = new Set(['id', 'name', 'created_at', 'updated_at', 'embedded_at', 'submitted_at']);

export const formRoutes: Route[] = [
  handle(listForms, async (call) => {
    const { services, sql, context, query } = call;
    const store = formStore(services.vault);
    const forms = await store.list(sql, context.tenant, pageOf(query));
    const shown = [];
    for (const form of forms) {
      const brief = Object.fromEntries(Object.entries(form).filter(([name]) => BRIEF.has(name)));
      // Recorded: lists count the flows whether that is asked for or not.
      shown.push({ ...brief, flow_count: flowsOf(form).length, ...(await usage(call, form)) });
    }
    return pageAnswer(query, 'forms', shown, query.include_totals ? await store.count(sql, context.tenant) : 0);
  }),

  handle(createForm, async (call) => {
    const { services, sql, context } = call;
    const at = new Date(context.now).toISOString();
    const body = withDefaults(formResource, call.body) as Form;
    const form: Form = { ...body, id: `ap_${randomAlphanumeric(22)}`, created_at: at, updated_at: at };
    await requireSound(call, form, []);
    await formStore(services.vault).insert(sql, context.tenant, form, context.now);
    await services.configurations.touch(sql, context.tenant);
    return shownForm(form);
  }),

  handle(getForm, async (call) => {
    const form = await requireForm(call);
    return { ...shownForm(form), ...(await usage(call, form)) };
  }),

  handle(updateForm, async (call) => {
    const { services, sql, context } = call;
    const current = await requireForm(call);
    const form = withChanges(formResource, current, call.body) as Form;
    form.updated_at = new Date(context.now).toISOString();
    await requireSound(call, form, flowsOf(current));
    await formStore(services.vault).replace(sql, context.tenant, form, context.now);
    await services.configurations.touch(sql, context.tenant);
    return shownForm(form);
  }),

  handle(deleteForm, async ({ services, sql, context, params }) => {
    await formStore(services.vault).remove(sql, context.tenant, params.id);
    await services.configurations.touch(sql, context.tenant);
  }),
];

async function requireForm(call: Where & { readonly params: unknown }): Promise<Form> {
  const { id } = call.params as { id: string };
  const form = await formStore(call.services.vault).get(call.sql, call.context.tenant, id);
  if (!form) throw new ApiError(404, 'Form not found');
  return form;
}

/** Nodes are told apart by their ids; flows exist, unless the form named them while they did. */
async function requireSound({ services, sql, context }: Where, form: Form, known: readonly string[]): Promise<void> {
  const ids = ((form.nodes ?? []) as FormNode[]).map(({ id }) => id);
  if (new Set(ids).size < ids.length) throw invalidBody('The id of a node is its own', 'nodes');
  for (const id of flowsOf(form)) {
    if (known.includes(id)) continue;
    if (!(await flowStore(services.vault).get(sql, context.tenant, id)))
      throw invalidBody(`Flow ${id} does not exist`, 'nodes');
  }
}

/** What the query asks for of the flows that a form uses. */
async function usage({ services, sql, context, query }: Where & { readonly query: unknown }, form: Form) {
  const asked = query as { hydrate?: string | string[] };
  const links = [];
  for (const id of isHydrated(asked, 'links') ? flowsOf(form) : []) {
    const flow = await flowStore(services.vault).get(sql, context.tenant, id);
    if (flow) links.push({ id, name: flow.name });
  }
  return {
    ...(isHydrated(asked, 'flow_count') && { flow_count: flowsOf(form).length }),
    ...(isHydrated(asked, 'links') && { links: { flows: links } }),
  };
}

/** Recorded: what is empty is not shown. */
function shownForm(form: Form): object {
  return Object.fromEntries(Object.entries(form).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return isPlainObject(value) && Object.keys(value).length === 0;
}
