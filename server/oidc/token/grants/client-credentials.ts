/** `client_credentials` (RFC 6749 §4.4): a client acts for itself. */
import { accessForClient } from '../../access.ts';
import { words } from '../../params.ts';
import type { Authorization } from '../authorization.ts';
import type { Grant } from '../grant.ts';

export const clientCredentials: Grant<Authorization> = {
  type: 'client_credentials',
  success: 'seccft',
  failure: 'feccft',
  async prepare({ services, configuration, context, client, params }) {
    const audience = params.get('audience') ?? params.get('resource');
    const access = await accessForClient(services, configuration, context, client, {
      audience,
      scope: words(params.get('scope')),
    });
    return { client, ...access, gty: 'client-credentials' };
  },
  ahead: (authorization) => authorization,
  async redeem(_request, _sql, authorization) {
    return authorization;
  },
};
