/** What the operations of `/attack-protection` do. */
import type { Route } from '../pipeline.ts';
import { readsSingleton, updatesSingleton } from '../singletons.ts';
import {
  getBotDetection,
  getBreachedPassword,
  getBruteForce,
  getCaptcha,
  getPhoneProvider,
  getSuspiciousIp,
  updateBotDetection,
  updateBreachedPassword,
  updateBruteForce,
  updateCaptcha,
  updatePhoneProvider,
  updateSuspiciousIp,
} from './operations.ts';
import {
  botDetection,
  breachedPassword,
  bruteForce,
  type Captcha,
  captcha,
  phoneProvider,
  suspiciousIp,
} from './schema.ts';

export const attackProtectionRoutes: Route[] = [
  readsSingleton(getBotDetection, botDetection),
  updatesSingleton(updateBotDetection, botDetection),
  readsSingleton(getBreachedPassword, breachedPassword),
  updatesSingleton(updateBreachedPassword, breachedPassword),
  readsSingleton(getBruteForce, bruteForce),
  updatesSingleton(updateBruteForce, bruteForce),
  readsSingleton(getCaptcha, captcha, withoutKeys),
  updatesSingleton(updateCaptcha, captcha, withoutKeys),
  readsSingleton(getPhoneProvider, phoneProvider),
  updatesSingleton(updatePhoneProvider, phoneProvider),
  readsSingleton(getSuspiciousIp, suspiciousIp),
  updatesSingleton(updateSuspiciousIp, suspiciousIp),
];

/** The keys of captcha providers go in and never come out. */
function withoutKeys(doc: Captcha): unknown {
  return Object.fromEntries(
    Object.entries(doc).map(([id, settings]) => {
      if (typeof settings === 'string') return [id, settings];
      const { secret: _secret, api_key: _key, ...shown } = settings;
      return [id, shown];
    }),
  );
}
