/** What the schema of a flow does not see: actions within conditions, and connections that are named. */
import { Type } from 'typebox';
import { ApiError } from '../../http/errors.ts';
import { validator } from '../../schema/validate.ts';
import { invalidBody } from '../invalid.ts';
import type { Where } from '../pipeline.ts';
import { type FlowAction, flowActions } from './actions.ts';
import { vaultConnectionStore } from './vault/store.ts';

/** Conditions within conditions within … end somewhere. */
const DEEPEST = 20;

const checkActions = validator(Type.Object({ actions: flowActions }), 'body');

/** @throws ApiError 400 */
export async function requireSoundActions(
  { services, sql, context }: Where,
  actions: readonly FlowAction[],
): Promise<void> {
  const all = everyAction(actions, 0);
  if (new Set(all.map(({ id }) => id)).size < all.length)
    throw invalidBody('The id of an action is its own', 'actions');
  const store = vaultConnectionStore(services.vault);
  const named = new Set(all.map(({ params }) => params?.connection_id).filter((id) => id !== undefined));
  for (const id of named as Set<string>) {
    if (!(await store.get(sql, context.tenant, id))) throw invalidBody(`Connection ${id} does not exist`, 'actions');
  }
}

/** The actions and those within them, which are checked on the way. */
function everyAction(actions: readonly FlowAction[], depth: number): FlowAction[] {
  if (depth > DEEPEST) throw invalidBody('Conditions are nested too deeply', 'actions');
  return actions.flatMap((action) => {
    const { then = [], else: otherwise = [] } = branchesOf(action);
    const inner = [...then, ...otherwise];
    const problem = inner.length > 0 ? checkActions({ actions: inner }) : undefined;
    if (problem) throw new ApiError(400, problem.message, problem.errorCode);
    return [action, ...everyAction(inner, depth + 1)];
  });
}

function branchesOf({ type, action, params }: FlowAction): { then?: FlowAction[]; else?: FlowAction[] } {
  return type === 'FLOW' && action === 'BOOLEAN_CONDITION' ? (params as { then?: FlowAction[] }) : {};
}
