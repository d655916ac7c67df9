/** The operations of `/stats`. */
import { Type } from 'typebox';
import { operation } from '../../schema/operation.ts';
import { opt, strict } from '../../schema/types.ts';

const tag = 'Stats';
const day = opt(Type.String({ pattern: '^[0-9]{8}$', description: 'YYYYMMDD, included' }));

export const getActiveUsers = operation({
  id: 'get_active-users',
  method: 'GET',
  path: '/stats/active-users',
  tag,
  summary: 'Count the users who logged in within 30 days',
  scopes: ['read:stats'],
  status: 200,
  response: Type.Integer(),
});

export const getDailyStats = operation({
  id: 'get_daily',
  method: 'GET',
  path: '/stats/daily',
  tag,
  summary: 'Count logins and sign-ups by day, as far back as log events are kept',
  scopes: ['read:stats'],
  query: strict({ from: day, to: day }),
  status: 200,
  response: Type.Array(
    strict({
      date: Type.String(),
      logins: Type.Integer(),
      signups: Type.Integer(),
      leaked_passwords: Type.Integer(),
      created_at: Type.String(),
      updated_at: Type.String(),
    }),
  ),
  errors: { 400: 'invalid_query_string' },
});
