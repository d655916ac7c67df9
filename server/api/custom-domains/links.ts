/** Where the links of mails and tickets lead that are made through the Management API. */
import type { IncomingHttpHeaders } from 'node:http';
import type { RequestContext } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import type { Services } from '../../services.ts';
import type { Sql } from '../../storage/database.ts';
import { customDomainStore } from './store.ts';

type Asked = {
  readonly services: Pick<Services, 'vault'>;
  readonly sql: Sql;
  readonly context: RequestContext;
  readonly headers: IncomingHttpHeaders;
};

/**
 * The domain that the `auth0-custom-domain` header names, else the default one, else the site of the request.
 * @returns an issuer, with a slash at the end
 * @throws ApiError 400 when the header names a domain that is not the tenant's, or not verified
 */
export async function issuerOfLinks({ services, sql, context, headers }: Asked): Promise<string> {
  const store = customDomainStore(services.vault);
  const asked = headers['auth0-custom-domain'];
  const domain =
    typeof asked === 'string'
      ? await store.find(sql, context.tenant, 'domain', asked.toLowerCase())
      : await store.find(sql, context.tenant, 'default', 'true');
  if (domain?.status === 'ready') return `https://${domain.domain}/`;
  if (asked === undefined || asked === context.site.host) return context.site.issuer;
  throw new ApiError(400, 'The custom domain of the header is not one of this tenant', 'invalid_custom_domain');
}
