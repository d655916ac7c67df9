/**
 * Client ID Metadata Documents: what one may say, and the client it describes. Text in, findings and fields out; this
 * file fetches and stores nothing.
 * @see https://datatracker.ietf.org/doc/draft-ietf-oauth-client-id-metadata-document/
 */
import { createPublicKey, type webcrypto } from 'node:crypto';
import { isPlainObject } from '../../schema/resource.ts';

/** Whether a document is usable. `violations` make it unusable, `warnings` tell what was left out. */
export type Validation = { valid: boolean; violations: string[]; warnings: string[] };

/** The fields of a client that a document gives. */
export type MappedFields = {
  external_client_id: string;
  name: string;
  callbacks: string[];
  grant_types: string[];
  app_type: 'native' | 'regular_web';
  token_endpoint_auth_method: 'none' | 'private_key_jwt';
  logo_uri?: string;
  jwks_uri?: string;
};

/** A key of the client's, as credentials hold it. */
export type PublicCredential = {
  credential_type: 'public_key';
  kid: string;
  alg: 'RS256' | 'RS384' | 'PS256';
  pem: string;
};

const SUPPORTED = ['client_id', 'client_name', 'redirect_uris', 'logo_uri', 'grant_types', 'response_types',
  'application_type', 'token_endpoint_auth_method', 'token_endpoint_auth_signing_alg', 'jwks_uri']; // biome-ignore format: a list reads better than a column
const SECRETS = ['client_secret', 'client_secret_expires_at'];
const GRANTS = ['authorization_code', 'refresh_token'];
const ALGORITHMS = ['RS256', 'RS384', 'PS256'] as const;
/** Credentials that a client may have in force at once. */
const MOST_KEYS = 2;
const MOST_REDIRECTS = 100;
const UNSAFE = ['javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'about:', 'ftp:'];

/** Why a URL cannot be the id of a client; undefined when it can. Draft, "Client Identifier". */
export function badClientId(text: string, allowHttp: boolean): string | undefined {
  if (!URL.canParse(text)) return 'it is no URL';
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(allowHttp && url.protocol === 'http:')) return 'it is no https URL';
  if (url.pathname === '/' || url.pathname === '') return 'it has no path';
  if (text.includes('#')) return 'it has a fragment';
  if (url.username || url.password) return 'it has a username or a password';
  // The parser takes dot segments out, so they are looked for in what was written.
  if (/\/\.{1,2}(?=\/|\?|$)|%2e/i.test(text.slice(text.indexOf('//') + 2))) return 'its path has dot segments';
  return undefined;
}

/** Reads a document that was fetched from `clientId`. The fields are usable only when it is valid. */
export function readDocument(clientId: string, document: unknown): { fields: MappedFields; validation: Validation } {
  const doc = isPlainObject(document) ? document : {};
  const violations: string[] = [];
  const warnings: string[] = [];
  if (!isPlainObject(document)) violations.push('The document is no JSON object.');
  // Compared as text: the document of one URL must not speak for another.
  if (doc.client_id !== clientId) violations.push('client_id is not the URL of the document.');
  for (const name of SECRETS) if (name in doc) violations.push(`${name}: a public document holds no secret.`);
  const fields: MappedFields = {
    external_client_id: clientId,
    name: nameOf(doc, clientId, violations),
    callbacks: callbacksOf(doc, violations),
    ...logoOf(doc, violations),
    grant_types: grantsOf(doc, violations, warnings),
    ...authenticationOf(doc, clientId, violations),
  };
  const ignored = Object.keys(doc).filter((name) => !SUPPORTED.includes(name) && !SECRETS.includes(name));
  if (ignored.length > 0)
    warnings.push(`Ignoring unsupported properties: ${ignored.slice(0, 20).join(', ').slice(0, 500)}.`);
  return { fields, validation: { valid: violations.length === 0, violations, warnings } };
}

type Doc = Readonly<Record<string, unknown>>;

function nameOf(doc: Doc, clientId: string, violations: string[]): string {
  const { client_name } = doc;
  if (client_name === undefined) return URL.canParse(clientId) ? new URL(clientId).hostname : clientId;
  if (typeof client_name === 'string' && /^[^<>]{1,300}$/.test(client_name)) return client_name;
  violations.push('client_name is no text of at most 300 characters without angle brackets.');
  return '';
}

function callbacksOf(doc: Doc, violations: string[]): string[] {
  const urls = textsOf(doc.redirect_uris);
  if (!urls || urls.length === 0 || urls.length > MOST_REDIRECTS) {
    violations.push(`redirect_uris is no list of 1 to ${MOST_REDIRECTS} URLs.`);
    return [];
  }
  for (const url of urls.filter((text) => !isRedirect(text)))
    violations.push(`redirect_uris: ${shown(url)} is not usable.`);
  return urls;
}

