/** Providers that speak SAML. */
import { Type } from 'typebox';
import { opt, orNull } from '../../../schema/types.ts';
import { certificateFacts } from '../upstream/certificate.ts';
import {
  address,
  enterprise,
  flag,
  group,
  oneOf,
  type Strategy,
  strictGroup,
  text,
  textMap,
  texts,
  thumbprints,
} from './strategy.ts';

const certificateText = text(20_480);

const samlOptions = {
  ...enterprise,
  signInEndpoint: address,
  signOutEndpoint: address,
  signingCert: certificateText,
  cert: certificateText,
  thumbprints,
  entityId: text(1024),
  protocolBinding: oneOf(
    'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
    'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect',
  ),
  signSAMLRequest: flag,
  signatureAlgorithm: oneOf('rsa-sha1', 'rsa-sha256'),
  digestAlgorithm: oneOf('sha1', 'sha256'),
  idpinitiated: strictGroup({
    enabled: flag,
    client_id: text(256),
    client_protocol: oneOf('oidc', 'oauth2', 'samlp', 'wsfed'),
    client_authorizequery: text(2048),
  }),
  decryptionKey: opt(
    orNull(
      Type.Unsafe({
        type: ['object', 'string'],
        maxLength: 10_240,
        additionalProperties: false,
        properties: { key: { type: 'string', maxLength: 10_240 }, cert: { type: 'string', maxLength: 10_240 } },
      }),
    ),
  ),
  assertion_decryption_settings: strictGroup({
    algorithm_profile: oneOf('v2026-1'),
    algorithm_exceptions: texts(100, 100),
  }),
};

/** What a SAML connection knows from its provider's metadata. It stays while the metadata cannot be read again. */
const FROM_METADATA = [
  ...['signingCert', 'signInEndpoint', 'signOutEndpoint', 'bindingMethod'],
  ...['cert', 'expires', 'subject', 'thumbprints'],
];

export const samlp: Strategy = {
  family: 'enterprise',
  options: {
    ...samlOptions,
    debug: flag,
    deflate: flag,
    destinationUrl: address,
    recipientUrl: address,
    disableSignout: flag,
    fieldsMap: opt(orNull(Type.Unsafe({ type: 'object', maxProperties: 100 }))),
    metadataUrl: address,
    metadataXml: text(102_400),
    requestTemplate: text(10_240),
    signing_key: textMap(10_240, 6),
    user_id_attribute: text(2396),
    global_token_revocation_jwt_iss: text(1024),
    global_token_revocation_jwt_sub: text(1024),
    oidc_metadata: group({ issuer: text(2048), authorization_endpoint: address, jwks_uri: address }),
  },
  initial: { assertion_decryption_settings: { algorithm_profile: 'v2026-1', algorithm_exceptions: [] } },
  kept: ({ metadataUrl }) => (metadataUrl ? FROM_METADATA : []),
  consumed: ['metadataXml'],
  learns: 'saml-metadata',
  derive: certificateFacts,
  hasTicket: true,
  hasScim: true,
  crossApp: ['resource'],
};

export const pingfederate: Strategy = {
  ...samlp,
  options: { ...samlOptions, pingFederateBaseUrl: address },
  initial: {},
  kept: [],
  // The certificate is shown as `cert` only.
  consumed: ['signingCert'],
  hasScim: false,
  crossApp: [],
};
