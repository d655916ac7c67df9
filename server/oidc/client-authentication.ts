/**
 * Client authentication (RFC 6749 §2.3, RFC 7521 §4.2): none, client_secret_post, client_secret_basic, private_key_jwt.
 * What the request carries says how the client tries; what the client is set to says whether that is enough.
 */
import type { FastifyRequest } from 'fastify';
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { credentials, publicKeyOf } from '../api/clients/credentials.ts';
import { isPublic } from '../api/clients/defaults.ts';
import type { Client } from '../api/clients/schema.ts';
import { OAuthError } from '../http/errors.ts';
import { equalSecrets, hashSecret } from '../keys/secrets.ts';
import type { Services } from '../services.ts';
import { UniqueViolation } from '../storage/database.ts';
import { statement } from '../storage/statement.ts';
import type { TenantConfiguration } from '../tenants/configuration.ts';
import type { Params } from './params.ts';

const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** Seconds a clock may be off, and the longest life of an assertion. */
const CLOCK_TOLERANCE = 30;
const ASSERTION_LIFETIME = 3600;

const remember = statement<{ tenant: string; jti_hash: string; expires_at: number }>((q, bind) =>
  q
    .insertInto('used_assertions')
    .values({ tenant: bind('tenant'), jti_hash: bind('jti_hash'), expires_at: bind('expires_at') }),
);

/**
 * The client of a request to the token or revocation endpoint, proven to be it.
 * @param named hears which client the request says it is from, if there is one, before that is proven
 * @throws OAuthError invalid_request without a client id; access_denied (401) when the proof fails
 */
export async function authenticateClient(
  services: Services,
  configuration: TenantConfiguration,
  request: FastifyRequest,
  params: Params,
  named: (client: Client) => void = () => {},
): Promise<Client> {
  const basic = readBasic(request);
  const assertion = params.get('client_assertion');
  const given = [basic, params.get('client_secret'), assertion].filter((proof) => proof !== undefined);
  // RFC 6749 §2.3: one method in each request. Some tools repeat the id in the body beside Basic; that is no method.
  if (given.length > 1) throw new OAuthError('invalid_request', 'More than one way of client authentication was used');
  const clientId = basic?.id ?? params.get('client_id') ?? (assertion && subjectOf(assertion));
  if (clientId === undefined) throw new OAuthError('invalid_request', 'Missing required parameter: client_id');
  if (basic && params.get('client_id') !== undefined && params.get('client_id') !== basic.id) throw denied(true);
  const client = await services.directory.client(configuration, clientId);
  if (!client || client.global) throw denied(basic !== undefined);
  named(client);
  if (assertion !== undefined) await checkAssertion(services, request, client, params, assertion);
  else if (isPublic(client)) return client;
  else {
    const secret = basic?.secret ?? params.get('client_secret');
    if (secret === undefined || !client.client_secret || client.client_authentication_methods)
      throw denied(basic !== undefined);
    if (!equalSecrets(secret, client.client_secret)) throw denied(basic !== undefined);
  }
  return client;
}

/** RFC 6749 §5.2: a challenge goes out only to who used the Authorization header; others would misread it. */
function denied(usedBasic: boolean): OAuthError {
  const headers: Record<string, string> = usedBasic ? { 'www-authenticate': 'Basic realm="token endpoint"' } : {};
  return new OAuthError('access_denied', 'Unauthorized', { status: 401, headers });
}

/** RFC 6749 §2.3.1: id and secret are form-encoded before they are put together. */
function readBasic(request: FastifyRequest): { id: string; secret: string } | undefined {
  const encoded = /^Basic +([\w+/=-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  if (colon < 0) throw denied(true);
  try {
    const [id, secret] = [text.slice(0, colon), text.slice(colon + 1)].map((part) =>
      decodeURIComponent(part.replaceAll('+', ' ')),
    );
    return { id: id!, secret: secret! };
  } catch {
    throw denied(true);
  }
}

function subjectOf(assertion: string): string | undefined {
  try {
    return decodeJwt(assertion).sub;
  } catch {
    return undefined;
  }
}

/** RFC 7523 §3. The assertion must be meant for us, be signed by a key of the client, and not have been seen before. */
async function checkAssertion(
  services: Services,
  request: FastifyRequest,
  client: Client,
  params: Params,
  assertion: string,
): Promise<void> {
  if (params.require('client_assertion_type') !== JWT_BEARER) {
    throw new OAuthError('invalid_request', 'Unsupported client_assertion_type');
  }
  const { context } = request;
  const { issuer } = context.site;
  const claims = await verifyAssertion(services, context.tenant, client, assertion, {
    issuer: client.client_id,
    subject: client.client_id,
    audience: [issuer, issuer.slice(0, -1), `${issuer}oauth/token`],
    clockTolerance: CLOCK_TOLERANCE,
    requiredClaims: ['exp', 'jti'],
    currentDate: new Date(context.now),
  });
  const now = context.now / 1000;
  if (typeof claims.jti !== 'string' || claims.exp! - now > ASSERTION_LIFETIME)
    throw badAssertion('exp or jti is out of bounds');
  try {
    await services.database.write((sql) =>
      sql.run(remember, {
        tenant: context.tenant,
        jti_hash: hashSecret(`${client.client_id}\n${claims.jti}`),
        // RFC 7519 §2: a date may have a fraction.
        expires_at: Math.ceil((claims.exp! + CLOCK_TOLERANCE) * 1000),
      }),
    );
  } catch (error) {
    if (error instanceof UniqueViolation) throw badAssertion('it was used before');
    throw error;
  }
}

async function verifyAssertion(
  services: Services,
  tenant: string,
  client: Client,
  assertion: string,
  expected: Parameters<typeof jwtVerify>[2],
) {
  const named = client.client_authentication_methods?.private_key_jwt?.credentials ?? [];
  let kid: string | undefined;
  try {
    kid = decodeProtectedHeader(assertion).kid;
  } catch {
    throw badAssertion('it is malformed');
  }
  for (const { id } of named) {
    const credential = id === undefined ? undefined : await credentials.get(services.database.read, tenant, id);
    if (!credential?.pem || (kid !== undefined && credential.kid !== kid)) continue;
    if (credential.expires_at && Date.parse(credential.expires_at) <= services.clock()) continue;
    try {
      const { payload } = await jwtVerify(assertion, publicKeyOf(credential.pem), {
        ...expected,
        algorithms: [credential.alg ?? 'RS256'],
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired)
        throw badAssertion(error.claim);
      if (!(error instanceof errors.JOSEError)) throw error;
    }
  }
  throw badAssertion('no credential of the client verifies it');
}

function badAssertion(reason: string): OAuthError {
  return new OAuthError('invalid_client', `Failed to verify client assertion: ${reason}`, { status: 401 });
}
