/** Forms: pages that ask for something on the way, step by step, and what leads from one to the next. */
import { Type } from 'typebox';
import { oneKind } from '../../schema/kinds.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { anyObject, choice, opt, strict } from '../../schema/types.ts';
import { flowId } from '../flows/schema.ts';
import { type FormComponent, formComponent, formPartId, nodePointer } from './components.ts';

const NOT_SHOWN = 'Kept and shown; no form is presented yet.';
const text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const texts = Type.Record(Type.String(), text(255));
const place = Type.Integer({ minimum: -999_999, maximum: 999_999 });
const coordinates = opt(strict({ x: place, y: place }));
const languages = strict({ primary: opt(text(55)), default: opt(text(55)) });

const common = { id: formPartId, coordinates, alias: opt(text(150)) };
const rule = strict({
  id: formPartId,
  alias: opt(text(150)),
  condition: Type.Unsafe<unknown>({}),
  next_node: opt(nodePointer),
});

const node = oneKind('type', {
  FLOW: strict({
    ...common,
    type: choice(['FLOW']),
    config: strict({ flow_id: flowId, next_node: opt(nodePointer) }),
  }),
  ROUTER: strict({
    ...common,
    type: choice(['ROUTER']),
    config: opt(strict({ rules: opt(Type.Array(rule, { maxItems: 1000 })), fallback: opt(nodePointer) })),
  }),
  STEP: strict({
    ...common,
    type: choice(['STEP']),
    config: opt(
      strict({ components: opt(Type.Array(formComponent, { maxItems: 1000 })), next_node: opt(nodePointer) }),
    ),
  }),
});

export type FormNode = {
  id: string;
  type: 'FLOW' | 'ROUTER' | 'STEP';
  config?: { flow_id?: string; components?: FormComponent[] };
};

export const formResource = resource({
  name: 'Form',
  plural: 'forms',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true, description: 'Identifier of the form' }),
    name: field(Type.String({ minLength: 1, maxLength: 150 }), {
      required: true,
      always: true,
      description: 'Name of the form',
    }),
    messages: field(strict({ errors: opt(texts), custom: opt(texts) }), {
      nullable: 'remove',
      inert: NOT_SHOWN,
      description: 'Texts of your own, for errors and for the rest',
    }),
    languages: field(languages, { nullable: 'remove', inert: NOT_SHOWN, description: 'Languages of the form' }),
    translations: field(Type.Record(Type.String(), anyObject()), {
      nullable: 'remove',
      inert: NOT_SHOWN,
      description: 'Texts by language',
    }),
    nodes: field(Type.Array(node, { maxItems: 1000 }), {
      nullable: 'remove',
      // Keys of other services are among the components: sealed, and masked in log events.
      secret: true,
      inert: NOT_SHOWN,
      description: 'Steps, flows and routers',
    }),
    start: field(
      strict({
        hidden_fields: opt(Type.Array(strict({ key: formPartId, value: opt(text(500)) }), { maxItems: 1000 })),
        next_node: opt(nodePointer),
        coordinates,
      }),
      { nullable: 'remove', inert: NOT_SHOWN, description: 'Where the form begins' },
    ),
    ending: field(
      strict({
        redirection: opt(strict({ delay: opt(Type.Integer({ minimum: 0, maximum: 10 })), target: text(1024) })),
        after_submit: opt(strict({ flow_id: opt(flowId) })),
        coordinates,
        resume_flow: opt(Type.Unsafe<true>({ type: 'boolean', enum: [true] })),
      }),
      { nullable: 'remove', inert: NOT_SHOWN, description: 'What is done when the form was filled in' },
    ),
    style: field(strict({ css: opt(text(5000)) }), {
      nullable: 'remove',
      inert: NOT_SHOWN,
      description: 'Style sheet',
    }),
    flow_count: field(Type.Integer(), { readOnly: true, description: 'How many flows it uses' }),
    links: field(anyObject(), { readOnly: true, description: 'The flows it uses, when asked for' }),
    created_at: field(Type.String(), { readOnly: true, always: true }),
    updated_at: field(Type.String(), { readOnly: true, always: true }),
    embedded_at: field(Type.String(), { readOnly: true, description: 'Day on which it was presented last' }),
    submitted_at: field(Type.String(), { readOnly: true, description: 'Day on which it was filled in last' }),
  },
});

export type Form = DocumentOf<typeof formResource>;

/** The flows that a form names, in its nodes, its buttons and at its end. */
export function flowsOf({ nodes, ending }: Form): string[] {
  const all = (nodes ?? []) as FormNode[];
  const ids = [
    ...all.flatMap(({ type, config }) => (type === 'FLOW' ? [config?.flow_id] : [])),
    ...all.flatMap(({ config }) => config?.components ?? []).map(({ config }) => config?.flow_id as string | undefined),
    ending?.after_submit?.flow_id,
  ];
  return [...new Set(ids.filter((id) => id !== undefined))];
}
