/** Events are told whole, whichever release wrote them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextLogId, recordEvent } from '../../logs/events.ts';
import { onEveryEngine } from '../../storage/testing.ts';
import { getLogEvent, logEventsAfter } from './store.ts';

const NOW = Date.UTC(2026, 0, 1);
const ORIGIN = { tenant: 'told', hostname: 'h.example', ip: '192.0.2.1', userAgent: 'Some/1 Mobile', now: NOW };

onEveryEngine('Log events as they are read', (place) => {
  test('what was recorded is told, from columns and document, and nothing else', async () => {
    const { database } = place;
    const event = {
      type: 's',
      description: 'two\nlines',
      client_id: 'client',
      client_name: 'Client',
      user_id: 'auth0|1',
      connection_id: 'con_1',
      details: { prompt: 'none' },
    } as const;
    await database.write((sql) => recordEvent(sql, ORIGIN, event));
    const [told] = await logEventsAfter(database.read, 'told', undefined, 10, NOW + 60_000);
    const { log_id } = told!;
    assert.deepEqual(JSON.parse(JSON.stringify(told)), {
      ...event,
      description: 'two lines',
      date: new Date(NOW).toISOString(),
      ip: '192.0.2.1',
      hostname: 'h.example',
      user_agent: 'Some/1 Mobile',
      isMobile: true,
      tenant_name: 'told',
      log_id,
      _id: log_id,
    });
  });

  test('documents of earlier releases, which hold everything, are told the same', async () => {
    const { database } = place;
    const log_id = nextLogId(NOW);
    const told = { date: new Date(NOW).toISOString(), type: 'f', ip: '192.0.2.2', tenant_name: 'told', log_id };
    const row = { tenant: 'told', log_id, date: NOW, type: 'f', ip: '192.0.2.2', doc: JSON.stringify(told) };
    await database.write((sql) => sql.query(sql.build.insertInto('log_events').values(row as never)));
    const found = await getLogEvent(database.read, 'told', log_id);
    assert.deepEqual(JSON.parse(JSON.stringify(found)), { ...told, _id: log_id });
  });
});
