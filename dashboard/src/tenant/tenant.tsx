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
          { name: 'general', label: 'General', link: { to: '/tenant-settings' } },
          { name: 'sessions', label: 'Sessions', link: { to: '/tenant-settings/sessions' } },
          { name: 'keys', label: 'Signing keys', link: { to: '/tenant-settings/signing-keys' } },
          { name: 'domains', label: 'Custom domains', link: { to: '/tenant-settings/custom-domains' } },
          { name: 'registration', label: 'Registration', link: { to: '/tenant-settings/registration' } },
          { name: 'advanced', label: 'Advanced', link: { to: '/tenant-settings/advanced' } },
        ]}
      />
    </Page>
  );
}
