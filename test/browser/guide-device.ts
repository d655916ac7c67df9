/**
 * What stands for a telephone in the tests of guides: the app is a page, the browser of the system is another context of
 * Chromium, and what is native code on a device is here, in the process of the test. A page reaches it as the JavaScript
 * of an app reaches native code: by name, with arguments that can be written as JSON.
 */
import { readFileSync } from 'node:fs';
import * as oidc from 'openid-client';
import type { BrowserContext, Page } from 'playwright-core';
import { Agent, fetch } from 'undici';
import type { GuideSession } from './guide-session.ts';

/** Native methods by the name that JavaScript calls them by. */
// biome-ignore lint/suspicious/noExplicitAny: what comes over a bridge is known to the method alone
export type NativeModule = Readonly<Record<string, (...args: any[]) => Promise<unknown>>>;

/** Lets the pages of an app call native methods as `native('module', 'method', [arguments])`. */
export async function withNativeModules(app: BrowserContext, modules: Readonly<Record<string, NativeModule>>) {
  await app.exposeFunction('native', (module: string, method: string, args: unknown[]) => {
    const call = modules[module]?.[method];
    if (!call) throw new Error(`The device has no ${module}.${method}.`);
    return call(...args);
  });
}

/**
 * Opens an address in a page of the system's browser and answers the address of the app that it leads to. Nothing here
 * answers to the scheme of an app, so that is read where the server gives it.
 */
async function backToApp(page: Page, url: string, scheme: string): Promise<string> {
  const protocol = await page.context().newCDPSession(page);
  await protocol.send('Network.enable');
  const back = new Promise<string>((resolve) => {
    protocol.on('Network.responseReceivedExtraInfo', ({ headers }) => {
      if (headers.location?.startsWith(`${scheme}://`)) resolve(headers.location);
    });
  });
  // Not `goto`, which fails where the server redirects to the app at once.
  await page.evaluate(`location.href = ${JSON.stringify(url)}`);
  return back;
}

type Credentials = { readonly expiresAt: number };

/**
 * The native half of react-native-auth0 as far as sign-in needs it, which is Auth0.swift or Auth0.Android on a device:
 * it opens the browser of the system, exchanges the code with PKCE and a proof of possession, checks the ID token, and
 * keeps the credentials.
 */
export function nativeAuth0(session: GuideSession, system: BrowserContext, bundleId: string): NativeModule {
  let config: oidc.Configuration | undefined;
  let dpop: oidc.DPoPHandle | undefined;
  let kept: Credentials | undefined;
  const dispatcher = new Agent({ connect: { ca: readFileSync(session.env.NODE_EXTRA_CA_CERTS!) } });
  // The types of undici and of Node.js differ in what they leave out.
  const trusting = ((url: string, options: object) => fetch(url, { ...options, dispatcher })) as oidc.CustomFetch;
  const throughBrowser = async (url: string, scheme: string) => {
    const page = await system.newPage();
    const address = await backToApp(page, url, scheme);
    await page.close();
    return address;
  };
  const isValid = async (minTtl: number) => kept !== undefined && kept.expiresAt > Date.now() / 1000 + minTtl;

  return {
    getBundleIdentifier: async () => bundleId,
    hasValidAuth0InstanceWithConfiguration: async () => config !== undefined,
    async initializeAuth0WithConfiguration(clientId: string, domain: string, _authentication, useDPoP: boolean) {
      const issuer = new URL(`https://${domain}/`);
      config = await oidc.discovery(issuer, clientId, undefined, oidc.None(), { [oidc.customFetch]: trusting });
      dpop = useDPoP ? oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair()) : undefined;
    },
    async webAuth(scheme: string, redirect_uri: string, ...[, , , scope]: (string | null)[]) {
      const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
      const url = oidc.buildAuthorizationUrl(config!, {
        redirect_uri,
        scope: scope!,
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(dpop && { dpop_jkt: await dpop.calculateThumbprint() }),
      });
      const answer = new URL(await throughBrowser(url.href, scheme));
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier };
      const tokens = await oidc.authorizationCodeGrant(config!, answer, checks, undefined, { DPoP: dpop });
      return {
        accessToken: tokens.access_token,
        idToken: tokens.id_token,
        tokenType: tokens.token_type,
        scope: tokens.scope,
        expiresAt: Math.floor(Date.now() / 1000) + tokens.expiresIn()!,
      };
    },
    async webAuthLogout(scheme: string, _federated: boolean, returnTo: string) {
      const { issuer } = config!.serverMetadata();
      const query = new URLSearchParams({ client_id: config!.clientMetadata().client_id, returnTo });
      await throughBrowser(`${issuer}v2/logout?${query}`, scheme);
    },
    async saveCredentials(credentials: Credentials) {
      kept = credentials;
    },
    getCredentials: async () => kept,
    hasValidCredentials: isValid,
    async clearCredentials() {
      kept = undefined;
    },
  };
}

/** What the native shell of Capacitor puts into an app before its code runs: the names of its plugins, and the bridge. */
export const CAPACITOR_SHELL = `
  globalThis.androidBridge = {};
  const listeners = new Map();
  const bridge = {
    addListener({ eventName }, callback) {
      const id = crypto.randomUUID();
      listeners.set(id, { eventName, callback });
      return id;
    },
    removeListener: ({ callbackId }) => listeners.delete(callbackId),
  };
  globalThis.tell = (event, data) => {
    for (const { eventName, callback } of listeners.values()) if (eventName === event) callback(data);
  };
  globalThis.Capacitor = {
    PluginHeaders: [
      { name: 'App', methods: [{ name: 'addListener' }, { name: 'removeListener' }] },
      { name: 'Browser', methods: [{ name: 'open', rtype: 'promise' }, { name: 'close', rtype: 'promise' }] },
    ],
    nativePromise: (plugin, method, options) => native(plugin, method, [options]),
    nativeCallback: (plugin, method, options, callback) => bridge[method](options, callback),
  };`;

/** The native half of Capacitor's browser: the app is told by which address it was opened, and closes it. */
export function nativeBrowser(system: BrowserContext, scheme: string, app: BrowserContext): NativeModule {
  let open: Page | undefined;
  return {
    async open({ url }: { url: string }) {
      open = await system.newPage();
      backToApp(open, url, scheme).then((address) =>
        app.pages()[0]!.evaluate(`tell('appUrlOpen', { url: ${JSON.stringify(address)} })`),
      );
    },
    async close() {
      await open?.close();
      open = undefined;
    },
  };
}
