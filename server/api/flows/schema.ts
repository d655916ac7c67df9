/** Flows: what is done between the pages of a form, or when one is sent: actions, one after the other. */
import { Type } from 'typebox';
import { PATTERNS } from '../../schema/patterns.ts';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';
import { anyObject, strict } from '../../schema/types.ts';
import { flowActions } from './actions.ts';

const NOT_RUN = 'Kept and shown; no flow runs yet.';

/** Identifiers of flows. */
export const flowId = Type.String({ minLength: 1, maxLength: 30, pattern: PATTERNS.id });

export const flowResource = resource({
  name: 'Flow',
  plural: 'flows',
  fields: {
    id: field(Type.String(), { readOnly: true, always: true, description: 'Identifier of the flow' }),
    name: field(Type.String({ minLength: 1, maxLength: 150 }), {
      required: true,
      always: true,
      description: 'Name of the flow',
    }),
    actions: field(flowActions, {
      nullable: 'remove',
      // Credentials may be among the parameters: sealed, and masked in log events.
      secret: true,
      inert: NOT_RUN,
      description: 'What is done, in this order',
    }),
    form_count: field(Type.Integer(), { readOnly: true, description: 'How many forms use it, when asked for' }),
    forms: field(Type.Array(strict({ id: Type.String(), name: Type.String() })), {
      readOnly: true,
      description: 'The forms that use it, when asked for',
    }),
    created_at: field(Type.String(), { readOnly: true, always: true }),
    updated_at: field(Type.String(), { readOnly: true, always: true }),
    executed_at: field(Type.String(), { readOnly: true, description: 'Day of the last run' }),
  },
});

export type Flow = DocumentOf<typeof flowResource>;

const text = (description: string) => field(Type.String(), { readOnly: true, always: true, description });
const maybe = (description: string) => field(Type.String(), { readOnly: true, description });

/** What a run of a flow came to. */
export const flowExecutionResource = resource({
  name: 'FlowExecution',
  plural: 'executions',
  fields: {
    id: text('Identifier of the execution'),
    trace_id: text('What belongs together in logs'),
    journey_id: maybe('The way of one person through a form'),
    status: text('How far it got'),
    debug: field(anyObject(), { readOnly: true, description: 'What each action did, when asked for' }),
    created_at: text('When it was asked for'),
    updated_at: text('When the status changed last'),
    started_at: maybe('When it began'),
    ended_at: maybe('When it was done'),
  },
});

export type FlowExecution = DocumentOf<typeof flowExecutionResource>;
