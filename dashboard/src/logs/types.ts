/** What a type code of a log event says at a glance. The codes and their names are the server's own table. */
import { LOG_TYPES, type LogType } from '../../../server/logs/types.ts';

export type Outcome = 'success' | 'failure';

/** The name of a code; the code itself when the table does not know it (an older or newer server wrote it). */
export function typeLabel(type: string | null | undefined): string {
  return LOG_TYPES[type as LogType] ?? type ?? 'Unknown';
}

export function outcomeOf(type: string | null | undefined): Outcome {
  const label = typeLabel(type);
  // A block is a failure too: somebody could not go on.
  const failed = label === type ? type.startsWith('f') : /^(Failed|Blocked)\b/.test(label);
  return failed ? 'failure' : 'success';
}

/** All codes, by their names. */
export const TYPE_CHOICES = Object.entries(LOG_TYPES)
  .map(([value, label]) => ({ value, label: `${label} (${value})` }))
  .sort((a, b) => a.label.localeCompare(b.label));

/** The codes with this outcome. */
export function typesWith(outcome: Outcome): string[] {
  return Object.keys(LOG_TYPES).filter((type) => outcomeOf(type) === outcome);
}
