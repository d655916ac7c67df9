import type { Facts, Guide } from './guide.ts';

/** Where Vite serves while developing. */
const ORIGIN = 'http://localhost:5173';

const PAGE = `<!doctype html>
<title>Sign-in with Latchkey</title>
<button id="sign-in">Sign in</button>
<button id="sign-out">Sign out</button>
<pre id="profile"></pre>
<script type="module" src="/main.js"></script>
`;

/** Single-page application: @auth0/auth0-spa-js. */
export function spaGuide({ domain, clientId }: Facts): Guide {
  return {
    addresses: { callbacks: [ORIGIN], allowed_logout_urls: [ORIGIN], web_origins: [ORIGIN] },
    steps: [
      {
        title: 'Install the SDK',
        text: 'The Auth0 SDK works as it is; it only has to know your domain.',
        blocks: [{ caption: 'Terminal', code: 'npm install @auth0/auth0-spa-js vite' }],
      },
      {
        title: 'Sign people in',
        text: 'Put these two files into the folder of your app.',
        blocks: [
          { caption: 'index.html', code: PAGE },
          { caption: 'main.js', code: script(domain, clientId), filledIn: [domain, clientId] },
        ],
      },
      {
        title: 'Try it',
        text: `Open ${ORIGIN} and sign in.`,
        blocks: [{ caption: 'Terminal', code: 'npx vite' }],
      },
    ],
  };
}

function script(domain: string, clientId: string) {
  return `import { createAuth0Client } from '@auth0/auth0-spa-js';

const auth0 = await createAuth0Client({
  domain: '${domain}',
  clientId: '${clientId}',
  authorizationParams: { redirect_uri: location.origin },
});

// Back from the login page: exchange the code, then clean up the address.
if (location.search.includes('code=') && location.search.includes('state=')) {
  await auth0.handleRedirectCallback();
  history.replaceState(null, '', '/');
}

const user = await auth0.getUser();
document.getElementById('profile').textContent = user
  ? JSON.stringify(user, null, 2)
  : 'Nobody is signed in.';

document.getElementById('sign-in').onclick = () => auth0.loginWithRedirect();
document.getElementById('sign-out').onclick = () =>
  auth0.logout({ logoutParams: { returnTo: location.origin } });
`;
}
