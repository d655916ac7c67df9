/**
 * Reads and checks an authorization request (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.1). The steps run in this
 * order, because only after the second may an error go back to the application:
 *
 *   client         known, and a client of this tenant                        error page
 *   redirect uri   registered for it, exactly                                error page
 *   response       type and mode that we have                                redirected from here on
 *   parameters     not in a request object, for no organization, prompt and max_age well-formed
 *   pkce           challenge well-formed; required of public clients
 *   hint           an ID token of this client, whatever its age
 *   access         audience known, scopes filtered
 */
import { isPublic } from '../../api/clients/defaults.ts';
import type { Client } from '../../api/clients/schema.ts';
import type { RequestContext } from '../../http/context.ts';
import { OAuthError, PageError, refusedAddress, unknownClient } from '../../http/errors.ts';
import type { Services } from '../../services.ts';
import type { TenantConfiguration } from '../../tenants/configuration.ts';
import { type Access, accessForUser } from '../access.ts';
import { verifyIdToken } from '../id-token.ts';
import { type Params, refuseOrganization, words } from '../params.ts';
import { matchRedirect, registeredCallbacks } from './redirect-uri.ts';
import { namesIssuer, RESPONSE_MODES, type ResponseMode, type ResponseTarget } from './response.ts';

export type AuthorizationRequest = {
  readonly params: Params;
  readonly client: Client;
  readonly target: ResponseTarget;
  /** As it was sent; the token request must repeat it. */
  readonly redirectUri: string | undefined;
  readonly scope: readonly string[];
  readonly access: Access;
  readonly prompt: ReadonlySet<string>;
  /** Seconds. */
  readonly maxAge: number | undefined;
  readonly challenge: { readonly value: string; readonly method: 'S256' | 'plain' } | undefined;
  readonly hint: UserHint | undefined;
};

/** Who is meant by `id_token_hint`. */
export type UserHint = {
  readonly userId: string;
  /** What to fill into the login page: as the token has it, so that nobody learns more of the user than it says. */
  readonly login: string | undefined;
};

/** An error that the application is told. */
export class AuthorizationError extends Error {
  readonly error: OAuthError;
  readonly target: ResponseTarget;
  readonly client: Client;
  constructor(error: OAuthError, target: ResponseTarget, client: Client) {
    super(error.message, { cause: error });
    this.error = error;
    this.target = target;
    this.client = client;
  }
}

/** What a parameter list may hold of an authorization request; the rest is dropped when the request has to wait. */
export const REQUEST_PARAMETERS = [
  'client_id',
  'redirect_uri',
  'response_type',
  'response_mode',
  'scope',
  'state',
  'nonce',
  'audience',
  'connection',
  'prompt',
  'max_age',
  'login_hint',
  'id_token_hint',
  'screen_hint',
  'ui_locales',
  'code_challenge',
  'code_challenge_method',
] as const;

/**
 * The longest request, in characters of its values: as long as an address may be. It is kept while somebody logs in, and
 * everybody can send one.
 */
const REQUEST_LIMIT = 16_384;

/** @throws PageError before the redirect URI is trusted, AuthorizationError after. */
export async function readAuthorizationRequest(
  services: Services,
  configuration: TenantConfiguration,
  context: RequestContext,
  params: Params,
): Promise<AuthorizationRequest> {
  const client = await requireClient(services, configuration, params);
  const uri = requireRedirectUri(configuration, context, client, params);
  // Read leniently: an error in these two is told as well, without them.
  const mode = params.peek('response_mode');
  const target: ResponseTarget = {
    redirectUri: uri,
    mode: isResponseMode(mode) ? mode : 'query',
    state: params.peek('state'),
    issuer: namesIssuer(configuration.settings) ? context.site.issuer : undefined,
  };
  try {
    // RFC 6749 §3.1: none may come twice, used or not.
    const values = REQUEST_PARAMETERS.map((name) => params.get(name) ?? '');
    if (values.join('').length > REQUEST_LIMIT) throw new OAuthError('invalid_request', 'The request is too long');
    checkResponse(client, params, mode);
    const prompt = readPrompt(params);
    const maxAge = readMaxAge(params);
    const challenge = readChallenge(client, params);
    const hint = await readHint(services, configuration, context, client, params);
    const scope = words(params.get('scope'));
    const audience = params.get('audience');
    const access = await accessForUser(services, configuration, context, client, { audience, scope }, undefined);
    return {
      params,
      client,
      target,
      redirectUri: params.get('redirect_uri'),
      scope,
      access,
      prompt,
      maxAge,
      challenge,
      hint,
    };
  } catch (error) {
    if (error instanceof OAuthError) throw new AuthorizationError(error, target, client);
    throw error;
  }
}

