/**
 * The settings of the tenant as a whole, a topic a tab.
 */
import type { Scope } from '../api/may.tsx';
import { Page } from '../ui/page.tsx';
import { TabPages } from '../ui/tab-pages.tsx';

/** A tab, its address, and what lets somebody see what is there. */
const TABS = [
  ['General', '/tenant-settings', 'read:tenant_settings'],
  ['Sessions', '/tenant-settings/sessions', 'read:tenant_settings'],
  ['Signing keys', '/tenant-settings/signing-keys', 'read:signing_keys'],
  ['Custom domains', '/tenant-settings/custom-domains', 'read:custom_domains'],
  ['Registration', '/tenant-settings/registration', 'read:tenant_settings'],
  ['Administrators', '/tenant-settings/administrators', 'read:administrators'],
  ['Advanced', '/tenant-settings/advanced', 'read:tenant_settings'],
] as const satisfies readonly (readonly [label: string, to: string, scope: Scope])[];

export function TenantScreen() {
  return (
    <Page title="Tenant settings" description="What holds for all clients and users of this tenant.">
      <TabPages
        label="Tenant settings"
        tabs={TABS.map(([label, to, scope]) => ({ name: to.split('/').at(-1)!, label, link: { to }, scopes: [scope] }))}
      />
    </Page>
  );
}
