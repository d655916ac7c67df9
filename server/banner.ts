/** What the operator reads after the start: where everything is, and what to do next. */
import { resolve } from 'node:path';
import type { Config } from './config.ts';

export type BannerFacts = {
  readonly config: Config;
  readonly baseUrl: string;
  readonly dashboardUrl: string;
  /** Certificate to trust, when we made one. */
  readonly caPath: string | undefined;
  /** One-time link for the first administrator, while there is none. */
  readonly setupUrl: string | undefined;
};

export function banner({ config, baseUrl, dashboardUrl, caPath, setupUrl }: BannerFacts): string {
  const rows: [string, string][] = [
    ['Issuer', `${baseUrl}/`],
    ['Dashboard', `${dashboardUrl}/dashboard/`],
    ['Data', config.databaseUrl ? 'PostgreSQL (DATABASE_URL)' : resolve(config.dataDir)],
    [
      'Mails',
      config.smtpUrl ? 'sent through LATCHKEY_SMTP_URL' : `kept in the inbox at ${dashboardUrl}/dashboard/mailbox`,
    ],
  ];
  if (caPath)
    rows.push(
      ['Trust HTTPS', `NODE_EXTRA_CA_CERTS=${caPath}`],
      ['', 'or add that file to the trust store of the system or browser'],
    );
  const lines = rows.map(([name, value]) => `  ${name.padEnd(12)} ${value}`);
  const first = setupUrl ? ['', '  Make the first administrator (this link works once):', `  ${setupUrl}`] : [];
  return ['', '  Latchkey is running.', '', ...lines, ...first, ''].join('\n');
}