async function requireClient(services: Services, configuration: TenantConfiguration, params: Params): Promise<Client> {
  const id = pageParameter(params, 'client_id');
  if (id === undefined)
    throw new PageError('invalid_request', 'The request is incomplete', 'Missing required parameter: client_id');
  const client = await services.directory.client(configuration, id);
  if (!client || client.global) throw unknownClient(id);
  return client;
}

/** RFC 9700 §4.1.3: never redirect to what is not registered, whatever else is wrong. */
function requireRedirectUri(
  configuration: TenantConfiguration,
  context: RequestContext,
  client: Client,
  params: Params,
): string {
  const callbacks = registeredCallbacks(configuration, context, client);
  const given = pageParameter(params, 'redirect_uri');
  if (given === undefined && callbacks.length === 1) return callbacks[0]!;
  const webMessage = params.peek('response_mode') === 'web_message';
  if (given !== undefined && matchRedirect(client, callbacks, given, webMessage)) return given;
  const setting = ['Clients', client.name, 'Settings', 'Allowed Callback URLs'];
  throw refusedAddress('Callback URL mismatch', 'redirect_uri', given, setting);
}

function pageParameter(params: Params, name: string): string | undefined {
  try {
    return params.get(name);
  } catch (error) {
    throw error instanceof OAuthError
      ? new PageError(error.code, 'The request is malformed', error.description)
      : error;
  }
}

function isResponseMode(mode: string | undefined): mode is ResponseMode {
  return RESPONSE_MODES.some((known) => known === mode);
}

function checkResponse(client: Client, params: Params, mode: string | undefined): void {
  const type = params.require('response_type');
  if (type !== 'code')
    throw new OAuthError('unsupported_response_type', `Unsupported response type: ${type.slice(0, 100)}`);
  if (mode !== undefined && !isResponseMode(mode))
    throw new OAuthError('invalid_request', `Unsupported response mode: ${mode.slice(0, 100)}`);
  if (params.get('request') !== undefined)
    throw new OAuthError('request_not_supported', 'Request objects are not supported');
  if (params.get('request_uri') !== undefined)
    throw new OAuthError('request_uri_not_supported', 'request_uri is not supported');
  refuseOrganization(params);
  if (!client.grant_types?.includes('authorization_code')) {
    throw new OAuthError('unauthorized_client', "Grant type 'authorization_code' not allowed for the client.");
  }
}

const PROMPTS = ['none', 'login', 'consent', 'select_account', 'create'];

function readPrompt(params: Params): Set<string> {
  const prompt = words(params.get('prompt'));
  const unknown = prompt.find((word) => !PROMPTS.includes(word));
  if (unknown !== undefined) throw new OAuthError('invalid_request', `Unsupported prompt: ${unknown.slice(0, 100)}`);
  // OpenID Connect Core §3.1.2.1.
  if (prompt.includes('none') && prompt.length > 1)
    throw new OAuthError('invalid_request', 'prompt=none excludes other values');
  return new Set(prompt);
}

function readMaxAge(params: Params): number | undefined {
  const text = params.get('max_age');
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new OAuthError('invalid_request', 'max_age must be a number of seconds');
  return Number(text);
}

/** RFC 7636 §4.3. Public clients must use PKCE (RFC 9700 §2.1.1). */
function readChallenge(client: Client, params: Params): AuthorizationRequest['challenge'] {
  const value = params.get('code_challenge');
  const method = params.get('code_challenge_method') ?? 'plain';
  if (value === undefined) {
    if (params.get('code_challenge_method') !== undefined)
      throw new OAuthError('invalid_request', 'Missing required parameter: code_challenge');
    if (isPublic(client))
      throw new OAuthError(
        'invalid_request',
        'Missing required parameter: code_challenge (public clients must use PKCE)',
      );
    return undefined;
  }
  if (method !== 'S256' && method !== 'plain')
    throw new OAuthError('invalid_request', `Unsupported code_challenge_method: ${method.slice(0, 50)}`);
  if (!/^[\w.~-]{43,128}$/.test(value))
    throw new OAuthError('invalid_request', 'code_challenge must be 43 to 128 unreserved characters');
  return { value, method };
}

/** OpenID Connect Core §3.1.2.1: a token of the past is as good as any; it says who is meant, not that they are here. */
async function readHint(
  services: Services,
  configuration: TenantConfiguration,
  context: RequestContext,
  client: Client,
  params: Params,
): Promise<UserHint | undefined> {
  const token = params.get('id_token_hint');
  if (token === undefined) return undefined;
  const verified = await verifyIdToken(services, configuration, context, token);
  const { sub, email, preferred_username } = verified?.claims ?? {};
  if (verified?.clientId !== client.client_id || typeof sub !== 'string')
    throw new OAuthError('invalid_request', 'id_token_hint is not an ID token that this client was given');
  const login = email ?? preferred_username;
  return { userId: sub, login: typeof login === 'string' ? login : undefined };
}
