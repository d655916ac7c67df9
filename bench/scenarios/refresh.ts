import { CONNECTIONS, costScenario } from '../scenario.ts';
import { pick, signIn, type Tokens } from '../world.ts';

/** Every connection follows a chain of its own: each answer's refresh token is the next request's. */
export const refresh = costScenario('refresh', 'refresh with rotation: POST /oauth/token', async ({ http, world }) => {
  const scope = 'openid profile email offline_access';
  const signIns = Array.from({ length: CONNECTIONS }, (_, i) => signIn(http, world, world.users[i]!, scope));
  const chain = (await Promise.all(signIns)).map(({ tokens }) => tokens.refresh_token!);
  return async (loop) => {
    const refresh_token = chain[loop]!;
    const body = { grant_type: 'refresh_token', ...pick(world.web), refresh_token };
    const tokens = await http.json<Tokens>({ method: 'POST', path: '/oauth/token', body });
    if (!tokens.refresh_token || tokens.refresh_token === refresh_token) throw new Error('No rotation.');
    chain[loop] = tokens.refresh_token;
  };
});
