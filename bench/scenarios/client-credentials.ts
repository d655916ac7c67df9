import { costScenario } from '../scenario.ts';
import { pick } from '../world.ts';

export const clientCredentials = costScenario(
  'client_credentials',
  'an access token for a machine: POST /oauth/token',
  async ({ http, world }) => {
    const body = { grant_type: 'client_credentials', ...pick(world.machine), audience: world.audience };
    return () => http.json({ method: 'POST', path: '/oauth/token', body });
  },
);
