/**
 * The versions of an action, the latest first: what the draft has changed since, and the way back to one.
 */
import { Badge, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { May } from '../api/may.tsx';
import { useDashboard } from '../dashboard.tsx';
import { CodeDiff } from '../ui/code-diff.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Ago } from '../ui/moment.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { Pager } from '../ui/pager.tsx';
import { Row, Rows } from '../ui/rows.tsx';
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
              action={action}
              version={version}
              isOpen={version.id === open}
              onToggle={() => toggle(version.id)}
              onRestore={() => setRestoring(version)}
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

type VersionRowProps = {
  action: Action;
  version: ActionVersion;
  isOpen: boolean;
  onToggle: () => void;
  onRestore: () => void;
};

function VersionRow({ action, version, isOpen, onToggle, onRestore }: VersionRowProps) {
  const name = `version ${version.number}`;
  return (
    <Row>
      <Stack gap="md">
        <Group justify="space-between" gap="xs">
          <Stack gap={2}>
            <Group gap="xs">
              <Text fw={600}>Version {version.number}</Text>
              {version.deployed && (
                <Badge component="span" size="sm" radius="sm" variant="light" fw={500}>
                  Deployed
                </Badge>
              )}
            </Group>
            <Text size="sm" c="dimmed">
              <Ago at={version.created_at} span inherit /> · {madeOf(version)}
            </Text>
          </Stack>
          <Group gap="xs">
            <Button
              variant={isOpen ? 'light' : 'default'}
              size="xs"
              aria-expanded={isOpen}
              aria-label={`Compare ${name} with the draft`}
              onClick={onToggle}
            >
              Compare
            </Button>
            {!version.deployed && (
              <May scope="create:actions">
                <Button variant="default" size="xs" aria-label={`Deploy ${name} again`} onClick={onRestore}>
                  Deploy again
                </Button>
              </May>
            )}
          </Group>
        </Group>
        {isOpen && (
          <Stack gap="xs">
            <Text size="sm" fw={600}>
              From version {version.number} to the draft
            </Text>
            <CodeDiff label={`From ${name} to the draft`} before={version.code} after={action.code} />
          </Stack>
        )}
      </Stack>
    </Row>
  );
}

/** What a version consists of besides its code, in a line. */
function madeOf({ runtime, dependencies = [], secrets }: ActionVersion): string {
  const packages = dependencies.map(({ name, version }) => `${name}@${version}`);
  const count = secrets.length === 1 ? '1 secret' : `${secrets.length} secrets`;
  return [runtimeLabel(runtime), ...(secrets.length > 0 ? [count] : []), ...packages].join(' · ');
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
