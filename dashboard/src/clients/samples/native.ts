import type { Facts, Guide } from './guide.ts';

/** Native application: what any library for OpenID Connect asks for. */
export function nativeGuide({ issuer, domain, clientId }: Facts): Guide {
  const discovery = `${issuer}.well-known/openid-configuration`;
  return {
    steps: [
      {
        title: 'Take a library',
        text:
          'Use the Auth0 SDK of your platform with the domain and the client ID below, or any library for OpenID ' +
          'Connect, such as AppAuth. The flow is the authorization code with PKCE, in the browser of the system; ' +
          'there is no secret in the app.',
      },
      {
        title: 'Configure it',
        text: 'Most libraries need the first three values and find the others by themselves.',
        values: [
          { label: 'Issuer', value: issuer },
          { label: 'Client ID', value: clientId },
          { label: 'Scopes', value: 'openid profile email offline_access' },
          { label: 'Domain, for Auth0 SDKs', value: domain },
          { label: 'Discovery document', value: discovery },
          { label: 'Authorization endpoint', value: `${issuer}authorize` },
          { label: 'Token endpoint', value: `${issuer}oauth/token` },
          { label: 'User info endpoint', value: `${issuer}userinfo` },
          { label: 'Key set', value: `${issuer}.well-known/jwks.json` },
          { label: 'End session endpoint', value: `${issuer}oidc/logout` },
        ],
      },
      {
        title: 'Allow its callback',
        text:
          'Add the redirect URI of your app, such as com.example.app:/callback, to the allowed callback URLs and ' +
          'the allowed logout URLs in the settings of this client.',
      },
      {
        title: 'Try it',
        text: 'This is what a library reads first.',
        blocks: [{ caption: 'Terminal', code: `curl ${discovery}`, filledIn: [issuer] }],
      },
    ],
  };
}
