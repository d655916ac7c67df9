/**
 * What a grant fills in of the token endpoint's pipeline. It gets an authenticated client that may use it, and answers
 * an authorization; it cannot skip a check that the endpoint makes, and it issues nothing.
 */
import type { Client } from '../../api/clients/schema.ts';
import type { RequestContext } from '../../http/context.ts';
import type { OAuthError } from '../../http/errors.ts';
import type { LogEvent, LogType } from '../../logs/events.ts';
import type { Services } from '../../services.ts';
import type { Sql } from '../../storage/database.ts';
import type { TenantConfiguration } from '../../tenants/configuration.ts';
import type { Params } from '../params.ts';
import type { Authorization } from './authorization.ts';

export type TokenRequest = {
  readonly services: Services;
  readonly context: RequestContext;
  readonly configuration: TenantConfiguration;
  readonly client: Client;
  readonly params: Params;
};

/** A refusal that must be remembered: what was written before it (a code burnt, a family revoked) is committed. */
export type Refusal = { readonly error: OAuthError; readonly event?: Partial<LogEvent> };

export type Grant<Prepared = never> = {
  readonly type: string;
  readonly success: LogType;
  readonly failure: LogType;
  /** What must not run within a unit of work, such as verifying a password. */
  readonly prepare: (request: TokenRequest) => Promise<Prepared>;
  /**
   * What is known before anything is committed, when that is all that tokens are made of besides the refresh token:
   * they are signed meanwhile, and thrown away if the grant is refused after all.
   */
  readonly ahead?: (prepared: Prepared) => Authorization;
  /** Consumes what was presented, in one unit of work. Throwing undoes it; a refusal is committed. */
  readonly redeem: (request: TokenRequest, sql: Sql, prepared: Prepared) => Promise<Authorization | Refusal>;
};

export function isRefusal(result: Authorization | Refusal): result is Refusal {
  return 'error' in result;
}
