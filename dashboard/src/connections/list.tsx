/**
 * The connections of the tenant, a category at a time, and the way to make one.
 */
import { STRATEGIES } from 'virtual:connections';
import { Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlugConnected } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useDashboard } from '../dashboard.tsx';
import { AddButton } from '../ui/buttons.tsx';
import { IconRow } from '../ui/icon-row.tsx';
import { TextLink } from '../ui/links.tsx';
import { Listed } from '../ui/listed.tsx';
import { Page } from '../ui/page.tsx';
import { Rows, rowLink } from '../ui/rows.tsx';
import { Empty } from '../ui/states.tsx';
import { TabPages } from '../ui/tab-pages.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import { categoryOf, type Family, type StrategyName, strategyLabel } from './catalogue.ts';
import { CreateConnection } from './create.tsx';
import { StrategyIcon } from './icon.tsx';
import { connectionListQuery, type ListedConnection } from './queries.ts';

export function ConnectionsScreen() {
  return (
    <Page
      title="Connections"
      description={
        <>
          Where users come from. Which ways to sign in there are is listed among the{' '}
          <TextLink underline="always" to="/identity-providers">
            supported identity providers
          </TextLink>
          .
        </>
      }
    >
      <TabPages
        label="Categories"
        tabs={[
          { name: 'database', label: 'Database', link: { to: '/connections' } },
          { name: 'social', label: 'Social', link: { to: '/connections/social' } },
          { name: 'enterprise', label: 'Enterprise', link: { to: '/connections/enterprise' } },
          { name: 'passwordless', label: 'Passwordless', link: { to: '/connections/passwordless' } },
        ]}
      />
    </Page>
  );
}

export const DatabaseTab = () => <CategoryTab family="database" />;
export const SocialTab = () => <CategoryTab family="social" />;
export const EnterpriseTab = () => <CategoryTab family="enterprise" />;
export const PasswordlessTab = () => <CategoryTab family="passwordless" />;

function CategoryTab({ family }: { family: Family }) {
  const { api } = useDashboard();
  const list = useQuery(connectionListQuery(api));
  const [creating, dialog] = useDisclosure(false);
  const { about, empty, one } = categoryOf(family);
  const connections = list.data?.filter(({ strategy }) => STRATEGIES[strategy as StrategyName]?.family === family);
  const create = (
    <AddButton scope="create:connections" onClick={dialog.open}>
      Create connection
    </AddButton>
  );
  return (
    <>
      <Toolbar text={about}>{connections && connections.length > 0 && create}</Toolbar>
      <Listed
        query={list}
        label="Connections"
        count={3}
        isEmpty={() => connections?.length === 0}
        empty={
          <Empty icon={<IconPlugConnected />} title={`No ${one.toLowerCase()} yet`} actions={create}>
            {empty}
          </Empty>
        }
      >
        {() => (
          <Stack gap="lg">
            <Rows label="Connections">
              {connections?.map((connection) => (
                <ConnectionRow key={connection.id} connection={connection} />
              ))}
            </Rows>
            <Text size="sm" c="dimmed" ta="center" role="status">
              {connections?.length} {connections?.length === 1 ? 'connection' : 'connections'}
            </Text>
          </Stack>
        )}
      </Listed>
      <CreateConnection family={family} opened={creating} onClose={dialog.close} />
    </>
  );
}

function ConnectionRow({ connection }: { connection: ListedConnection }) {
  const { id, name, strategy, display_name, enabled_clients } = connection;
  const clients = enabled_clients?.length ?? 0;
  const facts = [
    strategy === 'auth0' ? undefined : strategyLabel(strategy),
    display_name && display_name !== name ? display_name : undefined,
    clients === 0 ? 'On for no client' : `On for ${clients} ${clients === 1 ? 'client' : 'clients'}`,
  ];
  return (
    <IconRow icon={<StrategyIcon strategy={strategy} />}>
      <Link to="/connections/$connectionId" params={{ connectionId: id }} className={rowLink}>
        {name}
      </Link>
      <Text size="sm" c="dimmed">
        {facts.filter((fact) => fact !== undefined).join(' · ')}
      </Text>
    </IconRow>
  );
}
