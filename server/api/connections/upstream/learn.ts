/**
 * Reads what a provider publishes about itself, when a connection is made or changed: the OpenID discovery document,
 * SAML or WS-Federation metadata. A provider that cannot be reached leaves the connection as the request describes
 * it, and as it was known before: what an administrator writes must be kept while the other side is down.
 */
import { EgressError, makeEgress } from '../../../http/egress.ts';
import { isPlainObject } from '../../../schema/resource.ts';
import type { Services } from '../../../services.ts';
import type { Options } from '../strategies/strategy.ts';
import { strategyOf } from '../strategies/table.ts';
import { readFederationMetadata, readSamlMetadata } from './metadata.ts';

const LIMITS = { timeoutMs: 3000, maxBytes: 512 * 1024 };
const FEDERATION_PATH = '/FederationMetadata/2007-06/FederationMetadata.xml';

type Fetch = { json(url: string): Promise<unknown>; text(url: string): Promise<string> };

/** Options that the provider's own documents give. Fetches: call before a unit of work, never in it. */
export async function learn(
  { config, log }: Pick<Services, 'config' | 'log'>,
  strategy: string,
  options: Options,
): Promise<Options> {
  const { learns } = strategyOf(strategy);
  if (!learns) return {};
  const egress = makeEgress({ allowPrivate: config.allowPrivateEgress });
  const fetch: Fetch = {
    json: (url) => egress.fetchJson(url, LIMITS),
    text: async (url) => {
      const { status, body } = await egress.send(url, LIMITS);
      return status === 200 ? body.toString('utf8') : '';
    },
  };
  try {
    return await SOURCES[learns](options, fetch);
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    log.info({ problem: error.message, strategy }, 'nothing learnt about a connection from its provider');
    return {};
  } finally {
    await egress.close();
  }
}

const SOURCES = {
  async discovery({ discovery_url, domain, oidc_metadata }: Options, fetch: Fetch): Promise<Options> {
    if (isPlainObject(oidc_metadata)) return {};
    const url = isText(discovery_url)
      ? discovery_url
      : isText(domain)
        ? `https://${domain}/.well-known/openid-configuration`
        : undefined;
    if (url === undefined) return {};
    const document = await fetch.json(url);
    // OpenID Connect Discovery 1.0 §4.2: a document without an issuer is none.
    return isPlainObject(document) && isText(document.issuer) ? { oidc_metadata: document } : {};
  },

  async 'saml-metadata'({ metadataXml, metadataUrl }: Options, fetch: Fetch): Promise<Options> {
    if (isText(metadataXml)) return readSamlMetadata(metadataXml);
    return isText(metadataUrl) ? readSamlMetadata(await fetch.text(metadataUrl)) : {};
  },

  async 'federation-metadata'({ fedMetadataXml, adfs_server }: Options, fetch: Fetch): Promise<Options> {
    if (isText(fedMetadataXml)) return readFederationMetadata(fedMetadataXml);
    if (!isText(adfs_server)) return {};
    const url = /^https?:\/\//.test(adfs_server) ? adfs_server : `https://${adfs_server}${FEDERATION_PATH}`;
    return readFederationMetadata(await fetch.text(url));
  },
};

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
