/**
 * The versions of an action, the latest first: what the draft has changed since, and the way back to one.
 */
import { Checkbox, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { partsOf } from '../code/version-row.tsx';
import { VersionDeed, Versions } from '../code/versions.tsx';
import { useDashboard } from '../dashboard.tsx';
import { ConfirmChange } from '../ui/confirm-change.tsx';
import { useAction } from './action.tsx';
import { type Action, type ActionVersion, useDeployVersion, VERSIONS_PER_PAGE, versionsQuery } from './queries.ts';
import { runtimeLabel } from './words.ts';

const route = getRouteApi('/actions/library/$actionId/versions');

export function VersionsTab() {
  const action = useAction();
  const { api } = useDashboard();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(versionsQuery(api, action.id, search.page ?? 1));
  const [restoring, setRestoring] = useState<ActionVersion>();
  return (
    <>
      <Versions
        query={query}
        perPage={VERSIONS_PER_PAGE}
        shown={shown}
        draft={action.code ?? ''}
        search={search}
        onSearch={(next) => navigate({ search: next, resetScroll: false })}
        about="Each deployment makes a version that does not change any more. To go back, deploy an earlier one again."
        none="Each deployment makes one: what the code, the packages and the secrets were then. Any of them can be deployed again."
        deed={(version) =>
          !version.deployed && (
            <VersionDeed
              label="Deploy again"
              number={version.number}
              scope="create:actions"
              onClick={() => setRestoring(version)}
            />
          )
        }
      />
      <Restore action={action} version={restoring} onClose={() => setRestoring(undefined)} />
    </>
  );
}

function shown({ number, created_at, code, runtime, secrets, dependencies = [], deployed }: ActionVersion) {
  return {
    number,
    createdAt: created_at,
    code,
    parts: [runtimeLabel(runtime), ...partsOf({ secrets, dependencies })],
    badge: deployed ? 'Deployed' : undefined,
  };
}

function Restore(props: { action: Action; version: ActionVersion | undefined; onClose: () => void }) {
  const { action, version, onClose } = props;
  const [updateDraft, setUpdateDraft] = useState(true);
  return (
    <ConfirmChange
      opened={version !== undefined}
      onClose={() => {
        setUpdateDraft(true);
        onClose();
      }}
      change={useDeployVersion(action.id)}
      input={{ version: version?.id ?? '', updateDraft }}
      done={`Version ${version?.number} was deployed again`}
      title={`Deploy version ${version?.number} again?`}
      action="Deploy"
      calm
    >
      <Stack gap="md">
        <Text>It becomes a new version with the code, packages and secrets of version {version?.number}.</Text>
        <Checkbox
          label="Make it the draft, too"
          description="What is in the draft now is lost, unless it was deployed."
          checked={updateDraft}
          onChange={(event) => setUpdateDraft(event.currentTarget.checked)}
        />
      </Stack>
    </ConfirmChange>
  );
}
