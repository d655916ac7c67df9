/** Where flows and their executions are kept. Actions may hold credentials and are sealed whole. */
import type { Sql } from '../../storage/database.ts';
import { type Collection, collection, type Sealer } from '../../storage/documents.ts';
import type { Flow, FlowExecution } from './schema.ts';

export function flowStore(sealer: Sealer): Collection<Flow> {
  return collection<Flow>({ kind: 'flow', id: 'id', keys: {}, sealed: ['actions'] }, sealer);
}

export type StoredExecution = FlowExecution & { flow_id: string };

export function flowExecutionStore(sealer: Sealer): Collection<StoredExecution> {
  return collection<StoredExecution>(
    { kind: 'flow_execution', id: 'id', keys: { flow: { of: (execution) => execution.flow_id } }, sealed: ['debug'] },
    sealer,
  );
}

/** A flow that is gone tells nothing of its runs. */
export async function removeExecutionsOf(sql: Sql, sealer: Sealer, tenant: string, flow: string): Promise<void> {
  const store = flowExecutionStore(sealer);
  for (const { id } of await store.findAll(sql, tenant, 'flow', flow)) await store.remove(sql, tenant, id);
}
