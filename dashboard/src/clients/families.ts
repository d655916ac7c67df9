/** The groups in which connections are shown. Strategies that are named in none are social: most of them are. */
import type { Family, StrategyName } from '../connections/catalogue.ts';

const DATABASE: readonly StrategyName[] = ['auth0'];
const PASSWORDLESS: readonly StrategyName[] = ['email', 'sms'];
const ENTERPRISE: readonly StrategyName[] = [
  'ad', 'adfs', 'custom', 'google-apps', 'ip', 'office365', 'oidc', 'okta', 'pingfederate', 'samlp',
  'sharepoint', 'waad',
]; // biome-ignore format: a list reads better than a column

const FAMILIES = new Map<string, Family>([
  ...DATABASE.map((name) => [name, 'database'] as const),
  ...PASSWORDLESS.map((name) => [name, 'passwordless'] as const),
  ...ENTERPRISE.map((name) => [name, 'enterprise'] as const),
]);

export function familyOf(strategy: string): Family {
  return FAMILIES.get(strategy) ?? 'social';
}