/** RFC 8252 §7: https, the application's own scheme, or http on loopback. No fragment (RFC 6749 §3.1.2). */
function isRedirect(text: string): boolean {
  if (text.length > 2000 || /[\s<>"\\#*]/.test(text) || !URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  if (protocol === 'http:') return ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return !UNSAFE.includes(protocol);
}

function logoOf(doc: Doc, violations: string[]): { logo_uri?: string } {
  const { logo_uri } = doc;
  if (logo_uri === undefined) return {};
  if (isHttps(logo_uri)) return { logo_uri };
  violations.push('logo_uri is no https URL.');
  return {};
}

function grantsOf(doc: Doc, violations: string[], warnings: string[]): string[] {
  const asked = doc.grant_types === undefined ? ['authorization_code'] : textsOf(doc.grant_types);
  const responses = doc.response_types === undefined ? ['code'] : textsOf(doc.response_types);
  if (!asked?.includes('authorization_code') || !responses?.includes('code')) {
    violations.push('grant_types and response_types must allow authorization_code with code.');
    return [];
  }
  const dropped = asked.filter((grant) => !GRANTS.includes(grant));
  if (dropped.length > 0) warnings.push(`Ignoring unsupported grant types: ${shown(dropped.join(', '))}.`);
  return GRANTS.filter((grant) => asked.includes(grant));
}

type Authentication = Pick<MappedFields, 'app_type' | 'token_endpoint_auth_method' | 'jwks_uri'>;

/** Without a shared secret there are two ways: none, and a key of the client's (RFC 7523). */
function authenticationOf(doc: Doc, clientId: string, violations: string[]): Authentication {
  const { application_type, token_endpoint_auth_method: method = 'none', jwks_uri } = doc;
  if (application_type !== undefined && application_type !== 'web' && application_type !== 'native')
    violations.push('application_type is neither web nor native.');
  if (method !== 'none' && method !== 'private_key_jwt')
    violations.push('token_endpoint_auth_method is neither none nor private_key_jwt.');
  if (method !== 'private_key_jwt')
    return { app_type: application_type === 'web' ? 'regular_web' : 'native', token_endpoint_auth_method: 'none' };
  // Where plain http was allowed for the document, in development, it is for the keys.
  const usable = isHttps(jwks_uri) || (clientId.startsWith('http:') && isHttp(jwks_uri));
  if (!usable) violations.push('jwks_uri is no https URL, which private_key_jwt needs.');
  return {
    app_type: application_type === 'native' ? 'native' : 'regular_web',
    token_endpoint_auth_method: 'private_key_jwt',
    ...(usable ? { jwks_uri } : {}),
  };
}

/** The signing keys of a key set that assertions may be verified with. */
export function readKeySet(keySet: unknown, algorithm: unknown, validation: Validation): PublicCredential[] {
  const keys = isPlainObject(keySet) && Array.isArray(keySet.keys) ? (keySet.keys as unknown[]) : [];
  const usable = keys.map((key) => credentialOf(key, algorithm)).filter((credential) => credential !== undefined);
  if (usable.length === 0) {
    validation.valid = false;
    validation.violations.push('jwks_uri has no RSA signing key of 2048 bits or more with a kid.');
  }
  if (usable.length > MOST_KEYS) validation.warnings.push(`Only the first ${MOST_KEYS} keys of jwks_uri are used.`);
  return usable.slice(0, MOST_KEYS);
}

function credentialOf(key: unknown, algorithm: unknown): PublicCredential | undefined {
  if (!isPlainObject(key) || key.kty !== 'RSA' || (key.use !== undefined && key.use !== 'sig')) return undefined;
  const alg = ALGORITHMS.find((name) => name === key.alg) ?? ALGORITHMS.find((name) => name === algorithm) ?? 'RS256';
  if (typeof key.kid !== 'string' || !/^[\x21-\x7e]{1,100}$/.test(key.kid)) return undefined;
  try {
    // Only the public members: whatever else a careless client publishes is not read.
    const publicKey = createPublicKey({
      key: { kty: 'RSA', n: key.n, e: key.e } as webcrypto.JsonWebKey,
      format: 'jwk',
    });
    if ((publicKey.asymmetricKeyDetails?.modulusLength ?? 0) < 2048) return undefined;
    return {
      credential_type: 'public_key',
      kid: key.kid,
      alg,
      pem: publicKey.export({ type: 'spki', format: 'pem' }) as string,
    };
  } catch {
    return undefined;
  }
}

function isHttps(value: unknown): value is string {
  return (
    typeof value === 'string' && value.length <= 2000 && /^https:\/\/[^\s<>"]+$/.test(value) && URL.canParse(value)
  );
}

function isHttp(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('http:') && isHttps(value.replace('http:', 'https:'));
}

function textsOf(value: unknown): string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}

/** A stranger's text in a message: short, one line. */
function shown(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 200);
}
