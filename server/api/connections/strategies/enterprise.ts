/** Enterprise providers by name: OpenID Connect, SAML, WS-Federation, directories. */
import { ad, adfs, googleApps, waad } from './directories.ts';
import { oidc, okta } from './oidc.ts';
import { pingfederate, samlp } from './saml.ts';
import { address, enterprise, oauthClient, type Strategy, scopes, texts } from './strategy.ts';

const microsoft: Strategy = {
  family: 'enterprise',
  options: { ...enterprise, ...oauthClient, scope: scopes, test_url: address },
};

export const enterpriseStrategies = {
  ad,
  adfs,
  custom: { family: 'enterprise', options: enterprise },
  'google-apps': googleApps,
  ip: { family: 'enterprise', options: { ...enterprise, range: texts(43, 1000) } },
  office365: microsoft,
  oidc,
  okta,
  pingfederate,
  samlp,
  sharepoint: microsoft,
  waad,
} as const satisfies Record<string, Strategy>;
