import { type Facts, type Guide, SECRET_PLACEHOLDER } from './guide.ts';

/** Machine to machine: the client credentials grant (RFC 6749 §4.4). */
export function machineGuide({ issuer, clientId, clientSecret, audience }: Facts): Guide {
  return {
    steps: [
      {
        title: 'Ask for a token',
        text: 'The client needs a grant for the API it asks for. The code holds the client secret: copying takes it along.',
        blocks: [
          {
            caption: 'Terminal',
            code: request(issuer, clientId, clientSecret ?? SECRET_PLACEHOLDER, audience),
            filledIn: [issuer, clientId, audience],
            secret: clientSecret,
          },
        ],
      },
      {
        title: 'Call the API with it',
        text: 'The answer holds an access_token. Keep it until expires_in seconds have passed instead of asking each time.',
        blocks: [
          { caption: 'Terminal', code: `curl --header "Authorization: Bearer $ACCESS_TOKEN" ${example(audience)}` },
        ],
      },
    ],
  };
}

function request(issuer: string, clientId: string, clientSecret: string, audience: string) {
  return `curl --request POST \\
  --url ${issuer}oauth/token \\
  --data-urlencode grant_type=client_credentials \\
  --data-urlencode client_id=${clientId} \\
  --data-urlencode client_secret=${clientSecret} \\
  --data-urlencode audience='${shellQuoted(audience)}'
`;
}

/** Text for between single quotes of a shell, which end only at another single quote. */
function shellQuoted(text: string) {
  return text.replaceAll("'", `'\\''`);
}

function example(audience: string) {
  return audience.endsWith('/api/v2/') ? `${audience}clients` : 'https://api.example.com/orders';
}
