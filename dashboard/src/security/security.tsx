/**
 * What is done against guessed, stolen and automated logins.
 */
import { Box } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useChange } from '../api/change.ts';
import type { Api } from '../api/request.ts';
import { useDashboard } from '../dashboard.tsx';
import type { Body } from '../forms/draft.ts';
import { SettingsForm } from '../forms/form.tsx';
import { NoEffect } from '../ui/no-effect.tsx';
import { Page } from '../ui/page.tsx';
import { Loaded } from '../ui/states.tsx';
import { TabPages } from '../ui/tab-pages.tsx';
import { BOTS, BREACHED, BRUTE_FORCE, CAPTCHA, type Protection, THROTTLING } from './sections.ts';

export function SecurityScreen() {
  return (
    <Page title="Security" description="Protection against guessed, stolen and automated logins.">
      <TabPages
        label="Protections"
        tabs={[
          { name: 'brute-force', label: 'Brute force', link: { to: '/security' } },
          { name: 'throttling', label: 'Suspicious IPs', link: { to: '/security/suspicious-ip-throttling' } },
          { name: 'breached', label: 'Breached passwords', link: { to: '/security/breached-passwords' } },
          { name: 'bots', label: 'Bot detection', link: { to: '/security/bot-detection' } },
          { name: 'captcha', label: 'Captcha', link: { to: '/security/captcha' } },
        ]}
      />
    </Page>
  );
}

export const BruteForceTab = () => <ProtectionTab protection={BRUTE_FORCE} />;
export const ThrottlingTab = () => <ProtectionTab protection={THROTTLING} />;
export const BreachedTab = () => <ProtectionTab protection={BREACHED} />;
export const BotsTab = () => <ProtectionTab protection={BOTS} />;
export const CaptchaTab = () => <ProtectionTab protection={CAPTCHA} />;

const keyOf = (path: string) => ['security', path];

function protectionQuery(api: Api, path: string) {
  return queryOptions({
    queryKey: keyOf(path),
    queryFn: ({ signal }) => api<object>(`/attack-protection/${path}`, { signal }),
  });
}

function ProtectionTab({ protection }: { protection: Protection }) {
  const { path, sections, isInert } = protection;
  const { api } = useDashboard();
  const query = useQuery(protectionQuery(api, path));
  const update = useChange(
    (send, body: Body) => send<object>(`/attack-protection/${path}`, { method: 'PATCH', body }),
    [keyOf(path)],
  );
  return (
    <>
      {isInert && (
        <Box py="xl">
          <NoEffect title="This protection does nothing yet">
            Its settings are checked, kept and answered by the API, so that a configuration can be brought along. Nobody
            is checked, challenged or blocked by them until it is built.
          </NoEffect>
        </Box>
      )}
      <Loaded query={query}>
        {(stored) => (
          <SettingsForm scope="update:attack_protection" key={path} stored={stored} sections={sections} save={update} />
        )}
      </Loaded>
    </>
  );
}
