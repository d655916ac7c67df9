/** The reference of log event types. */
import { LOG_TYPES } from '../../server/logs/types.ts';
import { code, generatedFrom, page, table } from './markdown.ts';

const HEAD = `A log event is written in the same unit of work as what it tells of: neither exists without the other. The
codes are the vendor's. Read them with \`GET /api/v2/logs\` (search), or with \`from\` and \`take\` to follow them one after
the other; their fields are in the [reference](management-api.md#logs).`;

export function logEventsPage(): string {
  const rows = Object.entries(LOG_TYPES)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, meaning]) => [code(type), meaning]);
  return page('# Log event types', generatedFrom('`server/logs/types.ts`'), HEAD, table(['Type', 'Meaning'], rows));
}
