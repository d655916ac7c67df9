/** What a grant has established: who may have which tokens. The token endpoint turns it into tokens. */
import type { Client } from '../../api/clients/schema.ts';
import type { ResourceServer } from '../../api/resource-servers/schema.ts';
import type { StoredUser } from '../../api/users/store.ts';

export type Authorization = {
  readonly client: Client;
  /** Absent when the client acts for itself. */
  readonly user?: StoredUser | undefined;
  readonly api: ResourceServer | undefined;
  readonly scope: readonly string[];
  /** Grant the token came by, as the `gty` claim names it; absent for a code. */
  readonly gty?: string | undefined;
  /** All tokens of a user's authorization share this id; revoking it ends them all. A client's own tokens just end. */
  readonly grantId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly nonce?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly authTime?: number | undefined;
  /** The refresh token to hand out. */
  readonly refreshToken?: string | undefined;
  /** Name of the connection, for the log event. */
  readonly connection?: string | undefined;
};
