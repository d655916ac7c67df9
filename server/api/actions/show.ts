/** How actions and their versions are shown: without values of secrets, with what is deployed. */
import { shownSecrets } from './secrets.ts';
import type { Source, StoredAction, StoredVersion } from './store.ts';

/** Nothing is compiled or installed, so what is kept is ready. */
const BUILT = 'built';

export function shownAction(action: StoredAction, deployed: StoredVersion | undefined): Record<string, unknown> {
  const { code, dependencies, runtime, secrets, modules } = action;
  return {
    ...summaryOf(action),
    code,
    dependencies,
    runtime,
    status: BUILT,
    secrets: shownSecrets(secrets),
    ...(modules && { modules }),
    ...(deployed && deployment(deployed)),
    all_changes_deployed: action.all_changes_deployed,
  };
}

/** The action as its bindings tell of it. Recorded: `all_changes_deployed` is false there, whatever it is elsewhere. */
export function boundAction(action: StoredAction, deployed: StoredVersion | undefined): Record<string, unknown> {
  return { ...summaryOf(action), ...(deployed && deployment(deployed)), all_changes_deployed: false };
}

export function shownVersion(version: StoredVersion, action: StoredAction): Record<string, unknown> {
  return {
    ...sourceOf(version),
    id: version.id,
    action_id: version.action_id,
    number: version.number,
    deployed: version.deployed,
    status: BUILT,
    built_at: version.built_at,
    created_at: version.created_at,
    updated_at: version.updated_at,
    action: summaryOf(action),
  };
}

/** Recorded: the answer to a deployment tells of the moment before it is done. */
export function deploying(version: StoredVersion, action: StoredAction): Record<string, unknown> {
  const { built_at: _later, ...shown } = shownVersion(version, { ...action, all_changes_deployed: false });
  return { ...shown, deployed: false };
}

/** The source as it is shown. */
function sourceOf({ secrets, code, dependencies, runtime, modules, supported_triggers }: Source) {
  return {
    code,
    dependencies,
    runtime,
    supported_triggers,
    secrets: shownSecrets(secrets),
    ...(modules && { modules }),
  };
}

function summaryOf({ id, name, supported_triggers, created_at, updated_at, all_changes_deployed }: StoredAction) {
  return { id, name, supported_triggers, created_at, updated_at, all_changes_deployed };
}

/** The deployed version twice: in short with the words of an older API, and whole. */
function deployment(version: StoredVersion) {
  const { id, code, runtime, number, built_at, created_at, updated_at } = version;
  return {
    current_version: { id, code, runtime, status: 'BUILT', number, build_time: built_at, created_at, updated_at },
    deployed_version: {
      ...sourceOf(version),
      id,
      deployed: true,
      number,
      built_at,
      status: BUILT,
      created_at,
      updated_at,
    },
  };
}
