import { type Facts, type Guide, SECRET_PLACEHOLDER } from './guide.ts';

const ORIGIN = 'http://localhost:8080';

const SERVER = `const express = require('express');
const { auth, requiresAuth } = require('express-openid-connect');

const app = express();

// Adds /login, /logout and /callback; the rest of its configuration is in .env
app.use(
  auth({
    authRequired: false,
    idpLogout: true,
    authorizationParams: { response_type: 'code', scope: 'openid profile email' },
  }),
);

app.get('/', (req, res) => {
  res.send(
    req.oidc.isAuthenticated()
      ? '<a href="/profile">Profile</a> <a href="/logout">Sign out</a>'
      : '<a href="/login">Sign in</a>',
  );
});

app.get('/profile', requiresAuth(), (req, res) => res.json(req.oidc.user));

app.listen(8080);
`;

/** Regular web application: express-openid-connect. */
export function regularWebGuide({ issuer, clientId, clientSecret }: Facts): Guide {
  const secret = clientSecret ?? SECRET_PLACEHOLDER;
  const base = issuer.replace(/\/$/, '');
  const environment = `ISSUER_BASE_URL=${base}\nBASE_URL=${ORIGIN}\nCLIENT_ID=${clientId}\nCLIENT_SECRET=${secret}\n`;
  return {
    addresses: { callbacks: [`${ORIGIN}/callback`], allowed_logout_urls: [ORIGIN] },
    steps: [
      {
        title: 'Install the SDK',
        text: 'This sample is for Node.js. In other languages, any OpenID Connect library takes the same four values.',
        blocks: [{ caption: 'Terminal', code: 'npm install express express-openid-connect' }],
      },
      {
        title: 'Configure it',
        text: 'The file holds the client secret: copying takes it along, and it belongs into no repository.',
        blocks: [
          { caption: '.env', code: environment, filledIn: [base, clientId], secret: clientSecret },
          { caption: 'Terminal', code: 'echo "SECRET=$(openssl rand -hex 32)" >> .env' },
        ],
      },
      { title: 'Sign people in', blocks: [{ caption: 'server.cjs', code: SERVER }] },
      {
        title: 'Try it',
        text: `Open ${ORIGIN} and sign in.`,
        blocks: [{ caption: 'Terminal', code: 'node --env-file=.env server.cjs' }],
      },
    ],
  };
}
