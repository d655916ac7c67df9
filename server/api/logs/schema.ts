/** Log events as answers show them; `server/logs/events.ts` writes them. */
import { Type } from 'typebox';
import { type DocumentOf, field, resource } from '../../schema/resource.ts';

const text = Type.String();
const shownOnly = { readOnly: true } as const;

export const logResource = resource({
  name: 'LogEvent',
  plural: 'logs',
  fields: {
    log_id: field(text, { ...shownOnly, always: true, description: 'Identifier; sorts by time' }),
    _id: field(text, shownOnly),
    date: field(text, { ...shownOnly, description: 'When it happened' }),
    type: field(text, { ...shownOnly, description: 'Type code' }),
    description: field(text, shownOnly),
    connection: field(text, shownOnly),
    connection_id: field(text, shownOnly),
    client_id: field(text, shownOnly),
    client_name: field(text, shownOnly),
    ip: field(text, shownOnly),
    hostname: field(text, shownOnly),
    user_agent: field(text, shownOnly),
    isMobile: field(Type.Boolean(), shownOnly),
    user_id: field(text, shownOnly),
    user_name: field(text, shownOnly),
    audience: field(text, shownOnly),
    scope: field(text, shownOnly),
    strategy: field(text, shownOnly),
    strategy_type: field(text, shownOnly),
    tenant_name: field(text, shownOnly),
    details: field(Type.Unknown(), { ...shownOnly, description: 'What else is known, by type' }),
  },
});

export type LogAnswer = DocumentOf<typeof logResource>;
