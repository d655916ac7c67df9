/** Endpoints that only tell something. */
import { costScenario } from '../scenario.ts';
import { signIn } from '../world.ts';

export const userinfo = costScenario('userinfo', 'GET /userinfo', async ({ http, world }) => {
  const { tokens } = await signIn(http, world, world.users[0]!);
  const headers = { authorization: `Bearer ${tokens.access_token}` };
  return () => http.json({ path: '/userinfo', headers });
});

export const jwks = costScenario(
  'jwks',
  'GET /.well-known/jwks.json',
  async ({ http }) =>
    () =>
      http.json({ path: '/.well-known/jwks.json' }),
);

export const discovery = costScenario(
  'discovery',
  'GET /.well-known/openid-configuration',
  async ({ http }) =>
    () =>
      http.json({ path: '/.well-known/openid-configuration' }),
);

export const getUser = costScenario('get_user', 'GET /api/v2/users/{id}', async ({ http, world }) => {
  const headers = { authorization: `Bearer ${world.managementToken}` };
  return (loop) => {
    const { user_id } = world.users[loop % world.users.length]!;
    return http.json({ path: `/api/v2/users/${encodeURIComponent(user_id)}`, headers });
  };
});
