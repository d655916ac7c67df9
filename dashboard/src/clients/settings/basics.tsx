import type { Client } from '../../api/types.ts';
import { useDashboard } from '../../dashboard.tsx';
import { CopyField } from '../../ui/copy.tsx';
import { Section } from '../../ui/section.tsx';

/** What an SDK or a library is configured with; none of it can be typed. */
export function Basics({ client }: { client: Client }) {
  const { config } = useDashboard();
  const isPublic = client.token_endpoint_auth_method === 'none';
  return (
    <Section title="Basic information" description="What the application is configured with.">
      <CopyField label="Domain" name="domain" value={config.domain} />
      <CopyField label="Client ID" name="client ID" value={client.client_id} />
      {client.client_secret && (
        <CopyField
          secret
          label="Client Secret"
          name="client secret"
          value={client.client_secret}
          description={
            isPublic
              ? 'This client does not send it; it checks HS256 tokens. Keep it out of apps and of code for browsers.'
              : 'Keep it on your servers; whoever has it can act as this client.'
          }
        />
      )}
    </Section>
  );
}
