/** Addons of clients: the tokens and federation protocols that a client can be given besides OpenID Connect. */
import { Type } from 'typebox';
import { PATTERNS } from '../../schema/patterns.ts';
import { anyObject, open, opt, orNull, strict } from '../../schema/types.ts';

const text = Type.String();
const texts = Type.Array(Type.String({ minLength: 1 }));
const whole = Type.Integer({ minimum: 0 });
const salesforceApi = open({
  clientid: opt(text),
  principal: opt(text),
  communityName: opt(text),
  community_url_section: opt(text),
});
/** An addon that may be there without settings, as `null`. */
const orNothing = (properties: Parameters<typeof open>[0]) => opt(orNull(open(properties)));

/** Their settings by name. */
export const addons = strict({
  aws: orNothing({
    principal: opt(text),
    role: opt(text),
    lifetime_in_seconds: opt(Type.Integer({ minimum: 900, maximum: 43200 })),
  }),
  azure_blob: orNothing({
    accountName: opt(Type.String({ pattern: PATTERNS.azureAccount })),
    storageAccessKey: opt(Type.String({ pattern: PATTERNS.azureKey })),
    containerName: opt(Type.String({ pattern: PATTERNS.azureContainer })),
    blobName: opt(Type.String({ minLength: 1, maxLength: 1024 })),
    expiration: opt(whole),
    signedIdentifier: opt(text),
    blob_read: opt(Type.Boolean()),
    blob_write: opt(Type.Boolean()),
    blob_delete: opt(Type.Boolean()),
    container_read: opt(Type.Boolean()),
    container_write: opt(Type.Boolean()),
    container_delete: opt(Type.Boolean()),
    container_list: opt(Type.Boolean()),
  }),
  azure_sb: orNothing({
    namespace: opt(text),
    sasKeyName: opt(text),
    sasKey: opt(text),
    entityPath: opt(text),
    expiration: opt(whole),
  }),
  rms: orNothing({ url: text }),
  mscrm: orNothing({ url: text }),
  slack: orNothing({ team: text }),
  sentry: orNothing({ org_slug: opt(text), base_url: opt(text) }),
  box: orNothing({}),
  cloudbees: orNothing({}),
  concur: orNothing({}),
  dropbox: orNothing({}),
  echosign: orNothing({ domain: opt(text) }),
  egnyte: orNothing({ domain: opt(text) }),
  firebase: orNothing({
    secret: opt(text),
    private_key_id: opt(text),
    private_key: opt(text),
    client_email: opt(text),
    lifetime_in_seconds: opt(whole),
  }),
  newrelic: orNothing({ account: opt(text) }),
  office365: orNothing({ domain: opt(text), connection: opt(text) }),
  salesforce: orNothing({ entity_id: opt(text) }),
  salesforce_api: opt(orNull(salesforceApi)),
  salesforce_sandbox_api: opt(orNull(salesforceApi)),
  samlp: orNothing({
    mappings: opt(anyObject()),
    audience: opt(text),
    recipient: opt(text),
    createUpnClaim: opt(Type.Boolean()),
    mapUnknownClaimsAsIs: opt(Type.Boolean()),
    passthroughClaimsWithNoMapping: opt(Type.Boolean()),
    mapIdentities: opt(Type.Boolean()),
    signatureAlgorithm: opt(text),
    digestAlgorithm: opt(text),
    issuer: opt(text),
    destination: opt(text),
    lifetimeInSeconds: opt(whole),
    signResponse: opt(Type.Boolean()),
    nameIdentifierFormat: opt(text),
    nameIdentifierProbes: opt(texts),
    authnContextClassRef: opt(text),
    typedAttributes: opt(Type.Boolean()),
    includeAttributeNameFormat: opt(Type.Boolean()),
    logout: opt(open({ callback: opt(text), slo_enabled: opt(Type.Boolean()) })),
    binding: opt(text),
    signingCert: opt(text),
  }),
  layer: orNothing({ providerId: text, keyId: text, privateKey: text, principal: opt(text), expiration: opt(whole) }),
  sap_api: orNothing({
    clientid: opt(text),
    usernameAttribute: opt(text),
    tokenEndpointUrl: opt(text),
    scope: opt(text),
    servicePassword: opt(text),
    nameIdentifierFormat: opt(text),
  }),
  sharepoint: orNothing({ url: opt(text), external_url: opt(Type.Union([Type.Array(text), text])) }),
  springcm: orNothing({ acsurl: opt(text) }),
  wams: orNothing({ masterkey: opt(text) }),
  wsfed: orNothing({}),
  zendesk: orNothing({ accountName: opt(text) }),
  zoom: orNothing({ account: opt(text) }),
  sso_integration: orNothing({ name: opt(text), version: opt(text) }),
  oag: orNothing({}),
});
