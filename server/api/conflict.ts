/** What is told when a unique key refuses a write. */
import type { ApiError } from '../http/errors.ts';
import { UniqueViolation } from '../storage/database.ts';

/**
 * Waits for a write whose unique key may be taken, also by a request that came in between.
 * @throws what `conflict` makes when it is, and anything else as it was thrown
 */
export async function orConflict<T>(writing: Promise<T>, conflict: () => ApiError): Promise<T> {
  try {
    return await writing;
  } catch (error) {
    throw error instanceof UniqueViolation ? conflict() : error;
  }
}
