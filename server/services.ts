/** What every feature is given: the shared capabilities, made once by `app.ts`. Nothing here knows a feature. */
import type { FastifyBaseLogger } from 'fastify';
import type { Config } from './config.ts';
import type { Vault } from './keys/vault.ts';
import type { Database } from './storage/database.ts';
import type { Configurations } from './tenants/configuration.ts';
import type { Directory, Stores } from './tenants/directory.ts';
import type { Sites } from './tenants/sites.ts';

export type Services = {
  readonly config: Config;
  readonly database: Database;
  readonly vault: Vault;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly log: FastifyBaseLogger;
  readonly sites: Sites;
  readonly configurations: Configurations;
  readonly stores: Stores;
  readonly directory: Directory;
  /** Wakes a background job, so that it need not wait for its turn. */
  readonly nudge: (job: string) => void;
};
