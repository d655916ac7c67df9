/** What a User-Agent header tells a person: the browser and the system, in a few words. */

const BROWSERS: readonly [RegExp, string][] = [
  [/HeadlessChrome\//, 'Chrome'],
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
  [/^curl\//, 'curl'],
  [/^node\b|undici/i, 'Node.js'],
];

const SYSTEMS: readonly [RegExp, string][] = [
  [/\b(iPhone|iPad)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** "Firefox on Windows"; the header itself when it names no browser that is known here. */
export function browserOf(agent: string | undefined): string {
  if (!agent) return 'Unknown device';
  const browser = nameIn(BROWSERS, agent);
  const system = nameIn(SYSTEMS, agent);
  if (!browser) return system ?? agent.slice(0, 60);
  return system ? `${browser} on ${system}` : browser;
}

export function isPhone(agent: string | undefined): boolean {
  return /\b(Mobile|iPhone|Android)\b/.test(agent ?? '');
}

function nameIn(names: readonly [RegExp, string][], agent: string) {
  return names.find(([pattern]) => pattern.test(agent))?.[1];
}
