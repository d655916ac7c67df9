/** What flows are made of: actions, each of a service, checked against the parameters that the service takes. */
import { type TProperties, type TSchema, Type } from 'typebox';
import { oneKind } from '../../schema/kinds.ts';
import { PATTERNS } from '../../schema/patterns.ts';
import { choice, opt, strict } from '../../schema/types.ts';
import { mailjet, PARAMETERS } from './parameters.ts';

export type FlowAction = {
  id: string;
  alias?: string;
  type: string;
  action: string;
  allow_failure?: boolean;
  mask_output?: boolean;
  params?: Record<string, unknown>;
};

const one = (type: string, action: string, params: TSchema) =>
  strict({
    id: Type.String({ minLength: 1, maxLength: 150, pattern: PATTERNS.id }),
    alias: opt(Type.String({ maxLength: 100 })),
    type: choice([type]),
    action: choice([action]),
    allow_failure: opt(Type.Boolean()),
    mask_output: opt(Type.Boolean()),
    params,
  });

/** Any action of a service. One without parameters needs no `params`. */
function actionOf(type: string, actions: Readonly<Record<string, TProperties>>): TSchema {
  const schemas = Object.entries(actions).map(([action, parameters]): [string, TSchema] => {
    const params = Object.keys(parameters).length > 0 ? strict(parameters) : opt(strict({}));
    return [action, one(type, action, params)];
  });
  return oneKind('action', Object.fromEntries(schemas));
}

const services = Object.entries(PARAMETERS).map(([type, actions]): [string, TSchema] => [
  type,
  actionOf(type, actions),
]);

/** One action of a flow. */
const flowAction = Type.Unsafe<FlowAction>(
  oneKind('type', {
    ...Object.fromEntries(services),
    MAILJET: oneKind('action', { SEND_EMAIL: one('MAILJET', 'SEND_EMAIL', mailjet) }),
  }),
);

export const flowActions = Type.Array(flowAction, { maxItems: 1000 });
