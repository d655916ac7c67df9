/**
 * The page of one organization: what it is, and its tabs.
 */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Organization } from '../api/types.ts';
import { useDashboard } from '../dashboard.tsx';
import { CopyLine } from '../ui/copy.tsx';
import { BackLink } from '../ui/links.tsx';
import { Found } from '../ui/not-found.tsx';
import { Page } from '../ui/page.tsx';
import { TabPages } from '../ui/tab-pages.tsx';
import { OrganizationIcon } from './icon.tsx';
import { organizationTitle } from './names.ts';
import { organizationQuery } from './queries.ts';

const TABS = [
  { name: 'overview', label: 'Overview', to: '/organizations/$organizationId' },
  {
    name: 'members',
    label: 'Members',
    to: '/organizations/$organizationId/members',
    scopes: ['read:organization_members'],
  },
  {
    name: 'invitations',
    label: 'Invitations',
    to: '/organizations/$organizationId/invitations',
    scopes: ['read:organization_invitations'],
  },
  {
    name: 'connections',
    label: 'Connections',
    to: '/organizations/$organizationId/connections',
    scopes: ['read:organization_connections'],
  },
] as const;

export function OrganizationScreen() {
  const { api } = useDashboard();
  const { organizationId } = getRouteApi('/organizations/$organizationId').useParams();
  const query = useQuery(organizationQuery(api, organizationId));
  return (
    <Found query={query} to="/organizations" label="Go to organizations">
      {(organization) => <OrganizationPage organization={organization} />}
    </Found>
  );
}

function OrganizationPage({ organization }: { organization: Organization }) {
  const params = { organizationId: organization.id };
  const title = organizationTitle(organization);
  return (
    <Page
      title={title}
      back={<BackLink to="/organizations">Organizations</BackLink>}
      icon={<OrganizationIcon organization={organization} size={52} />}
      description={<CopyLine value={organization.id} label="organization ID" />}
    >
      <TabPages label={title} tabs={TABS.map(({ to, ...tab }) => ({ ...tab, link: { to, params } }))} />
    </Page>
  );
}
