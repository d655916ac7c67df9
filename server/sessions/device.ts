/** Where sessions and refresh tokens are used from: address and browser, at the beginning and last. */
import type { Origin } from '../logs/events.ts';

/** What a request tells of the device that sent it. */
export type Seen = { readonly ip: string; readonly user_agent: string };

export type Device = { readonly initial?: Seen; readonly last?: Seen };

export function seenBy({ ip, userAgent }: Pick<Origin, 'ip' | 'userAgent'>): Seen {
  return { ip, user_agent: userAgent };
}

/** The device as the Management API shows it. */
export function shownDevice({ initial, last }: Device): Record<string, string | undefined> {
  return {
    initial_ip: initial?.ip,
    initial_user_agent: initial?.user_agent,
    last_ip: last?.ip,
    last_user_agent: last?.user_agent,
  };
}
