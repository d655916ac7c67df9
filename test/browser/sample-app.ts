/**
 * An application and an API as a customer would write them: the application signs users in with `openid-client`, the
 * API checks access tokens with nothing but the issuer's published keys. Both know Latchkey by its issuer alone.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as oidc from 'openid-client';

export type Tokens = oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers;

export type SampleApp = {
  readonly base: string;
  /** What to register: callback and address after logout. */
  readonly callback: string;
  /** Tells the application who it is. It may be told again. */
  configure(client: { clientId: string; clientSecret?: string; audience: string; issuer: string }): Promise<void>;
  /** The tokens of the last sign-in. */
  tokens(): Tokens;
  refresh(refreshToken: string): Promise<Tokens>;
  stop(): Promise<void>;
};

/** `/login` begins (its query is passed on as parameters), `/callback` ends, `/logout` logs out at the issuer too. */
export async function startSampleApp(): Promise<SampleApp> {
  let config: oidc.Configuration | undefined;
  let audience = '';
  let tokens: Tokens | undefined;
  const waiting = new Map<string, { verifier: string; nonce: string }>();
  const server = await listen(async (request, response) => {
    const url = new URL(request.url ?? '/', app.base);
    if (url.pathname === '/login') return redirect(response, await begin(url));
    if (url.pathname === '/callback') return page(response, await finish(url));
    if (url.pathname === '/logout') {
      const parameters = { post_logout_redirect_uri: `${app.base}/bye`, id_token_hint: app.tokens().id_token! };
      return redirect(response, oidc.buildEndSessionUrl(config!, parameters));
    }
    return page(response, url.pathname === '/bye' ? 'Signed out' : 'Not found');
  });

  async function begin(url: URL): Promise<URL> {
    const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
    waiting.set(state, { verifier, nonce });
    return oidc.buildAuthorizationUrl(config!, {
      redirect_uri: app.callback,
      scope: 'openid profile email offline_access read:things',
      audience,
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...Object.fromEntries(url.searchParams),
    });
  }

  async function finish(url: URL): Promise<string> {
    const state = url.searchParams.get('state') ?? '';
    const { verifier, nonce } = waiting.get(state)!;
    try {
      tokens = await oidc.authorizationCodeGrant(config!, url, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
      });
    } catch (error) {
      return `Sign-in failed: ${(error as { error?: string }).error ?? error}`;
    }
    const profile = await oidc.fetchUserInfo(config!, tokens.access_token, tokens.claims()!.sub);
    return `Signed in as ${profile.email}`;
  }

  const app: SampleApp = {
    base: baseOf(server),
    callback: `${baseOf(server)}/callback`,
    async configure({ issuer, clientId, clientSecret, audience: wanted }) {
      audience = wanted;
      config = await oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, {
        // The tests' server speaks HTTP on loopback.
        execute: [oidc.allowInsecureRequests],
      });
    },
    tokens() {
      if (!tokens) throw new Error('Nobody has signed in yet.');
      return tokens;
    },
    refresh: (refreshToken) => oidc.refreshTokenGrant(config!, refreshToken),
    stop: () => close(server),
  };
  return app;
}

/** An API that takes access tokens of `issuer` for `audience`; answers who calls. */
export async function startSampleApi(issuer: string, audience: string) {
  const keys = createRemoteJWKSet(new URL(`${issuer}.well-known/jwks.json`));
  const server = await listen(async (request, response) => {
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    try {
      const { payload } = await jwtVerify(token, keys, { issuer, audience, algorithms: ['RS256'] });
      json(response, 200, { sub: payload.sub, scope: payload.scope });
    } catch (error) {
      json(response, 401, { error: (error as Error).message });
    }
  });
  return {
    async call(accessToken: string): Promise<{ status: number; body: Record<string, unknown> }> {
      const response = await fetch(baseOf(server), { headers: { authorization: `Bearer ${accessToken}` } });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    stop: () => close(server),
  };
}

async function listen(handler: (request: IncomingMessage, response: ServerResponse) => unknown): Promise<Server> {
  const server = createServer((request, response) => {
    Promise.resolve(handler(request, response)).catch((error: unknown) =>
      json(response, 500, { error: String(error) }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function baseOf(server: Server): string {
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

function redirect(response: ServerResponse, url: URL): void {
  response.writeHead(302, { location: url.href }).end();
}

function page(response: ServerResponse, text: string): void {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>App</title><h1>${escaped}</h1>`);
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
