/**
 * The versions of a module, the latest first: what the draft has changed since, and the way back to one.
 */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { partsOf } from '../../code/version-row.tsx';
import { VersionDeed, Versions } from '../../code/versions.tsx';
import { useDashboard } from '../../dashboard.tsx';
import { ConfirmChange } from '../../ui/confirm-change.tsx';
import { useModule } from './module.tsx';
import {
  type Module,
  type ModuleVersion,
  moduleVersionsQuery,
  useRestoreModule,
  VERSIONS_PER_PAGE,
} from './queries.ts';

const route = getRouteApi('/actions/modules/$moduleId/versions');

export function ModuleVersionsTab() {
  const module = useModule();
  const { api } = useDashboard();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(moduleVersionsQuery(api, module.id, search.page ?? 1));
  const [restoring, setRestoring] = useState<ModuleVersion>();
  const latest = module.latest_version?.id;
  return (
    <>
      <Versions
        query={query}
        perPage={VERSIONS_PER_PAGE}
        shown={(version) => ({
          number: version.version_number,
          createdAt: version.created_at,
          code: version.code,
          parts: partsOf(version),
          badge: version.id === latest ? 'Latest' : undefined,
        })}
        draft={module.code}
        search={search}
        onSearch={(next) => navigate({ search: next, resetScroll: false })}
        about="Each publication makes a version that does not change any more. To go back, make one the draft and publish that."
        none="Each publication makes one, and actions use a version, so that a change reaches them when they say so."
        deed={(version) => (
          <VersionDeed
            label="Make it the draft"
            number={version.version_number}
            scope="update:actions"
            onClick={() => setRestoring(version)}
          />
        )}
      />
      <Restore module={module} version={restoring} onClose={() => setRestoring(undefined)} />
    </>
  );
}

function Restore(props: { module: Module; version: ModuleVersion | undefined; onClose: () => void }) {
  const { module, version, onClose } = props;
  return (
    <ConfirmChange
      opened={version !== undefined}
      onClose={onClose}
      change={useRestoreModule(module.id)}
      input={version?.id ?? ''}
      done={`Version ${version?.version_number} is the draft`}
      title={`Make version ${version?.version_number} the draft?`}
      action="Make it the draft"
      calm
    >
      What is in the draft now is lost, unless it was published. Actions go on with the versions that they use.
    </ConfirmChange>
  );
}
