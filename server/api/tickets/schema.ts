/** What the bodies about a user's address and password have in common. */
import { Type } from 'typebox';
import { PATTERNS } from '../../schema/patterns.ts';
import { choice, opt, strict } from '../../schema/types.ts';

export const userId = Type.String({ minLength: 1, maxLength: 300, pattern: PATTERNS.userId });
export const clientId = Type.String({ minLength: 1, maxLength: 100 });
/** Kept with the request; links of organizations look like any other. */
export const organizationId = Type.String({ pattern: PATTERNS.organizationId });
export const connectionId = Type.String({ pattern: PATTERNS.connectionId });

/** Which identity of the user is meant. */
export const identity = strict({
  user_id: Type.String({ minLength: 1, maxLength: 255 }),
  provider: Type.String({ minLength: 1, maxLength: 64 }),
  connection_id: opt(connectionId),
});
export const databaseIdentity = strict({ ...identity.properties, provider: choice(['auth0']) });

export const resultUrl = Type.String({ format: 'url', maxLength: 2000 });
export const ttlSec = Type.Integer({ minimum: 0, maximum: 31_536_000 });
