/** How actions name modules: by module and version, and by the version that was published last when none is named. */
import { invalidBody } from '../../invalid.ts';
import type { Where } from '../../pipeline.ts';
import type { ModuleReference } from '../schema.ts';
import { moduleStore, moduleVersionStore } from './store.ts';

/** @throws ApiError 400 when a module or version does not exist, or a module comes twice */
export async function resolveModules(
  { services, sql, context }: Where,
  references: readonly ModuleReference[],
): Promise<ModuleReference[]> {
  if (new Set(references.map(({ module_id }) => module_id)).size < references.length)
    throw invalidBody('A module is named once', 'modules');
  const resolved: ModuleReference[] = [];
  for (const { module_id, module_version_id, module_version_number } of references) {
    const module = await moduleStore(services.vault).get(sql, context.tenant, module_id);
    if (!module) throw invalidBody(`Module ${module_id} does not exist`, 'modules');
    const versions = await moduleVersionStore(services.vault).findAll(sql, context.tenant, 'module', module_id);
    const version = versions.findLast(
      ({ id, version_number }) =>
        (module_version_id === undefined || id === module_version_id) &&
        (module_version_number === undefined || version_number === module_version_number),
    );
    if (!version) throw invalidBody(`Module ${module.name} has no such version`, 'modules');
    resolved.push({
      module_id,
      module_name: module.name,
      module_version_id: version.id,
      module_version_number: version.version_number,
    });
  }
  return resolved;
}
