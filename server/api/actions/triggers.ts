/**
 * The triggers: points of a flow that actions can be put at, by version. The list is the recorded one, with the two
 * triggers that the description of the API knows besides.
 */
import { choice } from '../../schema/types.ts';

export type Trigger = {
  readonly id: string;
  readonly version: string;
  readonly status: 'CURRENT' | 'DEPRECATED';
  readonly runtimes: readonly string[];
  readonly default_runtime: string;
  /** Whether a tenant binds actions to the trigger itself, or another resource names the action. */
  readonly binding_policy: 'trigger-bound' | 'entity-bound';
  readonly compatible_triggers: readonly { id: string; version: string }[];
};

const NOW = { status: 'CURRENT', default_runtime: 'node22', compatible_triggers: [] } as const;
const OLD = {
  status: 'DEPRECATED',
  default_runtime: 'node12',
  runtimes: ['node22'],
  binding_policy: 'trigger-bound',
  compatible_triggers: [],
} as const;
const bound = { ...NOW, runtimes: ['node18-actions', 'node22'], binding_policy: 'trigger-bound' } as const;
const named = { ...NOW, runtimes: ['node22'], binding_policy: 'entity-bound' } as const;

export const TRIGGERS: readonly Trigger[] = [
  { id: 'post-login', version: 'v3', ...bound, compatible_triggers: [{ id: 'post-login', version: 'v2' }] },
  { id: 'post-login', version: 'v1', ...OLD },
  { id: 'post-login', version: 'v2', ...OLD, runtimes: ['node18', 'node22'], default_runtime: 'node16' },
  { id: 'credentials-exchange', version: 'v2', ...bound },
  { id: 'credentials-exchange', version: 'v1', ...OLD },
  { id: 'pre-user-registration', version: 'v2', ...bound },
  { id: 'pre-user-registration', version: 'v1', ...OLD },
  { id: 'post-user-registration', version: 'v1', ...OLD },
  { id: 'post-user-registration', version: 'v2', ...bound },
  { id: 'post-change-password', version: 'v1', ...OLD },
  { id: 'post-change-password', version: 'v2', ...bound },
  { id: 'send-phone-message', version: 'v2', ...bound },
  { id: 'send-phone-message', version: 'v1', ...OLD },
  { id: 'password-reset-post-challenge', version: 'v1', ...bound },
  { id: 'custom-phone-provider', version: 'v1', ...bound },
  { id: 'custom-email-provider', version: 'v1', ...bound },
  { id: 'custom-token-exchange', version: 'v1', ...named, runtimes: ['node18', 'node22'] },
  { id: 'event-stream', version: 'v1', ...named },
  { id: 'password-hash-migration', version: 'v1', ...named },
  { id: 'mcp-tool', version: 'v1', ...named },
  { id: 'login-post-identifier', version: 'v1', ...bound },
  { id: 'signup-post-identifier', version: 'v1', ...bound },
];

/** Every name of a trigger, once. */
export const triggerId = choice([...new Set(TRIGGERS.map(({ id }) => id))]);

/** The trigger of that name and version; without a version the current one. */
export function triggerOf(id: string, version: string | undefined): Trigger | undefined {
  return TRIGGERS.find(
    (trigger) =>
      trigger.id === id && (version === undefined ? trigger.status === 'CURRENT' : trigger.version === version),
  );
}

/** The runtime of an action that names none. */
export function defaultRuntime({ default_runtime, runtimes }: Trigger): string {
  return runtimes.includes(default_runtime) ? default_runtime : runtimes.at(-1)!;
}
