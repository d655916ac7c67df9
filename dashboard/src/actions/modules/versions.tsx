/**
 * The versions of a module, the latest first: what the draft has changed since, and the way back to one.
 */
import { Button, Stack } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { May } from '../../api/may.tsx';
import { partsOf, VersionRow } from '../../code/version-row.tsx';
import { useDashboard } from '../../dashboard.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { notifyDone } from '../../ui/notify.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Rows } from '../../ui/rows.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { Empty, Failure } from '../../ui/states.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
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
  const { version: open, page = 1 } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(moduleVersionsQuery(api, module.id, page));
  const [restoring, setRestoring] = useState<ModuleVersion>();
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
        Each publication makes one, and actions use a version, so that a change reaches them when they say so.
      </Empty>
    );
  const toggle = (id: string) =>
    navigate({ search: (now) => ({ ...now, version: id === open ? undefined : id }), resetScroll: false });
  return (
    <>
      <Toolbar text="Each publication makes a version that does not change any more. To go back, make one the draft and publish that." />
      <Stack gap="lg">
        <Rows label="Versions">
          {query.data.versions.map((version) => (
            <VersionRow
              key={version.id}
              version={{ number: version.version_number, createdAt: version.created_at, code: version.code }}
              parts={partsOf(version)}
              badge={version.id === module.latest_version?.id ? 'Latest' : undefined}
              draft={module.code}
              isOpen={version.id === open}
              onToggle={() => toggle(version.id)}
              action={<MakeDraft number={version.version_number} onClick={() => setRestoring(version)} />}
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
      <Restore module={module} version={restoring} onClose={() => setRestoring(undefined)} />
    </>
  );
}

function MakeDraft({ number, onClick }: { number: number; onClick: () => void }) {
  return (
    <May scope="update:actions">
      <Button variant="default" size="xs" aria-label={`Make it the draft: version ${number}`} onClick={onClick}>
        Make it the draft
      </Button>
    </May>
  );
}

function Restore(props: { module: Module; version: ModuleVersion | undefined; onClose: () => void }) {
  const { module, version, onClose } = props;
  const restore = useRestoreModule(module.id);
  const close = () => {
    restore.reset();
    onClose();
  };
  return (
    <Confirm
      opened={version !== undefined}
      onClose={close}
      onConfirm={() =>
        version &&
        restore.mutate(version.id, {
          onSuccess: () => {
            notifyDone(`Version ${version.version_number} is the draft`);
            close();
          },
        })
      }
      title={`Make version ${version?.version_number} the draft?`}
      action="Make it the draft"
      calm
      pending={restore.isPending}
      error={restore.error}
    >
      What is in the draft now is lost, unless it was published. Actions go on with the versions that they use.
    </Confirm>
  );
}
