/**
 * What strategies are called and where they are found: words and order of the dashboard. Which strategies there are is
 * up to the server; a strategy without a name here does not compile.
 */
import type { Family } from '../../../server/api/connections/strategies/strategy.ts';
import type { StrategyName } from '../../../server/api/connections/strategies/table.ts';

export type { Family, StrategyName };

export type Category = {
  readonly family: Family;
  readonly label: string;
  /** A single one, at the start of a sentence. */
  readonly one: string;
  readonly about: string;
  readonly empty: string;
};

export const CATEGORIES: readonly Category[] = [
  {
    family: 'database',
    label: 'Database',
    one: 'Database connection',
    about: 'Users who sign in with an e-mail address or username and a password that is kept here.',
    empty: 'A database keeps users and their passwords. Applications share one, or have one each.',
  },
  {
    family: 'social',
    label: 'Social',
    one: 'Social connection',
    about: 'Users who sign in with an account that they have elsewhere, such as Google or GitHub.',
    empty: 'Register an application at the provider and enter here what it gives you: a client ID and a secret.',
  },
  {
    family: 'enterprise',
    label: 'Enterprise',
    one: 'Enterprise connection',
    about: 'Users of an organisation that has an identity provider of its own: OpenID Connect, SAML, a directory.',
    empty: 'Connect the identity provider of a customer or of your own organisation.',
  },
  {
    family: 'passwordless',
    label: 'Passwordless',
    one: 'Passwordless connection',
    about: 'Users who sign in with a code or a link that they get by e-mail or text message.',
    empty: 'Nobody needs a password who can read a code in their mail or on their phone.',
  },
];

export function categoryOf(family: Family): Category {
  return CATEGORIES.find((category) => category.family === family)!;
}

const LEGACY = 'It is on the vendor’s old list of providers only, and kept for exported configurations.';

export type StrategyWords = { readonly label: string; readonly note?: string };

export const STRATEGY_WORDS: Readonly<Record<StrategyName, StrategyWords>> = {
  auth0: { label: 'Database' },
  email: { label: 'E-mail' },
  sms: { label: 'SMS' },
  ad: { label: 'Active Directory / LDAP' },
  adfs: { label: 'ADFS' },
  custom: { label: 'Custom' },
  'google-apps': { label: 'Google Workspace' },
  ip: { label: 'IP address' },
  office365: { label: 'Office 365' },
  oidc: { label: 'OpenID Connect' },
  okta: { label: 'Okta Workforce' },
  pingfederate: { label: 'PingFederate' },
  samlp: { label: 'SAML' },
  sharepoint: { label: 'SharePoint apps' },
  waad: { label: 'Microsoft Entra ID' },
  oauth2: { label: 'OAuth 2.0 (custom)', note: 'Any provider that speaks OAuth 2.0.' },
  oauth1: { label: 'OAuth 1.0 (custom)', note: 'Any provider that speaks OAuth 1.0a.' },
  amazon: { label: 'Amazon' },
  aol: { label: 'AOL', note: LEGACY },
  apple: { label: 'Apple' },
  'auth0-oidc': { label: 'Another Auth0 tenant' },
  baidu: { label: 'Baidu' },
  bitbucket: { label: 'Bitbucket' },
  bitly: { label: 'Bitly' },
  box: { label: 'Box' },
  daccount: { label: 'd ACCOUNT' },
  dropbox: { label: 'Dropbox' },
  dwolla: { label: 'Dwolla' },
  evernote: { label: 'Evernote' },
  'evernote-sandbox': { label: 'Evernote Sandbox' },
  exact: { label: 'Exact' },
  facebook: { label: 'Facebook' },
  fitbit: { label: 'Fitbit' },
  github: { label: 'GitHub' },
  goodreads: { label: 'Goodreads', note: LEGACY },
  'google-oauth2': { label: 'Google' },
  instagram: { label: 'Instagram' },
  line: { label: 'LINE' },
  linkedin: { label: 'LinkedIn' },
  miicard: { label: 'miiCard', note: LEGACY },
  paypal: { label: 'PayPal' },
  'paypal-sandbox': { label: 'PayPal Sandbox' },
  planningcenter: { label: 'Planning Center' },
  renren: { label: 'Renren', note: LEGACY },
  salesforce: { label: 'Salesforce' },
  'salesforce-community': { label: 'Salesforce Community' },
  'salesforce-sandbox': { label: 'Salesforce Sandbox' },
  shop: { label: 'Shop' },
  shopify: { label: 'Shopify' },
  soundcloud: { label: 'SoundCloud' },
  thecity: { label: 'The City', note: LEGACY },
  'thecity-sandbox': { label: 'The City Sandbox', note: LEGACY },
  thirtysevensignals: { label: '37signals' },
  twitter: { label: 'X (Twitter)' },
  untappd: { label: 'Untappd' },
  vkontakte: { label: 'VK' },
  weibo: { label: 'Weibo' },
  windowslive: { label: 'Microsoft account' },
  wordpress: { label: 'WordPress' },
  yahoo: { label: 'Yahoo' },
  yammer: { label: 'Yammer', note: LEGACY },
  yandex: { label: 'Yandex' },
};

export function isLegacy(strategy: StrategyName): boolean {
  return STRATEGY_WORDS[strategy].note === LEGACY;
}

export function strategyLabel(strategy: string): string {
  return (STRATEGY_WORDS as Readonly<Record<string, StrategyWords>>)[strategy]?.label ?? strategy;
}
