/**
 * The tabs that are forms over the same settings.
 */
import { useQuery } from '@tanstack/react-query';
import { useDashboard } from '../dashboard.tsx';
import { SettingsForm } from '../forms/form.tsx';
import type { FieldSpec, FormSection } from '../forms/spec.ts';
import { CopyField } from '../ui/copy.tsx';
import { Section } from '../ui/section.tsx';
import { Loaded, Loading } from '../ui/states.tsx';
import { referencesQuery, settingsQuery, useUpdateSettings } from './queries.ts';
import { ADVANCED, GENERAL, REGISTRATION, SESSIONS } from './sections.ts';

export function GeneralTab() {
  const { config } = useDashboard();
  return (
    <>
      <Section title="Addresses" description="What applications and SDKs are configured with.">
        <CopyField label="Domain" name="domain" value={config.domain} />
        <CopyField label="Issuer" name="issuer" value={config.issuer} />
        <CopyField label="Tenant" name="tenant" value={config.tenant} />
      </Section>
      <General />
    </>
  );
}

function General() {
  const { api } = useDashboard();
  const references = useQuery(referencesQuery(api));
  // Whoever may not list APIs or connections still can type their names.
  if (references.isPending) return <Loading />;
  const { audiences = [], databases = [] } = references.data ?? {};
  return <Settings sections={withChoices(GENERAL, { default_audience: audiences, default_directory: databases })} />;
}

/** Fields that refer to something else, as choices among what there is. */
function withChoices(sections: readonly FormSection[], choices: Readonly<Record<string, readonly string[]>>) {
  return sections.map((section) => ({
    ...section,
    fields: section.fields.map((spec): FieldSpec => {
      const values = choices[spec.path];
      if (!values?.length) return spec;
      return { ...spec, kind: 'choice', schema: { ...spec.schema, enum: ['', ...values] }, labels: { '': 'None' } };
    }),
  }));
}

export const SessionsTab = () => <Settings sections={SESSIONS} />;
export const RegistrationTab = () => <Settings sections={REGISTRATION} />;
export const AdvancedTab = () => <Settings sections={ADVANCED} />;

/** Objects of which an update changes only the members that it names. */
const MERGED = ['flags', 'change_password', 'guardian_mfa_page', 'error_page'];

function Settings({ sections }: { sections: readonly FormSection[] }) {
  const { api } = useDashboard();
  const query = useQuery(settingsQuery(api));
  const update = useUpdateSettings();
  return (
    <Loaded query={query}>
      {(settings) => (
        // The key starts another tab's form anew.
        <SettingsForm
          scope="update:tenant_settings"
          key={sections[0]!.title}
          stored={settings}
          sections={sections}
          save={update}
          merged={MERGED}
        />
      )}
    </Loaded>
  );
}
