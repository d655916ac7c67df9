/**
 * Hosts and tenants. Two sources: the addresses of this process (configured or local, kept in memory because they
 * follow the ports) and the domains stored in the database, which are asked for at each request: a domain that was
 * removed, here or by another process, is unknown at once.
 */
import type { Site } from '../http/context.ts';
import type { Database } from '../storage/database.ts';
import { statement } from '../storage/statement.ts';

export type Sites = {
  /** Makes a host of this process known. */
  add(site: Site): void;
  /** The site of a `Host` header (lower or mixed case, with its port), or undefined for a host that is not ours. */
  resolve(host: string): Site | undefined | Promise<Site | undefined>;
};

const findDomain = statement<{ domain: string }, { tenant: string }>((q, bind) =>
  q.selectFrom('domains').select('tenant').where('domain', '=', bind('domain')),
);

/** Longer than any DNS name with a port: nothing longer can be a host of ours. */
const HOST_LIMIT = 262;

export function makeSites(database: Database): Sites {
  const local = new Map<string, Site>();
  return {
    add(site) {
      local.set(site.host, site);
    },
    resolve(header) {
      const host = header.toLowerCase();
      const known = local.get(host);
      if (known || host.length > HOST_LIMIT) return known;
      return database.read
        .first(findDomain, { domain: host })
        .then((row) => row && { tenant: row.tenant, host, issuer: `https://${host}/` });
    },
  };
}
