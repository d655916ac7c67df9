/**
 * The versions of an action, the latest first: what the draft has changed since, and the way back to one.
 */
import { Button, Checkbox, Stack, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { May } from '../api/may.tsx';
import { partsOf, VersionRow } from '../code/version-row.tsx';
import { useDashboard } from '../dashboard.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { Pager } from '../ui/pager.tsx';
import { Rows } from '../ui/rows.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { Empty, Failure } from '../ui/states.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import { useAction } from './action.tsx';
import { type Action, type ActionVersion, useDeployVersion, VERSIONS_PER_PAGE, versionsQuery } from './queries.ts';
import { runtimeLabel } from './words.ts';

const route = getRouteApi('/actions/library/$actionId/versions');

export function VersionsTab() {
  const action = useAction();
  const { api } = useDashboard();
  const { version: open, page = 1 } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(versionsQuery(api, action.id, page));
  const [restoring, setRestoring] = useState<ActionVersion>();
  if (query.isPending)
    return (
      <Stack pt="lg">
        <RowSkeletons label="Versions" avatar={false} />
      </Stack>
    );
  if (!query.data) return <Failure error={query.error} onRetry={() => query.refetch()} />;
  if (query.data.versions.length === 0)
    return (
      <Empty icon={<IconHistory />} title="No version yet">
        Each deployment makes one: what the code, the packages and the secrets were then. Any of them can be deployed
        again.
      </Empty>
    );
  const toggle = (id: string) =>
    navigate({ search: (now) => ({ ...now, version: id === open ? undefined : id }), resetScroll: false });
  return (
    <>
      <Toolbar text="Each deployment makes a version that does not change any more. To go back, deploy an earlier one again." />
      <Stack gap="lg">
        <Rows label="Versions">
          {query.data.versions.map((version) => (
            <VersionRow
              key={version.id}
              version={{ number: version.number, createdAt: version.created_at, code: version.code }}
              parts={[
                runtimeLabel(version.runtime),
                ...partsOf({ secrets: version.secrets, dependencies: version.dependencies ?? [] }),
              ]}
              badge={version.deployed ? 'Deployed' : undefined}
              draft={action.code ?? ''}
              isOpen={version.id === open}
              onToggle={() => toggle(version.id)}
              action={!version.deployed && <Again number={version.number} onClick={() => setRestoring(version)} />}
            />
          ))}
        </Rows>
        <Pager
          page={page}
          perPage={VERSIONS_PER_PAGE}
          total={query.data.total}
          thing="version"
          things="versions"
          onChange={(next) => navigate({ search: { page: next > 1 ? next : undefined } })}
        />
      </Stack>
      <Restore action={action} version={restoring} onClose={() => setRestoring(undefined)} />
    </>
  );
}

function Again({ number, onClick }: { number: number; onClick: () => void }) {
  return (
    <May scope="create:actions">
      <Button variant="default" size="xs" aria-label={`Deploy again: version ${number}`} onClick={onClick}>
        Deploy again
      </Button>
    </May>
  );
}

function Restore(props: { action: Action; version: ActionVersion | undefined; onClose: () => void }) {
  const { action, version, onClose } = props;
  const [updateDraft, setUpdateDraft] = useState(true);
  const deploy = useDeployVersion(action.id);
  const close = () => {
    deploy.reset();
    setUpdateDraft(true);
    onClose();
  };
  return (
    <Confirm
      opened={version !== undefined}
      onClose={close}
      onConfirm={() =>
        version &&
        deploy.mutate(
          { version: version.id, updateDraft },
          {
            onSuccess: () => {
              notifyDone(`Version ${version.number} was deployed again`);
              close();
            },
          },
        )
      }
      title={`Deploy version ${version?.number} again?`}
      action="Deploy"
      calm
      pending={deploy.isPending}
      error={deploy.error}
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
    </Confirm>
  );
}
