import { CONNECTIONS, costScenario } from '../scenario.ts';
import { authorizationRequest, browse, codeFrom, exchangeCode, signIn } from '../world.ts';

/** What a single-page application does when it loads: a code without a page, exchanged for tokens. */
export const silent = costScenario(
  'silent',
  'silent sign-in: GET /authorize?prompt=none, then POST /oauth/token with the code',
  async ({ http, world }) => {
    const signIns = Array.from({ length: CONNECTIONS }, (_, i) => signIn(http, world, world.users[i]!));
    const browsers = (await Promise.all(signIns)).map(({ browser }) => browser);
    return async (loop) => {
      const { path, verifier } = authorizationRequest(world, { prompt: 'none' });
      const code = codeFrom(world, await browse(http, browsers[loop]!, path));
      await exchangeCode(http, world, code, verifier);
    };
  },
);
