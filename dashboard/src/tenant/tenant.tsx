/**
 * The settings of the tenant as a whole, a topic a tab.
 */
import { Page } from '../ui/page.tsx';
import { TabPages } from '../ui/tab-pages.tsx';

export function TenantScreen() {
  return (
    <Page title="Tenant settings" description="What holds for all clients and users of this tenant.">
      <TabPages
        label="Tenant settings"
        tabs={[
          { name: 'general', label: 'General', link: { to: '/tenant-settings' }, scopes: ['read:tenant_settings'] },
          {
            name: 'sessions',
            label: 'Sessions',
            link: { to: '/tenant-settings/sessions' },
            scopes: ['read:tenant_settings'],
          },
          {
            name: 'keys',
            label: 'Signing keys',
            link: { to: '/tenant-settings/signing-keys' },
            scopes: ['read:signing_keys'],
          },
          {
            name: 'domains',
            label: 'Custom domains',
            link: { to: '/tenant-settings/custom-domains' },
            scopes: ['read:custom_domains'],
          },
          {
            name: 'registration',
            label: 'Registration',
            link: { to: '/tenant-settings/registration' },
            scopes: ['read:tenant_settings'],
          },
          {
            name: 'administrators',
            label: 'Administrators',
            link: { to: '/tenant-settings/administrators' },
            scopes: ['read:administrators'],
          },
          {
            name: 'advanced',
            label: 'Advanced',
            link: { to: '/tenant-settings/advanced' },
            scopes: ['read:tenant_settings'],
          },
        ]}
      />
    </Page>
  );
}
